"""Who is sending: one signed claim set for each push service and hour (RFC 8292)."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.gateways.push.vapid_keys import VapidKeys

FRESH_SPAN = timedelta(hours=1)
VALID_SPAN = timedelta(hours=12)
SUBJECT = re.compile(r"(?:mailto:[^@\s:/?]+@|https://)([A-Za-z0-9.-]+)")
# Names that reach nobody; Apple refuses every push that is signed with one.
NOBODY = (
    "localhost",
    "invalid",
    "example",
    "test",
    "local",
    "internal",
    "example.com",
    "example.net",
    "example.org",
)


class UnusableSubjectError(ValueError):
    """The contact in our signature would be refused, or is none."""


@dataclass(frozen=True, slots=True)
class _Signed:
    at: datetime
    header: str


class VapidSigner:
    """Signs with whichever of our keys a subscription was made with."""

    def __init__(self, keys: VapidKeys, subject: str) -> None:
        self._keys = keys
        self._subject = subject
        self._signed: dict[tuple[str, str], _Signed] = {}

    def authorization(self, origin: str, key_id: str, now: datetime) -> str:
        """The Authorization header for a push service. Raises UnknownKeyError."""
        known = self._signed.get((origin, key_id))
        if known is None or not known.at <= now < known.at + FRESH_SPAN:
            known = _Signed(now, self._sign(origin, key_id, now))
            self._signed[origin, key_id] = known
        return known.header

    def _sign(self, origin: str, key_id: str, now: datetime) -> str:
        expires_at = int((now + VALID_SPAN).timestamp())
        claims = {"aud": origin, "exp": expires_at, "sub": self._subject}
        return str(self._keys.key(key_id).sign(claims)["Authorization"])


def check_subject(subject: str, is_development: bool) -> None:
    """Raises UnusableSubjectError unless a push service could reach somebody by it."""
    found = SUBJECT.fullmatch(subject)
    if found is None:
        raise UnusableSubjectError(
            "It must be mailto: with an address, or https:// with a host alone."
        )
    if not is_development and _is_nobody(found[1].lower()):
        raise UnusableSubjectError("It must be an address at which push services can reach you.")


def _is_nobody(host: str) -> bool:
    if "." not in host.strip(".") or any(host == n or host.endswith(f".{n}") for n in NOBODY):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
