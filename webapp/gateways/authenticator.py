"""Codes of authenticator apps (TOTP, RFC 6238): six digits, a new one every half minute."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

# The step before and the one after count too: clocks of phones are a little off.
AROUND = (0, -1, 1)


class TotpAuthenticator:
    """Makes secrets and finds out which time step a code belongs to."""

    def new_secret(self) -> str:
        """A secret of 160 random bits in base32."""
        return pyotp.random_base32()

    def uri(self, secret: str, account: str, clinic: str) -> str:
        """The `otpauth:` address that an app reads from a QR code."""
        return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=clinic)

    def step_of(self, secret: str, code: str, now: datetime) -> int | None:
        """The number of the time step at which this code is shown, or None if it is at none."""
        totp = pyotp.TOTP(secret)
        present = totp.timecode(now)
        typed = code.encode("utf-8", "surrogatepass")
        found = [
            present + offset
            for offset in AROUND
            if hmac.compare_digest(typed, totp.generate_otp(present + offset).encode())
        ]
        return found[0] if found else None

    def code_at(self, secret: str, at: datetime) -> str:
        """What an app shows at this instant."""
        return pyotp.TOTP(secret).at(at)
