"""Staff sign in with e-mail and password, and type the password again before what is grave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webapp.domain.people import SignedIn
from webapp.domain.second_factors import is_recent
from webapp.domain.waits import FREE_TRIES, FREE_TRIES_FOR_ACCOUNT
from webapp.persistence import accounts, login_records, wrong_codes
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Account
from webapp.services import attempts, passwords, second_steps
from webapp.services.attempts import ACCOUNT, PASSWORD, MustWaitError, Source
from webapp.services.ports import Collaborators
from webapp.services.second_steps import Entry

CONFIRMED_SPAN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PasswordAttempt:
    """Somebody wants in: with what, from where, aimed at which account, on which device (in words).

    `known` says for which accounts this device is known, and what its tries count as there.
    """

    email: str
    password: str
    source: Source
    account: Source
    known: Mapping[int, Source]
    device: str


@dataclass(frozen=True, slots=True)
class _Count:
    """One count that a wrong password raises, and how many it has free."""

    source: Source
    purpose: bytes = PASSWORD
    free: int = FREE_TRIES


class WrongPasswordError(Exception):
    """E-mail and password belong to nobody who may sign in; which of them is wrong is not said."""


def sign_in(with_: Collaborators, attempt: PasswordAttempt) -> Entry:
    """Sign a member of staff in, or let them show their second factor first.

    Raises WrongPasswordError or MustWaitError.
    """
    account = accounts.staff_by_email(reading(), attempt.email.strip().lower())
    account_id = account.id if account else None
    counted = _compare(with_, account, attempt.password, _counts(attempt, account_id))
    now = with_.clock.now()
    with writing() as writer:
        found = accounts.staff_by_id(writer, account_id) if account_id else None
        if found is None or found.disabled_at is not None:
            raise WrongPasswordError
        _forget(writer, counted)
        return second_steps.admit(writer, found.id, attempt.device, now)


def _counts(attempt: PasswordAttempt, account_id: int | None) -> list[_Count]:
    """What a wrong try counts for: on a known device the device alone, so that nobody who guesses
    elsewhere keeps its holder out; otherwise network and browser, and the account."""
    device = attempt.known.get(account_id) if account_id else None
    if device:
        return [_Count(device)]
    return [_Count(attempt.source), _Count(attempt.account, ACCOUNT, FREE_TRIES_FOR_ACCOUNT)]


def confirm(with_: Collaborators, person: SignedIn, password: str) -> None:
    """Note that whoever is signed in just typed the password again; tries count for this login.

    Raises WrongPasswordError or MustWaitError.
    """
    account = accounts.staff_by_id(reading(), person.account_id)
    login = Source(f"login {person.login_id}".encode())
    counted = _compare(with_, account, password, [_Count(login)])
    now = with_.clock.now()
    with writing() as writer:
        _forget(writer, counted)
        login_records.confirm_by_id(writer, person.login_id, now)


def is_confirmed(with_: Collaborators, person: SignedIn) -> bool:
    """Whether the password was typed on this device within the last ten minutes."""
    at = login_records.confirmed_at(reading(), person.login_id)
    return is_recent(at, with_.clock.now(), CONFIRMED_SPAN)


def _compare(
    with_: Collaborators, account: Account | None, password: str, counts: list[_Count]
) -> list[int]:
    """Compare, in the same work for an unknown account. Returns the tries' ids, to be taken back.

    The try is counted before the comparison: many at once must not all be free. One that comes
    while it has to wait is neither compared nor counted, so the wait ends when it said.
    """
    may_sign_in = account is not None and account.disabled_at is None
    stored_hash = account.password_hash if account and may_sign_in else None
    with writing() as writer:
        counted = _count(writer, counts, with_.clock.now())
    if not passwords.is_right(with_, stored_hash, password):
        raise WrongPasswordError
    return counted


def _count(writer: Session, counts: list[_Count], now: datetime) -> list[int]:
    for one in counts:
        until = attempts.wait_until(writer, one.source, one.purpose, now, one.free)
        if until:
            raise MustWaitError(until, is_for_account=one.purpose == ACCOUNT)
    return [attempts.count(writer, one.source, one.purpose, now) for one in counts]


def _forget(writer: Session, counted: list[int]) -> None:
    for wrong_id in counted:
        wrong_codes.forget(writer, wrong_id)
