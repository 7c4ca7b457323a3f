"""A member of staff adds passkeys, names them and takes them away."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from webapp.domain.people import SignedIn
from webapp.domain.second_factors import (
    MOST_PASSKEYS,
    NewPasskey,
    PasskeyHolder,
    PasskeyRefusedError,
    StepPurpose,
)
from webapp.persistence import accounts, audit, second_factors
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Passkey, PasskeyHandle
from webapp.services import passkey_challenges
from webapp.services import second_factors as factors
from webapp.services.clinic import look
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators
from webapp.services.second_factors import FactorCard

HANDLE_BYTES = 32
LONGEST_ID, LONGEST_KEY = 1023, 2048


class TooManyPasskeysError(Exception):
    """There are as many as anybody needs; one goes before another comes."""


def ask_to_add(with_: Collaborators, person: SignedIn) -> str:
    """What the browser is asked, as JSON; its answer is looked at once, within five minutes.

    Raises TooManyPasskeysError.
    """
    with writing() as writer:
        second_factors.lock(writer, person.account_id)
        held = second_factors.passkeys_of(writer, person.account_id)
        if len(held) >= MOST_PASSKEYS:
            raise TooManyPasskeysError
        holder = _holder(writer, person)
        key = passkey_challenges.key_of(StepPurpose.ADD, person.login_id)
        challenge = passkey_challenges.begin(writer, key, person.account_id, with_.clock.now())
    ids = [one.credential_id for one in held]
    return with_.passkeys.ask_to_add(holder, look().name, challenge, ids)


def _holder(writer: Session, person: SignedIn) -> PasskeyHolder:
    account = accounts.staff_by_id(writer, person.account_id)
    if account is None:
        raise NotFoundError
    handle = second_factors.handle_of(writer, account.id)
    if handle is None:
        handle = secrets.token_bytes(HANDLE_BYTES)
        writer.add(PasskeyHandle(account_id=account.id, handle=handle))
    return PasskeyHolder(handle, account.email or account.name, account.name)


def add(with_: Collaborators, person: SignedIn, answer: str, name: str) -> int:
    """Keep the passkey that the browser has made; returns its id. Raises PasskeyRefusedError."""
    key = passkey_challenges.key_of(StepPurpose.ADD, person.login_id)
    _, challenge = passkey_challenges.take(key, with_.clock.now())
    made = with_.passkeys.added(answer, challenge)
    if len(made.credential_id) > LONGEST_ID or len(made.public_key) > LONGEST_KEY:
        raise PasskeyRefusedError
    now = with_.clock.now()
    with writing() as writer:
        second_factors.lock(writer, person.account_id)
        if second_factors.passkey_named(writer, made.credential_id) is not None:
            raise PasskeyRefusedError
        row = _row(person.account_id, made, name)
        row.added_at = row.used_at = now
        writer.add(row)
        writer.flush()
        audit.record(writer, now, person.account_id, "passkey-added", ("passkey", row.id))
        factors.prove(writer, person.login_id, person.account_id, now)
        return row.id


def _row(account_id: int, made: NewPasskey, name: str) -> Passkey:
    return Passkey(
        account_id=account_id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=name,
    )


def one(person: SignedIn, passkey_id: int) -> FactorCard:
    """One of the holder's own passkeys. Raises NotFoundError."""
    row = _own(reading(), person, passkey_id)
    return FactorCard(row.id, row.name, row.added_at, row.used_at)


def rename(with_: Collaborators, person: SignedIn, passkey_id: int, name: str) -> None:
    """Call it otherwise. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        _own(writer, person, passkey_id).name = name
        audit.record(writer, now, person.account_id, "passkey-renamed", ("passkey", passkey_id))


def remove(with_: Collaborators, person: SignedIn, passkey_id: int) -> None:
    """Let it open nothing any more. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        second_factors.lock(writer, person.account_id)
        if not second_factors.remove_passkeys(writer, person.account_id, {passkey_id}):
            raise NotFoundError
        audit.record(writer, now, person.account_id, "passkey-removed", ("passkey", passkey_id))
        factors.after_removal(writer, person.account_id)


def _own(reader: Session, person: SignedIn, passkey_id: int) -> Passkey:
    found = second_factors.passkey(reader, person.account_id, passkey_id)
    if found is None:
        raise NotFoundError
    return found
