"""Courses with all that belongs to them: rows to domain values and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session, aliased

from webapp.domain.calendar import zone_named
from webapp.domain.course import Course as DomainCourse
from webapp.domain.course import SessionStatus
from webapp.domain.course import TreatmentSession as DomainSession
from webapp.persistence.tables import (
    Account,
    Client,
    Course,
    Extension,
    Location,
    TreatmentSession,
    Visit,
)


@dataclass(frozen=True, slots=True)
class LocationCard:
    """A place as pages show it. `opening_hours`: seven entries from Monday on, ("09:00",
    "18:00") or None on a closed day, or empty. `zone` is an IANA name."""

    id: int
    name: str
    address: str
    phone: str
    opening_hours: tuple[tuple[str, str] | None, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class VisitCard:
    """A consultation or follow-up; scheduled, held, cancelled or missed. `id` is 0 for a new one.
    `starts_at` is UTC."""

    id: int
    kind: str
    status: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class ExtensionCard:
    """Extra days for one activity, and why."""

    activity: str
    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class CourseState:
    """Everything of a course that a change may touch, and an undo brings back."""

    course: DomainCourse
    visits: tuple[VisitCard, ...] = ()
    reasons: Mapping[str, str] | None = None
    closed_at: datetime | None = None

    @property
    def extensions(self) -> tuple[ExtensionCard, ...]:
        """The extensions with their reasons, by activity id."""
        reasons = self.reasons or {}
        return tuple(
            ExtensionCard(activity, days, reasons.get(activity, ""))
            for activity, days in sorted(self.course.extensions.items())
        )


@dataclass(frozen=True, slots=True)
class StoredCourse:
    """A course as it is stored, with the names of whom and what it belongs to."""

    id: int
    version: int
    client_id: int
    client_name: str
    client_code: str
    kind: str
    location: LocationCard
    artist_id: int | None
    artist_name: str | None
    protocol_id: str
    protocol_version: int
    created_at: datetime
    state: CourseState


def to_course(
    row: Any, treatments: Iterable[Any], extensions: Iterable[Any], zone: str
) -> DomainCourse:
    """The domain's course from rows: `row` has planned_sessions and is_last_confirmed,
    `treatments` number, status, starts_at and ended_at, `extensions` activity and days."""
    return DomainCourse(
        zone=zone_named(zone),
        sessions=tuple(to_session(treatment) for treatment in treatments),
        planned_sessions=row.planned_sessions,
        is_last_confirmed=row.is_last_confirmed,
        extensions={extension.activity: extension.days for extension in extensions},
    )


def to_session(row: Any) -> DomainSession:
    """One session from its row."""
    return DomainSession(row.number, SessionStatus(row.status), row.starts_at, row.ended_at)


def load(reader: Session, course_id: int) -> StoredCourse | None:
    """One course, or None."""
    found = load_where(reader, Course.id == course_id)
    return found[0] if found else None


def load_where(
    reader: Session, *conditions: ColumnElement[bool], limit: int | None = None
) -> list[StoredCourse]:
    """The courses that meet the conditions, the newest first, in four queries altogether."""
    heads = reader.execute(_heads().where(*conditions).limit(limit)).all()
    ids = [head.Course.id for head in heads]
    treatments = rows_of(reader, TreatmentSession, ids)
    extensions = rows_of(reader, Extension, ids)
    visits = rows_of(reader, Visit, ids)
    return [
        _stored(head, treatments.get(id_, []), extensions.get(id_, []), visits.get(id_, []))
        for id_, head in zip(ids, heads, strict=True)
    ]


def _heads() -> Select[*tuple[Any, ...]]:
    artist = aliased(Account)
    return (
        select(
            Course,
            Location,
            Client.code.label("client_code"),
            Account.name.label("client_name"),
            artist.name.label("artist_name"),
        )
        .join(Client, Client.id == Course.client_id)
        .join(Account, Account.id == Client.account_id)
        .join(Location, Location.id == Course.location_id)
        .outerjoin(artist, artist.id == Course.artist_id)
        # Of a client whose record is restricted nobody finds a course.
        .where(Account.disabled_at.is_(None))
        .order_by(Course.id.desc())
    )


def rows_of(reader: Session, table: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    """The rows of a table that belong to courses, by course and in the order of their ids."""
    if not ids:
        return {}
    rows = reader.scalars(
        select(table).where(table.course_id.in_(ids)).order_by(table.course_id, table.id)
    )
    return {id_: list(group) for id_, group in groupby(rows, lambda row: row.course_id)}


def _stored(
    head: Row[*tuple[Any, ...]], treatments: list[Any], extensions: list[Any], visits: list[Any]
) -> StoredCourse:
    row, place = head.Course, head.Location
    course = to_course(row, treatments, extensions, place.time_zone)
    state = CourseState(
        course,
        tuple(VisitCard(v.id, v.kind, v.status, v.starts_at) for v in visits),
        {extension.activity: extension.reason for extension in extensions},
        row.closed_at,
    )
    return StoredCourse(
        id=row.id,
        version=row.version,
        client_id=row.client_id,
        client_name=head.client_name,
        client_code=head.client_code,
        kind=row.kind,
        location=location_card(place),
        artist_id=row.artist_id,
        artist_name=head.artist_name,
        protocol_id=row.protocol_id,
        protocol_version=row.protocol_version,
        created_at=row.created_at,
        state=state,
    )


def location_card(row: Location) -> LocationCard:
    """A location's row as pages need it."""
    hours = tuple((day[0], day[1]) if day else None for day in row.opening_hours)
    return LocationCard(row.id, row.name, row.address, row.phone, hours, row.time_zone)
