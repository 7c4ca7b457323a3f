"""Devices on which somebody has signed in with their password before.

Wrong passwords are counted for the account as well, and then strangers wait. Whoever wants to keep
somebody out could guess on for ever: so a device that the account has been on before is counted by
itself, however many strangers guess meanwhile. Such a device carries proofs, one for each account,
signed with the clinic's key. A proof opens nothing: it only says by whose count its holder waits.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.services.attempts import Source

KNOWN_SPAN = timedelta(days=180)
MOST_ACCOUNTS = 8
NONCE_BYTES = 12
BETWEEN, WITHIN = "~", "."


@dataclass(frozen=True, slots=True)
class _Proof:
    account_id: int
    until: int
    nonce: str
    text: str


def with_account(key: str, carried: str, account_id: int, now: datetime) -> str:
    """What a device carries from now on, after this account has signed in on it.

    The proof it had for this account stays what it counts by. Those of others stay, the latest
    few.
    """
    proofs = _proofs(key, carried, now)
    own = [one.nonce for one in proofs if one.account_id == account_id]
    nonce = own[0] if own else secrets.token_hex(NONCE_BYTES)
    until = int((now + KNOWN_SPAN).timestamp())
    body = WITHIN.join((str(account_id), str(until), nonce))
    others = [one.text for one in proofs if one.account_id != account_id]
    return BETWEEN.join([f"{body}{WITHIN}{_signature(key, body)}", *others][:MOST_ACCOUNTS])


def known_to(key: str, carried: str, now: datetime) -> dict[int, Source]:
    """Account id → what tries on this device count as, for the accounts that were on it before."""
    return {
        one.account_id: Source(hashlib.sha256(_bytes(one.nonce)).digest())
        for one in _proofs(key, carried, now)
    }


def _proofs(key: str, carried: str, now: datetime) -> list[_Proof]:
    found = [_proof(key, text) for text in carried.split(BETWEEN)[:MOST_ACCOUNTS]]
    return [one for one in found if one is not None and one.until > now.timestamp()]


def _proof(key: str, text: str) -> _Proof | None:
    body, _, signature = text.rpartition(WITHIN)
    if not hmac.compare_digest(_bytes(signature), _bytes(_signature(key, body))):
        return None
    account_id, until, nonce = body.split(WITHIN)
    return _Proof(int(account_id), int(until), nonce, text)


def _signature(key: str, body: str) -> str:
    return hmac.new(_bytes(key), _bytes(f"known device\n{body}"), hashlib.sha256).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
