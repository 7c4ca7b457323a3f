"""Who works at the clinic, what they may do, and how they get in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.invitations import LINKS, InvitationKind
from webapp.domain.people import Role, SignedIn
from webapp.persistence import accounts, audit, invitations, login_records, second_factors
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Account
from webapp.services import noticing
from webapp.services.errors import NotFoundError
from webapp.services.invitations import MadeInvitation, make
from webapp.services.ports import Collaborators


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One member of staff, as the owner sees them."""

    account_id: int
    name: str
    email: str
    role: Role
    is_disabled: bool
    has_password: bool
    has_second_factor: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody to be invited; `email` is their sign-in name."""

    name: str
    email: str
    role: Role


class EmailTakenError(Exception):
    """Somebody signs in with this e-mail address already."""


class LastOwnerError(Exception):
    """Without this owner nobody could manage the clinic any more."""


def staff() -> list[StaffMember]:
    """Everybody of the staff, those who may sign in first."""
    holders = second_factors.holders(reading())
    return [_member(account, account.id in holders) for account in accounts.staff(reading())]


def member(account_id: int) -> StaffMember:
    """One member of staff. Raises NotFoundError."""
    account = _account(reading(), account_id)
    return _member(account, second_factors.has_one(reading(), account.id))


def invite(with_: Collaborators, by: SignedIn, new: NewStaff) -> tuple[int, MadeInvitation]:
    """Add a member of staff and make the link by which they choose a password: 24 hours.

    Returns the new account's id and the link. Raises EmailTakenError.
    """
    now, email = with_.clock.now(), new.email.lower()
    with writing() as writer:
        if accounts.is_email_taken(writer, email):
            raise EmailTakenError
        account = accounts.add_staff(writer, new.role, new.name, email, now)
        audit.record(writer, now, by.account_id, "staff-added", ("account", account.id))
        noticing.replan_for_staff(writer, now)
        return account.id, make(writer, InvitationKind.STAFF, account.id, by.account_id, now)


def make_reset_link(with_: Collaborators, by: SignedIn, account_id: int) -> MadeInvitation:
    """A link by which a member of staff chooses a new password: 24 hours.

    Raises NotFoundError, also for somebody who is disabled.
    """
    now = with_.clock.now()
    with writing() as writer:
        account = _account(writer, account_id)
        if account.disabled_at is not None:
            raise NotFoundError
        kind = InvitationKind.RESET if account.password_hash else InvitationKind.STAFF
        return make(writer, kind, account.id, by.account_id, now)


def change_role(with_: Collaborators, by: SignedIn, account_id: int, role: Role) -> None:
    """Give a member of staff another role, from their next request on.

    Raises NotFoundError, LastOwnerError.
    """
    now = with_.clock.now()
    with writing() as writer:
        account = _account(writer, account_id)
        if role is not Role.OWNER:
            _keep_an_owner(writer, account)
        account.role = role
        audit.record(writer, now, by.account_id, f"role-{role}", ("account", account.id))
        noticing.replan_for_staff(writer, now)


def disable(with_: Collaborators, by: SignedIn, account_id: int) -> None:
    """Keep a member of staff out, from their next request on.

    Raises NotFoundError, LastOwnerError.
    """
    now = with_.clock.now()
    with writing() as writer:
        account = _account(writer, account_id)
        _keep_an_owner(writer, account)
        account.disabled_at = now
        login_records.end_all(writer, account.id, now)
        invitations.revoke_all(writer, account.id, LINKS, now)
        audit.record(writer, now, by.account_id, "disable", ("account", account.id))
        noticing.replan_for_staff(writer, now)


def enable(with_: Collaborators, by: SignedIn, account_id: int) -> None:
    """Let a member of staff sign in again. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        account = _account(writer, account_id)
        account.disabled_at = None
        audit.record(writer, now, by.account_id, "enable", ("account", account.id))
        noticing.replan_for_staff(writer, now)


def _keep_an_owner(writer: Session, account: Account) -> None:
    if account.role == Role.OWNER and set(accounts.active_owners(writer)) <= {account.id}:
        raise LastOwnerError


def _account(reader: Session, account_id: int) -> Account:
    account = accounts.staff_by_id(reader, account_id)
    if account is None:
        raise NotFoundError
    return account


def _member(account: Account, has_second_factor: bool) -> StaffMember:
    return StaffMember(
        account.id,
        account.name,
        account.email or "",
        Role(account.role),
        account.disabled_at is not None,
        account.password_hash is not None,
        has_second_factor,
        account.created_at,
    )
