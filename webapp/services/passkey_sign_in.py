"""Passkeys after a password, instead of one, and on a login that began without.

A passkey alone is both factors at once: the device that holds it, and the finger, face or PIN
without which it does not sign.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.people import SignedIn
from webapp.domain.second_factors import PasskeyRefusedError, StepPurpose
from webapp.persistence import second_factors, sign_in_steps
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import SignInStep
from webapp.services import logins, passkey_challenges, second_steps
from webapp.services import second_factors as factors
from webapp.services.passkey_challenges import key_of
from webapp.services.ports import Collaborators
from webapp.services.second_steps import StepAttempt, StepOverError


def ask_second(with_: Collaborators, token: str) -> str:
    """What a passkey is asked after the password, as JSON. Raises StepOverError."""
    key = key_of(StepPurpose.SECOND, token)
    with writing() as writer:
        step = sign_in_steps.find(writer, key, with_.clock.now())
        if step is None or step.account_id is None:
            raise StepOverError
        challenge = passkey_challenges.renew(step)
        account_id = step.account_id
    return with_.passkeys.ask_to_prove(challenge, _ids_of(account_id))


def enter_with_passkey(with_: Collaborators, attempt: StepAttempt, answer: str) -> str:
    """Sign in with a passkey after the password; returns the login's token.

    Raises StepOverError, PasskeyRefusedError.
    """
    if second_steps.waits_for(with_, attempt.token) is None:
        raise StepOverError
    key = key_of(StepPurpose.SECOND, attempt.token)
    step, challenge = passkey_challenges.take(key, with_.clock.now())
    begin = _beginning(step, attempt.device)
    return _with_passkey(with_, (answer, challenge), step.account_id, begin)


def ask_alone(with_: Collaborators) -> tuple[str, str]:
    """What a passkey is asked instead of a password: the browser's token, and JSON."""
    token = secrets.token_urlsafe(logins.TOKEN_BYTES)
    with writing() as writer:
        key = key_of(StepPurpose.ALONE, token)
        challenge = passkey_challenges.begin(writer, key, None, with_.clock.now())
    return token, with_.passkeys.ask_to_prove(challenge, ())


def enter_alone(with_: Collaborators, attempt: StepAttempt, answer: str) -> str:
    """Sign in with a passkey alone; returns the login's token. Raises PasskeyRefusedError."""
    key = key_of(StepPurpose.ALONE, attempt.token)
    step, challenge = passkey_challenges.take(key, with_.clock.now())
    begin = _beginning(step, attempt.device)
    return _with_passkey(with_, (answer, challenge), None, begin)


def ask_to_prove(with_: Collaborators, person: SignedIn) -> str:
    """What a passkey of whoever is signed in is asked, as JSON."""
    key = key_of(StepPurpose.PROVE, person.login_id)
    with writing() as writer:
        second_factors.lock(writer, person.account_id)
        challenge = passkey_challenges.begin(writer, key, person.account_id, with_.clock.now())
    return with_.passkeys.ask_to_prove(challenge, _ids_of(person.account_id))


def prove_with_passkey(with_: Collaborators, person: SignedIn, answer: str) -> None:
    """Show a passkey on a login that began without it. Raises PasskeyRefusedError."""
    key = key_of(StepPurpose.PROVE, person.login_id)
    _, challenge = passkey_challenges.take(key, with_.clock.now())

    def prove(writer: Session, account_id: int, now: datetime) -> str:
        factors.prove(writer, person.login_id, account_id, now)
        return ""

    _with_passkey(with_, (answer, challenge), person.account_id, prove)


def _with_passkey(
    with_: Collaborators,
    said: tuple[str, bytes],
    account_id: int | None,
    then: Callable[[Session, int, datetime], str],
) -> str:
    """Look at an answer to a challenge, and go on in the transaction that notes it."""
    row, count = passkey_challenges.shown(with_, *said)
    passkey_id, before, holder_id = row.id, row.sign_count, row.account_id
    if account_id not in (None, holder_id):
        raise PasskeyRefusedError
    now = with_.clock.now()
    with writing() as writer:
        if not second_factors.use_passkey(writer, passkey_id, (before, count), now):
            raise PasskeyRefusedError
        return then(writer, holder_id, now)


def _beginning(step: SignInStep, device: str) -> Callable[[Session, int, datetime], str]:
    return lambda writer, account_id, now: second_steps.begin_login(
        writer, step, account_id, device, now
    )


def _ids_of(account_id: int) -> list[bytes]:
    return [one.credential_id for one in second_factors.passkeys_of(reading(), account_id)]
