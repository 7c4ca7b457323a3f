"""What the staff's board asks of the database: few rows, found by index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, null, or_, select
from sqlalchemy.orm import Session

from webapp.domain.course import SessionStatus
from webapp.persistence.courses import StoredCourse, load_where
from webapp.persistence.tables import (
    Account,
    Client,
    Course,
    Extension,
    Location,
    TreatmentSession,
    Visit,
)

SCHEDULED = SessionStatus.SCHEDULED.value
PERFORMED = SessionStatus.PERFORMED.value
Between = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One date of one client. `what`: session, consultation or follow-up; `number` is the
    session's, None for a visit. `starts_at` is UTC, `zone` the location's IANA name."""

    course_id: int
    client_id: int
    client_name: str
    location_id: int
    location_name: str
    zone: str
    what: str
    number: int | None
    starts_at: datetime
    status: str


def zones(reader: Session, location_id: int | None) -> dict[int, str]:
    """The time zone of each location, or of one."""
    wanted = select(Location.id, Location.time_zone)
    if location_id is not None:
        wanted = wanted.where(Location.id == location_id)
    return {id_: zone for id_, zone in reader.execute(wanted)}


def sessions_between(
    reader: Session, between: Between, location_ids: Sequence[int]
) -> list[BoardLine]:
    """Scheduled and performed sessions that start in [from, until)."""
    return _session_lines(
        reader,
        TreatmentSession.status.in_([SCHEDULED, PERFORMED]),
        _within(TreatmentSession.starts_at, between),
        Course.location_id.in_(location_ids),
    )


def unconfirmed(reader: Session, now: datetime, location_ids: Sequence[int]) -> list[BoardLine]:
    """Sessions that ought to have begun and that nobody has settled, the oldest first."""
    return _session_lines(
        reader,
        TreatmentSession.status == SCHEDULED,
        TreatmentSession.starts_at <= now,
        Course.location_id.in_(location_ids),
    )


def without_a_next(reader: Session, location_ids: Sequence[int]) -> list[BoardLine]:
    """The last session of each running course without a booking, while nobody has confirmed that
    it was the last."""
    treatment = TreatmentSession.__table__.alias()
    of_course = treatment.c.course_id == Course.id
    last = (
        select(func.max(treatment.c.number))
        .where(of_course, treatment.c.status == PERFORMED)
        .scalar_subquery()
    )
    return _session_lines(
        reader,
        Course.closed_at.is_(None),
        Course.is_last_confirmed.is_(False),
        Course.location_id.in_(location_ids),
        TreatmentSession.status == PERFORMED,
        TreatmentSession.number == last,
        ~exists().where(of_course, treatment.c.status == SCHEDULED),
    )


def _session_lines(reader: Session, *conditions: ColumnElement[bool]) -> list[BoardLine]:
    lines = _lines(TreatmentSession, literal("session"), TreatmentSession.number)
    return [BoardLine(*row) for row in reader.execute(lines.where(*conditions))]


def visits_between(
    reader: Session, between: Between, location_ids: Sequence[int]
) -> list[BoardLine]:
    """Visits booked or held that start in [from, until)."""
    lines = _lines(Visit, Visit.kind, null()).where(
        Visit.status.in_([SCHEDULED, "held"]),
        _within(Visit.starts_at, between),
        Course.location_id.in_(location_ids),
    )
    return [BoardLine(*row) for row in reader.execute(lines)]


def _lines(dates: Any, what: Any, number: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Course.id,
            Client.id,
            Account.name,
            Location.id,
            Location.name,
            Location.time_zone,
            what,
            number,
            dates.starts_at,
            dates.status,
        )
        .select_from(dates)
        .join(Course, Course.id == dates.course_id)
        .join(Client, Client.id == Course.client_id)
        .join(Account, Account.id == Client.account_id)
        .join(Location, Location.id == Course.location_id)
        .where(Account.disabled_at.is_(None))
        .order_by(dates.starts_at, dates.id)
    )


def protocol_versions(reader: Session) -> list[tuple[str, int]]:
    """The protocols that courses run under: id and version."""
    found = select(Course.protocol_id, Course.protocol_version).distinct()
    return [(id_, version) for id_, version in reader.execute(found)]


def courses_ended_in(
    reader: Session, spans: Sequence[Between], recent: Between, location_ids: Sequence[int]
) -> list[StoredCourse]:
    """Courses not closed with a session that ended in one of the spans; of those with
    extensions, which move every date, whatever ended in `recent`."""
    is_due = or_(*(_within(TreatmentSession.ended_at, span) for span in spans))
    is_extended = and_(
        _within(TreatmentSession.ended_at, recent),
        exists().where(Extension.course_id == TreatmentSession.course_id),
    )
    ids = select(TreatmentSession.course_id).where(
        TreatmentSession.status == PERFORMED,
        # A session lasts a day at most: this bound lets the index by start find it.
        TreatmentSession.starts_at >= recent[0],
        or_(is_due, is_extended),
    )
    return load_where(
        reader,
        Course.id.in_(ids),
        Course.closed_at.is_(None),
        Course.location_id.in_(location_ids),
    )


def _within(instant: Any, between: Between) -> ColumnElement[bool]:
    return and_(instant >= between[0], instant < between[1])
