"""Locations as people reach them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.persistence.tables import Client, Course, Location
from webapp.persistence.today import newest_course_of


def in_use(reader: Session) -> list[Location]:
    """The locations that are not archived, by name."""
    rows = select(Location).where(Location.archived_at.is_(None))
    return list(reader.scalars(rows.order_by(Location.name, Location.id)))


def of_client(reader: Session, client_id: int) -> list[Location]:
    """The location of the client's newest course, else the client's own."""
    return list(
        reader.scalars(
            select(Location)
            .join(Client, Client.id == client_id)
            .outerjoin(Course, Course.id == newest_course_of(Client.__table__.c.id))
            .where(Location.id == func.coalesce(Course.location_id, Client.location_id))
        )
    )


def week_of_client(reader: Session, client_id: int) -> Sequence[Sequence[str] | None]:
    """When the client's place is open: seven days from Monday on, or empty."""
    return next((row.opening_hours for row in of_client(reader, client_id)), ())
