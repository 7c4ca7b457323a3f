"""The clinic's locations: where, when open, and in which time zone courses count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.domain.calendar import zone_named
from webapp.domain.people import SignedIn
from webapp.persistence import audit
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Location
from webapp.services.errors import ChangedMeanwhileError, NotFoundError
from webapp.services.healing import counts_at
from webapp.services.ports import Collaborators

DEFAULT_ZONE = "Asia/Dubai"
ZONES_APART_SPAN = timedelta(days=2)
Hours = list[list[str] | None]  # seven from Monday on: ["09:00", "18:00"] or None when closed


@dataclass(frozen=True, slots=True)
class LocationDetails:
    """What the owner enters of a location. `phone` in E.164 or empty, `time_zone` an IANA name."""

    name: str
    address: str
    phone: str
    time_zone: str
    opening_hours: Hours


@dataclass(frozen=True, slots=True)
class LocationRecord:
    """A location as it is stored; `version` is what a form carries along."""

    location_id: int
    details: LocationDetails
    archived_at: datetime | None
    version: int


class LastLocationError(Exception):
    """Courses need somewhere to belong to: one location stays."""


class ZoneInUseError(Exception):
    """Another time zone would move the dates of courses that are counted already."""


@cache
def time_zones() -> list[str]:
    """Names of the time zones a location can be in, by the alphabet: Area/City only."""
    return sorted(
        name for name in available_timezones() if "/" in name and not name.startswith("Etc/")
    )


def home_zone() -> ZoneInfo:
    """The time zone of the clinic's first location in use."""
    name = reading().scalar(
        select(Location.time_zone).order_by(Location.archived_at.is_not(None), Location.id).limit(1)
    )
    return zone_named(name or DEFAULT_ZONE)


def every() -> list[LocationRecord]:
    """All locations, those in use first."""
    rows = reading().scalars(
        select(Location).order_by(Location.archived_at.is_not(None), Location.name, Location.id)
    )
    return [_record(row) for row in rows]


def one(location_id: int) -> LocationRecord:
    """One location. Raises NotFoundError."""
    row = reading().get(Location, location_id)
    if row is None:
        raise NotFoundError
    return _record(row)


def add(with_: Collaborators, by: SignedIn, details: LocationDetails) -> int:
    """Add a location; returns its id."""
    now = with_.clock.now()
    with writing() as writer:
        row = Location(**_columns(details))
        writer.add(row)
        writer.flush()
        audit.record(writer, now, by.account_id, "location-added", ("location", row.id))
        return row.id


def save(
    with_: Collaborators, by: SignedIn, location: tuple[int, int], details: LocationDetails
) -> None:
    """Save a location; `location` is its id and the version the form carried.

    Raises NotFoundError, ChangedMeanwhileError; ZoneInUseError for another time zone while
    aftercare is counted by the present one.
    """
    now = with_.clock.now()
    with writing() as writer:
        zone = writer.scalar(select(Location.time_zone).where(Location.id == location[0]))
        _update(writer, location, _columns(details))
        is_moved = zone != details.time_zone and zone in available_timezones()
        # The row has the new zone by now, in which days may end up to two days earlier.
        if is_moved and counts_at(writer, location[0], now - ZONES_APART_SPAN):
            raise ZoneInUseError
        audit.record(writer, now, by.account_id, "location", ("location", location[0]))


def archive(with_: Collaborators, by: SignedIn, location: tuple[int, int]) -> None:
    """Offer the location for new courses no more; running ones keep it.

    Raises NotFoundError, ChangedMeanwhileError, LastLocationError.
    """
    now = with_.clock.now()
    with writing() as writer:
        others = select(func.count()).where(
            Location.archived_at.is_(None), Location.id != location[0]
        )
        if not writer.scalar(others):
            raise LastLocationError
        _update(writer, location, {"archived_at": now})
        audit.record(writer, now, by.account_id, "location-archived", ("location", location[0]))


def bring_back(with_: Collaborators, by: SignedIn, location: tuple[int, int]) -> None:
    """Offer an archived location again. Raises NotFoundError, ChangedMeanwhileError."""
    now = with_.clock.now()
    with writing() as writer:
        _update(writer, location, {"archived_at": None})
        audit.record(writer, now, by.account_id, "location-back", ("location", location[0]))


def _update(writer: Session, location: tuple[int, int], values: dict[str, object]) -> None:
    location_id, version = location
    done = writer.execute(
        update(Location)
        .where(Location.id == location_id, Location.version == version)
        .values(**values, version=version + 1)
        .returning(Location.id)
    )
    if done.one_or_none() is None:
        exists = writer.get(Location, location_id) is not None
        raise ChangedMeanwhileError if exists else NotFoundError


def _columns(details: LocationDetails) -> dict[str, object]:
    return {
        "name": details.name,
        "address": details.address,
        "phone": details.phone,
        "time_zone": details.time_zone,
        "opening_hours": details.opening_hours,
    }


def _record(row: Location) -> LocationRecord:
    details = LocationDetails(
        row.name, row.address, row.phone, row.time_zone, list(row.opening_hours)
    )
    return LocationRecord(row.id, details, row.archived_at, row.version)
