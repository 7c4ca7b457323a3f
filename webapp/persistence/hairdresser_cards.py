"""Cards for hairdressers: found by the hash of their token while they can be read."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from webapp.persistence.consents import standing_version
from webapp.persistence.tables import Account, Client, HairdresserCard


class Holder(NamedTuple):
    """Whose card it is. `consented_version` is 0 where no consent stands."""

    client_id: int
    consented_version: int


def add(writer: Session, card: HairdresserCard) -> int:
    """Store a new card; returns its id."""
    writer.add(card)
    writer.flush()
    return card.id


def in_use(reader: Session, client_id: int, at: datetime) -> list[HairdresserCard]:
    """The client's cards that can be read at `at` (UTC), the newest first."""
    return list(
        reader.scalars(
            select(HairdresserCard)
            .where(HairdresserCard.client_id == client_id, *_readable(at))
            .order_by(HairdresserCard.id.desc())
        )
    )


def holder_of(reader: Session, token_hash: bytes, at: datetime) -> Holder | None:
    """Whose card this is, of an account that is not disabled; None where it cannot be read."""
    row = reader.execute(
        select(Client.id, standing_version(Account.__table__.c.id))
        .join(HairdresserCard, HairdresserCard.client_id == Client.id)
        .join(Account, Account.id == Client.account_id)
        .where(
            HairdresserCard.token_hash == token_hash,
            Account.disabled_at.is_(None),
            *_readable(at),
        )
    ).one_or_none()
    return None if row is None else Holder(row[0], row[1] or 0)


def revoke(writer: Session, client_id: int, card_id: int, at: datetime) -> bool:
    """Make one of the client's cards useless; False where it is none of theirs, or over."""
    done = writer.execute(
        update(HairdresserCard)
        .where(
            HairdresserCard.id == card_id, HairdresserCard.client_id == client_id, *_readable(at)
        )
        .values(revoked_at=at)
        .returning(HairdresserCard.id)
    )
    return done.one_or_none() is not None


def _readable(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return HairdresserCard.revoked_at.is_(None), HairdresserCard.expires_at > at
