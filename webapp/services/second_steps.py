"""Signing in with more than a password, and showing a second factor later on.

After a right password there is no login yet where a second factor is set up: only a step, bound to
the browser by a token, good once and for five minutes.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.codes import as_typed
from webapp.domain.people import SignedIn
from webapp.domain.second_factors import STEP_SPAN, StepPurpose, is_totp
from webapp.persistence import accounts, login_records, second_factors, sign_in_steps
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import SignInStep
from webapp.services import attempts, logins, recovery_codes
from webapp.services import second_factors as factors
from webapp.services.attempts import FACTOR, MustWaitError, Source
from webapp.services.passkey_challenges import key_of
from webapp.services.ports import Collaborators


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody holds after a right password: the token of a login, or of the step before."""

    token: str
    is_step: bool = False


@dataclass(frozen=True, slots=True)
class StepAttempt:
    """A browser at the second step: its token, the device in words, and what its tries count as
    for accounts that were signed in on it before."""

    token: str
    device: str
    known: Mapping[int, Source]


class StepOverError(Exception):
    """There is no such step, or not any more: signing in begins anew."""


class WrongSecondCodeError(Exception):
    """The code is neither what the app shows nor an unused recovery code."""


def admit(writer: Session, account_id: int, device: str, now: datetime) -> Entry:
    """Whoever has just shown the right password: a login, or the step before it."""
    if second_factors.has_one(writer, account_id):
        token = secrets.token_urlsafe(logins.TOKEN_BYTES)
        key = key_of(StepPurpose.SECOND, token)
        sign_in_steps.begin(writer, key, account_id, now, now + STEP_SPAN)
        return Entry(token, is_step=True)
    token = logins.begin(writer, account_id, device, now)
    login_records.confirm(writer, logins.token_hash(token), now)
    return Entry(token)


def waits_for(with_: Collaborators, token: str) -> int | None:
    """The account whose second factor this browser is asked for, or None."""
    key = key_of(StepPurpose.SECOND, token)
    step = sign_in_steps.find(reading(), key, with_.clock.now())
    return step.account_id if step else None


def enter_with_code(with_: Collaborators, attempt: StepAttempt, typed: str) -> str:
    """Sign in with a code of the app, or a recovery code; returns the login's token.

    Raises StepOverError, WrongSecondCodeError, MustWaitError.
    """
    now = with_.clock.now()
    with writing() as writer:
        step = sign_in_steps.find(writer, key_of(StepPurpose.SECOND, attempt.token), now)
        if step is None or step.account_id is None:
            raise StepOverError
        account_id = step.account_id
        source = attempt.known.get(account_id) or Source(f"account {account_id}".encode())
        refusal = _refusal(writer, with_, account_id, typed, source)
        if refusal is None:
            return begin_login(writer, step, account_id, attempt.device, now)
    raise refusal


def prove_with_code(with_: Collaborators, person: SignedIn, typed: str) -> None:
    """Show the second factor on a login that began without it.

    Raises WrongSecondCodeError, MustWaitError.
    """
    source = Source(f"login {person.login_id}".encode())
    with writing() as writer:
        refusal = _refusal(writer, with_, person.account_id, typed, source)
        if refusal is None:
            factors.prove(writer, person.login_id, person.account_id, with_.clock.now())
            return
    raise refusal


def _refusal(
    writer: Session, with_: Collaborators, account_id: int, typed: str, source: Source
) -> WrongSecondCodeError | MustWaitError | None:
    """Why a code does not open anything, or None where it does and is used up. A wrong one is
    counted, so the caller lets the transaction end well before it refuses."""
    now = with_.clock.now()
    # Of many tries at once, each sees those before it counted.
    second_factors.lock(writer, account_id)
    until = attempts.wait_until(writer, source, FACTOR, now)
    if until:
        return MustWaitError(until)
    if _is_right(writer, with_, account_id, as_typed(typed)):
        return None
    attempts.count(writer, source, FACTOR, now)
    return WrongSecondCodeError()


def _is_right(writer: Session, with_: Collaborators, account_id: int, code: str) -> bool:
    if not is_totp(code):
        return recovery_codes.use(writer, with_, account_id, code)
    now = with_.clock.now()
    app = second_factors.app_of(writer, account_id)
    secret = with_.seal.open(app.sealed_secret) if app and app.confirmed_at else None
    step = with_.authenticator.step_of(secret, code, now) if secret else None
    return step is not None and second_factors.use_step(writer, account_id, step, now)


def begin_login(
    writer: Session, step: SignInStep, account_id: int, device: str, now: datetime
) -> str:
    """Within the caller's transaction, begin the login that a step was before; returns its token.

    The password counts from when it was typed; a passkey alone counts as one. Raises StepOverError.
    """
    account = accounts.staff_by_id(writer, account_id)
    if account is None or account.disabled_at or not sign_in_steps.use(writer, step.id, now):
        raise StepOverError
    token = logins.begin(writer, account_id, device, now)
    login = login_records.by_token(writer, logins.token_hash(token))
    assert login is not None
    login.confirmed_at = now if step.purpose == StepPurpose.ALONE else step.began_at
    factors.prove(writer, login.id, account_id, now)
    return token
