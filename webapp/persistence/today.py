"""What a client's own pages are made of, in one look at the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, select, true

from webapp.persistence.quick import QuickSelect
from webapp.persistence.tables import (
    Client,
    Clinic,
    Course,
    Extension,
    Location,
    TreatmentSession,
    Visit,
)

# Plain tables, not mapped classes: rows cost less than objects.
_client, _clinic, _location = Client.__table__.c, Clinic.__table__.c, Location.__table__.c
_treatment, _extension = TreatmentSession.__table__.c, Extension.__table__.c
_visit = Visit.__table__.c
_course_table = Course.__table__.alias("newest_course")
_course = _course_table.c


def newest_course_of(client_id: ColumnElement[int]) -> ColumnElement[int | None]:
    """The id of a client's newest course: the running one, or else the last there was."""
    every = Course.__table__.alias("courses_of_client").c
    return select(func.max(every.id)).where(every.client_id == client_id).scalar_subquery()


_ONCE = (
    _clinic.name,
    _clinic.accent_colour,
    _clinic.emergency_number,
    _clinic.whatsapp,
    _clinic.version,
    _location.name,
    _location.address,
    _location.phone,
    _location.time_zone,
    _course.id,
    _course.kind,
    _course.protocol_id,
    _course.protocol_version,
    _course.planned_sessions,
    _course.is_last_confirmed,
    _course.closed_at,
)
_facts = QuickSelect(
    select(
        *_ONCE,
        _treatment.number,
        _treatment.status,
        _treatment.starts_at,
        _treatment.ended_at,
        _extension.activity,
        _extension.days,
    )
    .select_from(Client.__table__)
    .outerjoin(Clinic.__table__, true())
    .outerjoin(_course_table, _course.id == newest_course_of(_client.id))
    .outerjoin(
        Location.__table__, _location.id == func.coalesce(_course.location_id, _client.location_id)
    )
    .outerjoin(TreatmentSession.__table__, _treatment.course_id == _course.id)
    .outerjoin(Extension.__table__, _extension.course_id == _course.id)
    .where(_client.id == bindparam("client_id"))
)
_visits = QuickSelect(
    select(_visit.kind, _visit.status, _visit.starts_at, _visit.id).where(
        _visit.course_id == bindparam("course_id")
    )
)


class FoundSession(NamedTuple):
    """A treatment session as stored; instants UTC."""

    number: int
    status: str
    starts_at: datetime
    ended_at: datetime | None


class FoundExtension(NamedTuple):
    """Extra days for one activity."""

    activity: str
    days: int


class FoundVisit(NamedTuple):
    """A consultation or follow-up as stored; instant UTC."""

    kind: str
    status: str
    starts_at: datetime
    id: int = 0


class FoundCourse(NamedTuple):
    """A client's newest course as stored, its sessions in no order."""

    id: int
    kind: str
    protocol_id: str
    protocol_version: int
    planned_sessions: int
    is_last_confirmed: bool
    closed_at: datetime | None
    sessions: tuple[FoundSession, ...]
    extensions: tuple[FoundExtension, ...]


class FoundFacts(NamedTuple):
    """`clinic`: name, accent colour, emergency number, WhatsApp, version; empty before setup.

    `place`: name, address, phone, time zone of the course's location, else of the client's.
    """

    clinic: tuple[Any, ...]
    place: tuple[str, str, str, str]
    course: FoundCourse | None


def facts_of(client_id: int) -> FoundFacts | None:
    """Clinic, place and newest course of a client; None for an unknown id."""
    rows = _facts.rows(client_id=client_id)
    if not rows:
        return None
    first = rows[0]
    clinic = tuple(first[:5]) if first[0] is not None else ()
    name, address, phone, zone = first[5:9]
    return FoundFacts(clinic, (name, address, phone, zone), _course_of(rows))


def visits_of(course_id: int) -> list[FoundVisit]:
    """The visits of a course."""
    return [FoundVisit(*row) for row in _visits.rows(course_id=course_id)]


def _course_of(rows: Sequence[tuple[Any, ...]]) -> FoundCourse | None:
    course = rows[0][9:16]
    if course[0] is None:
        return None
    # Sessions and extensions come joined: each session once for every extension.
    sessions = dict.fromkeys(row[16:20] for row in rows if row[16] is not None)
    extensions = dict.fromkeys(row[20:22] for row in rows if row[20] is not None)
    together = (
        tuple(FoundSession(*found) for found in sessions),
        tuple(FoundExtension(*found) for found in extensions),
    )
    return FoundCourse._make((*course, *together))
