"""Invitations: found and used by the hash of a code or token, each at most once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from webapp.domain.invitations import InvitationKind
from webapp.persistence.tables import Account, Invitation


@dataclass(frozen=True, slots=True)
class Secret:
    """The SHA-256 of a typed code, or of the token behind a link or QR code."""

    hash: bytes
    is_token: bool


@dataclass(frozen=True, slots=True)
class Redeemed:
    """An invitation just used. `account_id` is None for the first owner's."""

    invitation_id: int
    kind: InvitationKind
    account_id: int | None


def add(writer: Session, invitation: Invitation) -> int:
    """Store a new invitation; returns its id."""
    writer.add(invitation)
    writer.flush()
    return invitation.id


def redeem(
    writer: Session, secret: Secret, kinds: Collection[InvitationKind], at: datetime
) -> Redeemed | None:
    """Use the invitation up, in one conditional statement: of many at once, one finds a row."""
    row = writer.execute(
        update(Invitation)
        .where(*_usable(secret, kinds, at))
        .values(used_at=at)
        .returning(Invitation.id, Invitation.kind, Invitation.account_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return Redeemed(row[0], InvitationKind(row[1]), row[2]) if row else None


def find(
    reader: Session, secret: Secret, kinds: Collection[InvitationKind], at: datetime
) -> Account | None:
    """The account that a usable invitation is for. Uses nothing up."""
    return reader.scalars(
        select(Account)
        .join(Invitation, Invitation.account_id == Account.id)
        .where(*_usable(secret, kinds, at))
    ).one_or_none()


def is_usable(
    reader: Session, secret: Secret, kinds: Collection[InvitationKind], at: datetime
) -> bool:
    """Whether the invitation can still be used. Uses nothing up."""
    return reader.scalar(select(Invitation.id).where(*_usable(secret, kinds, at))) is not None


def revoke(writer: Session, invitation_id: int, at: datetime) -> bool:
    """Make one invitation useless; False where it was used or revoked already."""
    done = writer.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, *_open())
        .values(revoked_at=at)
        .returning(Invitation.id)
    )
    return done.one_or_none() is not None


def revoke_all(
    writer: Session, account_id: int | None, kinds: Collection[InvitationKind], at: datetime
) -> None:
    """Make the account's unused invitations of these kinds useless."""
    writer.execute(
        update(Invitation)
        .where(_belongs_to(account_id), Invitation.kind.in_(kinds), *_open())
        .values(revoked_at=at)
    )


def open_of(
    reader: Session, account_id: int, kinds: Collection[InvitationKind], at: datetime
) -> list[Invitation]:
    """The account's invitations that can still be used, the newest first."""
    return list(
        reader.scalars(
            select(Invitation)
            .where(
                Invitation.account_id == account_id,
                Invitation.kind.in_(kinds),
                Invitation.expires_at > at,
                *_open(),
            )
            .order_by(Invitation.id.desc())
        )
    )


def is_open(reader: Session, invitation_id: int, at: datetime) -> bool:
    """Whether this invitation is neither used nor revoked nor over."""
    found = select(Invitation.id).where(
        Invitation.id == invitation_id, Invitation.expires_at > at, *_open()
    )
    return reader.scalar(found) is not None


def count_open(
    reader: Session, account_id: int, kinds: Collection[InvitationKind], at: datetime
) -> int:
    """How many such invitations the account has."""
    found = select(func.count()).where(
        Invitation.account_id == account_id,
        Invitation.kind.in_(kinds),
        Invitation.expires_at > at,
        *_open(),
    )
    return reader.scalar(found) or 0


def _open() -> tuple[ColumnElement[bool], ...]:
    return Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)


def _belongs_to(account_id: int | None) -> ColumnElement[bool]:
    column = Invitation.account_id
    return column.is_(None) if account_id is None else column == account_id


def _usable(
    secret: Secret, kinds: Collection[InvitationKind], at: datetime
) -> tuple[ColumnElement[bool], ...]:
    column = Invitation.token_hash if secret.is_token else Invitation.code_hash
    enabled = select(Account.id).where(Account.disabled_at.is_(None))
    return (
        column == secret.hash,
        Invitation.kind.in_(kinds),
        Invitation.expires_at > at,
        or_(Invitation.account_id.is_(None), Invitation.account_id.in_(enabled)),
        *_open(),
    )
