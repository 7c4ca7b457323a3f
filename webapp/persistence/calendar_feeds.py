"""The addresses from which calendars read, and what they find there."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.persistence.consents import standing_version
from webapp.persistence.new_courses import hold_client
from webapp.persistence.tables import (
    Account,
    CalendarFeed,
    Client,
    Clinic,
    Course,
    CourseChange,
    Location,
    TreatmentSession,
    Visit,
)


class FoundFeed(NamedTuple):
    """A feed in force; instants are UTC, `read_at` is None before the first reading.
    `consented_version` is 0 where no consent of its client stands."""

    id: int
    client_id: int
    made_at: datetime
    read_at: datetime | None
    consented_version: int


class CourseDates(NamedTuple):
    """What the dates of one course share. `version` rises with every change of it or of its place,
    `changed_at` (UTC) is when the course last changed."""

    id: int
    version: int
    changed_at: datetime
    address: str


class StoredDate(NamedTuple):
    """A treatment session (its key is its number) or visit (its id) as stored; instants UTC."""

    course_id: int
    key: int
    status: str
    starts_at: datetime
    ended_at: datetime | None = None


def add(writer: Session, client_id: int, token_hash: bytes, at: datetime) -> int:
    """A new feed in the place of whatever feed the client had; returns its id."""
    revoke(writer, client_id, at)
    feed = CalendarFeed(client_id=client_id, token_hash=token_hash, made_at=at)
    writer.add(feed)
    writer.flush()
    return feed.id


def revoke(writer: Session, client_id: int, at: datetime) -> bool:
    """Close the client's feed; False where none was open."""
    # Of two feeds made at once only one stays.
    hold_client(writer, client_id)
    closed = writer.scalars(
        update(CalendarFeed)
        .where(CalendarFeed.client_id == client_id, CalendarFeed.revoked_at.is_(None))
        .values(revoked_at=at)
        .returning(CalendarFeed.id)
        .execution_options(synchronize_session=False)
    )
    return bool(closed.all())


def open_of(reader: Session, client_id: int) -> FoundFeed | None:
    """The client's feed in force."""
    return _found(reader, CalendarFeed.client_id == client_id)


def by_token(reader: Session, token_hash: bytes) -> FoundFeed | None:
    """The feed in force with this token's SHA-256, of an account that is not disabled."""
    return _found(reader, CalendarFeed.token_hash == token_hash, Account.disabled_at.is_(None))


def _found(reader: Session, *conditions: object) -> FoundFeed | None:
    row = reader.execute(
        select(
            CalendarFeed.id,
            CalendarFeed.client_id,
            CalendarFeed.made_at,
            CalendarFeed.read_at,
            standing_version(Account.__table__.c.id),
        )
        .join(Client, Client.id == CalendarFeed.client_id)
        .join(Account, Account.id == Client.account_id)
        .where(CalendarFeed.revoked_at.is_(None), *conditions)  # type: ignore[arg-type]
    ).one_or_none()
    return FoundFeed(row[0], row[1], row[2], row[3], row[4] or 0) if row else None


def note_read(writer: Session, feed_id: int, at: datetime) -> None:
    """Note that a calendar has read the feed."""
    writer.execute(
        update(CalendarFeed)
        .where(CalendarFeed.id == feed_id)
        .values(read_at=at)
        .execution_options(synchronize_session=False)
    )


def courses_of(reader: Session, client_id: int) -> list[CourseDates]:
    """Every course of the client, the earliest first."""
    made, undone = func.max(CourseChange.made_at), func.max(CourseChange.undone_at)
    rows = reader.execute(
        select(
            Course.id,
            Course.version + Location.version + func.coalesce(func.max(Clinic.version), 0),
            Course.created_at,
            made,
            undone,
            Location.address,
        )
        .join(Location, Location.id == Course.location_id)
        .outerjoin(Clinic, Clinic.id == 1)
        .outerjoin(CourseChange, CourseChange.course_id == Course.id)
        .where(Course.client_id == client_id)
        .group_by(Course.id, Location.id)
        .order_by(Course.id)
    )
    return [
        CourseDates(id_, version, max(filter(None, instants)), address)
        for id_, version, *instants, address in rows
    ]


def sessions_of(reader: Session, client_id: int) -> list[StoredDate]:
    """The treatment sessions of all courses of the client, by their start."""
    row = TreatmentSession
    rows = reader.execute(
        select(row.course_id, row.number, row.status, row.starts_at, row.ended_at)
        .join(Course, Course.id == row.course_id)
        .where(Course.client_id == client_id)
        .order_by(row.starts_at, row.id)
    )
    return [StoredDate(*found) for found in rows]


def visits_of(reader: Session, client_id: int) -> list[StoredDate]:
    """The visits of all courses of the client, by their start."""
    rows = reader.execute(
        select(Visit.course_id, Visit.id, Visit.status, Visit.starts_at)
        .join(Course, Course.id == Visit.course_id)
        .where(Course.client_id == client_id)
        .order_by(Visit.starts_at, Visit.id)
    )
    return [StoredDate(*found) for found in rows]
