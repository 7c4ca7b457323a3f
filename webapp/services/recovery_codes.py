"""Recovery codes: for the day on which a phone is lost. Each works once."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from webapp.domain.codes import ALPHABET
from webapp.domain.people import SignedIn
from webapp.domain.second_factors import RECOVERY_CODES, RECOVERY_LENGTH
from webapp.persistence import audit, second_factors
from webapp.persistence.database import writing
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators


def make(with_: Collaborators, person: SignedIn) -> list[str]:
    """Ten new codes of twelve signs; older ones do not work any more.

    They are returned this once. Raises NotFoundError where there is nothing they could stand for.
    """
    now = with_.clock.now()
    codes = [
        "".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]
    hashes = [_hash(with_, person.account_id, code) for code in codes]
    with writing() as writer:
        second_factors.lock(writer, person.account_id)
        if not second_factors.has_one(writer, person.account_id):
            raise NotFoundError
        second_factors.replace_codes(writer, person.account_id, hashes, now)
        about = ("account", person.account_id)
        audit.record(writer, now, person.account_id, "recovery-codes", about)
    return codes


def use(writer: Session, with_: Collaborators, account_id: int, code: str) -> bool:
    """Use a code up within the caller's transaction; False where it is none that still works."""
    now = with_.clock.now()
    used = second_factors.use_code(writer, account_id, _hash(with_, account_id, code), now)
    if used is not None:
        audit.record(writer, now, account_id, "recovery-used", ("recovery-code", used))
    return used is not None


def _hash(with_: Collaborators, account_id: int, code: str) -> bytes:
    return with_.seal.digest(f"recovery {account_id} {code}")
