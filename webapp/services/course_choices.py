"""What a form for a course offers to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from webapp.domain.people import Role
from webapp.persistence.courses import LocationCard, location_card
from webapp.persistence.database import reading
from webapp.persistence.tables import Account, Location

__all__ = ["LocationCard"]


@dataclass(frozen=True, slots=True)
class ArtistChoice:
    """Somebody who may perform a session."""

    account_id: int
    name: str


def locations() -> list[LocationCard]:
    """The locations in use, the oldest first."""
    rows = select(Location).where(Location.archived_at.is_(None)).order_by(Location.id)
    return [location_card(row) for row in reading().scalars(rows)]


def artists() -> list[ArtistChoice]:
    """Owners and artists who may sign in, by name."""
    rows = reading().execute(
        select(Account.id, Account.name)
        .where(
            Account.role.in_([Role.OWNER.value, Role.ARTIST.value]), Account.disabled_at.is_(None)
        )
        .order_by(Account.name, Account.id)
    )
    return [ArtistChoice(*row) for row in rows]
