"""Writing a course back: its rows are made to say what a state says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from webapp.domain.course import TreatmentSession as DomainSession
from webapp.persistence import preparation
from webapp.persistence.courses import (
    CourseState,
    ExtensionCard,
    VisitCard,
    rows_of,
    to_session,
)
from webapp.persistence.tables import Course, Extension, TreatmentSession, Visit


def raise_version(writer: Session, course_id: int, expected: int) -> int | None:
    """Claim the next version of a course; None if it has another one than expected.

    Comes first in a change: it holds the row, so that nobody else changes the course meanwhile.
    """
    return writer.execute(
        update(Course)
        .where(Course.id == course_id, Course.version == expected)
        .values(version=expected + 1)
        .returning(Course.version)
        .execution_options(synchronize_session=False)
    ).scalar()


def save(writer: Session, course_id: int, state: CourseState) -> None:
    """Make the rows of a course say what `state` says; rows that already do are left alone."""
    course = state.course
    writer.execute(
        update(Course)
        .where(Course.id == course_id)
        .values(
            planned_sessions=course.planned_sessions,
            is_last_confirmed=course.is_last_confirmed,
            closed_at=state.closed_at,
        )
        .execution_options(synchronize_session=False)
    )
    _save_sessions(writer, course_id, course.sessions)
    _save_extensions(writer, course_id, state.extensions)
    _save_visits(writer, course_id, state.visits)
    writer.flush()


def _save_sessions(writer: Session, course_id: int, wanted: Sequence[DomainSession]) -> None:
    rows = rows_of(writer, TreatmentSession, [course_id]).get(course_id, [])
    preparation.forget(writer, course_id, _moved(map(to_session, rows), wanted))
    missing = list(wanted)
    changed = []
    for row in rows:
        if to_session(row) in missing:
            missing.remove(to_session(row))
        else:
            changed.append(row)
    for treatment in missing:
        row = next((row for row in changed if row.number == treatment.number), None)
        if row is None:
            row = TreatmentSession(course_id=course_id, number=treatment.number)
            writer.add(row)
        else:
            changed.remove(row)
        row.status = treatment.status.value
        row.starts_at, row.ended_at = treatment.starts_at, treatment.ended_at
    for row in changed:
        writer.delete(row)


def _moved(before: Iterable[DomainSession], after: Iterable[DomainSession]) -> list[int]:
    """The numbers of sessions that do not begin when they did, or are not to take place any more:
    what a client had ticked before them was meant for another day."""
    starts = {one.number: one.starts_at for one in after if one.status.is_live}
    return [
        one.number
        for one in before
        if one.status.is_live and starts.get(one.number) != one.starts_at
    ]


def _save_extensions(writer: Session, course_id: int, wanted: Sequence[ExtensionCard]) -> None:
    rows = {row.activity: row for row in rows_of(writer, Extension, [course_id]).get(course_id, [])}
    for card in wanted:
        row = rows.pop(card.activity, None)
        if row is None:
            row = Extension(course_id=course_id, activity=card.activity)
            writer.add(row)
        row.days, row.reason = card.days, card.reason
    for row in rows.values():
        writer.delete(row)


def _save_visits(writer: Session, course_id: int, wanted: Sequence[VisitCard]) -> None:
    rows = {row.id: row for row in rows_of(writer, Visit, [course_id]).get(course_id, [])}
    for card in wanted:
        row = rows.pop(card.id, None)
        if row is None:
            row = Visit(course_id=course_id)
            writer.add(row)
        row.kind, row.status, row.starts_at = card.kind, card.status, card.starts_at
    for row in rows.values():
        writer.delete(row)
