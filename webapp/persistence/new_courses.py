"""Beginning a course: what it may belong to, and its first rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.calendar import zone_named
from webapp.domain.course import Course as DomainCourse
from webapp.domain.people import Role
from webapp.persistence.course_saving import save
from webapp.persistence.courses import CourseState, StoredCourse, load_where
from webapp.persistence.tables import Account, Client, Course, Location


@dataclass(frozen=True, slots=True)
class NewCourseRow:
    """Whom and what a new course belongs to. `protocol` is (id, version)."""

    client_id: int
    location_id: int
    artist_id: int | None
    kind: str
    protocol: tuple[str, int]


def may_belong(writer: Session, client_id: int, artist_id: int | None) -> bool:
    """Whether the client exists and the artist, if one is named, treats people here.

    Holds the client's row until the transaction ends, so that two colleagues cannot begin two
    courses for one client at once.
    """
    is_there = hold_client(writer, client_id)
    if not is_there or artist_id is None:
        return is_there
    artist = select(Account.id).where(
        Account.id == artist_id,
        Account.role.in_([Role.OWNER.value, Role.ARTIST.value]),
        Account.disabled_at.is_(None),
    )
    return writer.scalar(artist) is not None


def hold_client(writer: Session, client_id: int) -> bool:
    """Hold the client's row until the transaction ends: nobody else begins a course of theirs.
    Returns whether there is such a client, whose record is not restricted."""
    client = select(Client.account_id).where(Client.id == client_id).with_for_update()
    account = select(Account.id).where(Account.id == writer.scalar(client))
    return writer.scalar(account.where(Account.disabled_at.is_(None))) is not None


def zone_of(reader: Session, location_id: int) -> ZoneInfo | None:
    """The time zone of a location that is in use, or None."""
    name = reader.scalar(
        select(Location.time_zone).where(Location.id == location_id, Location.archived_at.is_(None))
    )
    return None if name is None else zone_named(name)


def every_of(reader: Session, client_id: int) -> list[StoredCourse]:
    """All courses of the client, closed ones too, the newest first."""
    return load_where(reader, Course.client_id == client_id)


def is_followed(reader: Session, client_id: int, course_id: int) -> bool:
    """Whether the client has begun a newer course than this one."""
    newer = select(Course.id).where(Course.client_id == client_id, Course.id > course_id)
    return reader.scalar(newer.limit(1)) is not None


def add(writer: Session, new: NewCourseRow, course: DomainCourse, at: datetime) -> int:
    """Store a new course, begun at `at` (UTC); returns its id."""
    protocol_id, protocol_version = new.protocol
    row = Course(
        client_id=new.client_id,
        location_id=new.location_id,
        artist_id=new.artist_id,
        kind=new.kind,
        protocol_id=protocol_id,
        protocol_version=protocol_version,
        planned_sessions=course.planned_sessions,
        created_at=at,
    )
    writer.add(row)
    writer.flush()
    save(writer, row.id, CourseState(course))
    return row.id
