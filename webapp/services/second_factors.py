"""Which second factors the staff have, and how they are taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.people import SignedIn
from webapp.domain.second_factors import Standing, standing_of
from webapp.persistence import accounts, audit, login_records, second_factors, sign_in_steps
from webapp.persistence.database import reading, writing
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators


@dataclass(frozen=True, slots=True)
class FactorCard:
    """One app or passkey as its holder sees it; instants UTC, `used_at` None until it was."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """Everything that somebody has set up beside the password."""

    app: FactorCard | None
    passkeys: tuple[FactorCard, ...]
    codes_left: int
    codes_made_at: datetime | None

    @property
    def has_one(self) -> bool:
        """Recovery codes alone are none: they only stand in for one."""
        return self.app is not None or bool(self.passkeys)


def of(account_id: int) -> Factors:
    """The factors of a member of staff; none for anybody else."""
    reader = reading()
    app = second_factors.app_of(reader, account_id)
    codes = second_factors.codes_of(reader, account_id)
    return Factors(
        FactorCard(app.id, "", app.added_at, app.used_at) if app and app.confirmed_at else None,
        tuple(
            FactorCard(one.id, one.name, one.added_at, one.used_at)
            for one in second_factors.passkeys_of(reader, account_id)
        ),
        len([code for code in codes if code.used_at is None]),
        codes[0].made_at if codes else None,
    )


def holders() -> set[int]:
    """The ids of all accounts with a second factor."""
    return second_factors.holders(reading())


def standing(person: SignedIn) -> Standing:
    """Whether whoever is signed in has shown a second factor on this login."""
    if person.proved_at is not None:
        return Standing.PROVED
    return standing_of(second_factors.has_one(reading(), person.account_id), None)


def prove(writer: Session, login_id: int, account_id: int, now: datetime) -> None:
    """Note, within the caller's transaction, that a second factor was shown on a login."""
    login_records.prove(writer, login_id, now)
    audit.record(writer, now, account_id, "second-factor", ("login", login_id))


def after_removal(writer: Session, account_id: int) -> None:
    """Once the last factor is gone nothing stands in for it, and no login counts as proved."""
    if not second_factors.has_one(writer, account_id):
        second_factors.remove_codes(writer, account_id)
        login_records.unprove_all(writer, account_id)


def reset(with_: Collaborators, by: SignedIn, account_id: int) -> None:
    """Take everything but the password from a member of staff, and sign all their devices out.

    For who has lost what they had. Raises NotFoundError.
    """
    now = with_.clock.now()
    with writing() as writer:
        account = accounts.staff_by_id(writer, account_id)
        if account is None:
            raise NotFoundError
        _reset(writer, account.id, by.account_id, now)


def reset_owner(with_: Collaborators, email: str) -> None:
    """The same for an owner, asked for at the server's own terminal. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        account_id = accounts.owner_by_email(writer, email)
        if account_id is None:
            raise NotFoundError
        _reset(writer, account_id, None, now)


def _reset(writer: Session, account_id: int, by: int | None, now: datetime) -> None:
    second_factors.lock(writer, account_id)
    second_factors.remove_app(writer, account_id)
    second_factors.remove_passkeys(writer, account_id)
    after_removal(writer, account_id)
    sign_in_steps.end_all(writer, account_id)
    login_records.end_all(writer, account_id, now)
    audit.record(writer, now, by, "factors-reset", ("account", account_id))
