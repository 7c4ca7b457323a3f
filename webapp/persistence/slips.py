"""Slips as stored: added, found for the board and for a client, and seen once."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, aliased

from webapp.persistence.tables import Account, Client, Course, Location, Slip
from webapp.persistence.today import newest_course_of


class SlipRow(NamedTuple):
    """A slip with whose it is and where. `zone` is the place's IANA name; instants are UTC.
    `seen_by` is a name, '' while nobody has seen it."""

    id: int
    client_id: int
    client_name: str
    location_name: str
    zone: str
    kind: str
    happened_at: datetime
    told_at: datetime
    seen_at: datetime | None
    seen_by: str


def last_of(reader: Session, client_id: int, kind: str) -> Slip | None:
    """The slip of this kind that the client told last."""
    rows = select(Slip).where(Slip.client_id == client_id, Slip.kind == kind)
    return reader.scalars(rows.order_by(Slip.id.desc()).limit(1)).one_or_none()


def add(writer: Session, slip: Slip) -> int:
    """Store a new slip; returns its id."""
    writer.add(slip)
    writer.flush()
    return slip.id


def unseen(reader: Session, location_id: int | None, most: int) -> list[SlipRow]:
    """What nobody has seen yet, of clients of one location or of all, the oldest first."""
    rows = _rows().where(Slip.seen_at.is_(None)).order_by(Slip.told_at, Slip.id).limit(most)
    if location_id is not None:
        rows = rows.where(Location.id == location_id)
    return [SlipRow(*row) for row in reader.execute(rows)]


def of_client(reader: Session, client_id: int, most: int) -> list[SlipRow]:
    """What a client has told, the newest first."""
    rows = _rows().where(Slip.client_id == client_id).order_by(Slip.id.desc()).limit(most)
    return [SlipRow(*row) for row in reader.execute(rows)]


def one_of_client(reader: Session, client_id: int, slip_id: int) -> SlipRow | None:
    """One slip of this client."""
    row = reader.execute(_rows().where(Slip.client_id == client_id, Slip.id == slip_id))
    found = row.one_or_none()
    return None if found is None else SlipRow(*found)


def see(writer: Session, slip_id: int, by: int, at: datetime) -> bool:
    """Note who saw it and when; False where somebody had seen it already."""
    done = writer.execute(
        update(Slip)
        .where(Slip.id == slip_id, Slip.seen_at.is_(None))
        .values(seen_by=by, seen_at=at)
        .returning(Slip.id)
    )
    return done.one_or_none() is not None


def _rows() -> Select[*tuple[Any, ...]]:
    seer = aliased(Account)
    newest = newest_course_of(Client.__table__.c.id)
    return (
        select(
            Slip.id,
            Client.id,
            Account.name,
            Location.name,
            Location.time_zone,
            Slip.kind,
            Slip.happened_at,
            Slip.told_at,
            Slip.seen_at,
            func.coalesce(seer.name, ""),
        )
        .select_from(Slip)
        .join(Client, Client.id == Slip.client_id)
        .join(Account, Account.id == Client.account_id)
        .outerjoin(Course, Course.id == newest)
        .join(Location, Location.id == func.coalesce(Course.location_id, Client.location_id))
        .outerjoin(seer, seer.id == Slip.seen_by)
        .where(Account.disabled_at.is_(None))
    )
