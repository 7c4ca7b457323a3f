"""Accounts of staff."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.people import STAFF_ROLES, Role
from webapp.persistence.tables import Account


def staff(reader: Session) -> list[Account]:
    """Everybody of the staff, those who may sign in first, then by name."""
    return list(
        reader.scalars(
            select(Account)
            .where(Account.role.in_(STAFF_ROLES))
            .order_by(Account.disabled_at.is_not(None), Account.name, Account.id)
        )
    )


def staff_by_email(reader: Session, email: str) -> Account | None:
    """The member of staff with this e-mail address (lower case), disabled or not."""
    return reader.scalars(
        select(Account).where(Account.email == email, Account.role.in_(STAFF_ROLES))
    ).one_or_none()


def owner_by_email(reader: Session, email: str) -> int | None:
    """The id of the owner with this e-mail address, however it was typed."""
    owner = (Account.email == email.strip().lower(), Account.role == Role.OWNER)
    return reader.scalar(select(Account.id).where(*owner))


def staff_by_id(reader: Session, account_id: int) -> Account | None:
    """The member of staff with this id, disabled or not."""
    return reader.scalars(
        select(Account).where(Account.id == account_id, Account.role.in_(STAFF_ROLES))
    ).one_or_none()


def active_owners(writer: Session) -> list[int]:
    """Ids of the owners who may sign in, locked so that two cannot remove one another at once."""
    return list(
        writer.scalars(
            select(Account.id)
            .where(Account.role == Role.OWNER, Account.disabled_at.is_(None))
            .with_for_update()
        )
    )


def is_email_taken(reader: Session, email: str) -> bool:
    """Whether an account has this e-mail address (lower case)."""
    return reader.scalar(select(Account.id).where(Account.email == email)) is not None


def add_staff(writer: Session, role: Role, name: str, email: str, at: datetime) -> Account:
    """A new member of staff, who cannot sign in before choosing a password."""
    found = Account(role=role, name=name, email=email, created_at=at)
    writer.add(found)
    writer.flush()
    return found
