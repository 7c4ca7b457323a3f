"""Reading courses: everything that staff see of one, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webapp.domain.course import Course
from webapp.domain.protocol import Protocol
from webapp.persistence import course_changes, courses, new_courses
from webapp.persistence.course_changes import ChangeCard
from webapp.persistence.courses import (
    ExtensionCard,
    LocationCard,
    StoredCourse,
    VisitCard,
)
from webapp.persistence.database import reading
from webapp.persistence.tables import Course as CourseRow
from webapp.protocols.loader import protocol_version

__all__ = ["ChangeCard", "CourseFile", "ExtensionCard", "LocationCard", "VisitCard"]


@dataclass(frozen=True, slots=True)
class CourseFile:
    """A course with its protocol, dates and latest change. `kind`: regular or touch-up.
    Instants are UTC; `course.zone` is the location's. `is_followed`: the client has a newer one."""

    id: int
    version: int
    client_id: int
    client_name: str
    client_code: str
    kind: str
    location: LocationCard
    artist_id: int | None
    artist_name: str | None
    protocol: Protocol
    course: Course
    visits: tuple[VisitCard, ...]
    extensions: tuple[ExtensionCard, ...]
    created_at: datetime
    closed_at: datetime | None
    is_followed: bool
    last_change: ChangeCard | None


def read(course_id: int) -> CourseFile | None:
    """One course, or None."""
    stored = courses.load(reading(), course_id)
    return None if stored is None else _file(stored)


def running_of(client_id: int) -> CourseFile | None:
    """The client's newest course that nobody closed; a healed one too, until a new one begins."""
    found = courses.load_where(
        reading(), CourseRow.client_id == client_id, CourseRow.closed_at.is_(None), limit=1
    )
    return _file(found[0]) if found else None


def all_of(client_id: int) -> list[CourseFile]:
    """All courses of a client, the newest first."""
    found = courses.load_where(reading(), CourseRow.client_id == client_id)
    return [_file(stored) for stored in found]


def changes_of(course_id: int) -> list[ChangeCard]:
    """The latest changes of a course, the newest first."""
    return course_changes.all_of(reading(), course_id)


def _file(stored: StoredCourse) -> CourseFile:
    return CourseFile(
        id=stored.id,
        version=stored.version,
        client_id=stored.client_id,
        client_name=stored.client_name,
        client_code=stored.client_code,
        kind=stored.kind,
        location=stored.location,
        artist_id=stored.artist_id,
        artist_name=stored.artist_name,
        protocol=protocol_version(stored.protocol_id, stored.protocol_version),
        course=stored.state.course,
        visits=stored.state.visits,
        extensions=stored.state.extensions,
        created_at=stored.created_at,
        closed_at=stored.state.closed_at,
        is_followed=new_courses.is_followed(reading(), stored.client_id, stored.id),
        last_change=course_changes.last_of(reading(), stored.id),
    )
