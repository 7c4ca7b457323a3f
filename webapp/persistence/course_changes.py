"""The record of a course's changes, each with the state before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.domain.calendar import zone_named
from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.persistence.courses import CourseState, VisitCard
from webapp.persistence.tables import Account, CourseChange, TeachBack

UNDO_SPAN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """One change: who made it, when (UTC), the course's version it made, until when it may be
    undone. `made_by_name` is None for one that nobody signed in for."""

    id: int
    course_id: int
    kind: str
    made_by: int | None
    made_by_name: str | None
    made_at: datetime
    version: int
    undo_until: datetime
    is_undone: bool
    reason: str


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change about to be recorded; `version` is the one it makes."""

    kind: str
    version: int
    made_by: int
    made_at: datetime
    reason: str = ""


def add(writer: Session, course_id: int, change: NewChange, before: CourseState) -> int:
    """Record a change with the state it replaces; returns its id."""
    row = CourseChange(
        course_id=course_id,
        version=change.version,
        kind=change.kind,
        made_by=change.made_by,
        made_at=change.made_at,
        reason=change.reason,
        before=to_snapshot(before),
    )
    writer.add(row)
    writer.flush()
    return row.id


def last_of(reader: Session, course_id: int) -> ChangeCard | None:
    """The latest change of a course, undone or not."""
    found = _cards(reader, CourseChange.course_id == course_id, limit=1)
    return found[0] if found else None


def all_of(reader: Session, course_id: int, limit: int = 100) -> list[ChangeCard]:
    """The latest changes of a course, the newest first."""
    return _cards(reader, CourseChange.course_id == course_id, limit=limit)


def find(reader: Session, change_id: int) -> ChangeCard | None:
    """One change, or None."""
    found = _cards(reader, CourseChange.id == change_id, limit=1)
    return found[0] if found else None


def _cards(reader: Session, condition: Any, limit: int) -> list[ChangeCard]:
    rows = reader.execute(
        select(CourseChange, Account.name)
        .outerjoin(Account, Account.id == CourseChange.made_by)
        .where(condition)
        .order_by(CourseChange.version.desc())
        .limit(limit)
    )
    return [_to_card(row, name) for row, name in rows]


def _to_card(row: CourseChange, made_by_name: str | None) -> ChangeCard:
    return ChangeCard(
        id=row.id,
        course_id=row.course_id,
        kind=row.kind,
        made_by=row.made_by,
        made_by_name=made_by_name,
        made_at=row.made_at,
        version=row.version,
        undo_until=row.made_at + UNDO_SPAN,
        is_undone=row.undone_at is not None,
        reason=row.reason,
    )


def undo(writer: Session, change_id: int, at: datetime) -> CourseState:
    """Mark a change that is known to exist as undone; the state to bring back."""
    before = writer.execute(
        update(CourseChange)
        .where(CourseChange.id == change_id)
        .values(undone_at=at)
        .returning(CourseChange.before)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    return from_snapshot(before)


def before_closing(reader: Session, course_id: int) -> CourseState | None:
    """The state in which a course was closed; None where nobody closed it."""
    closing = (
        select(CourseChange.before)
        .where(
            CourseChange.course_id == course_id,
            CourseChange.kind == "close-course",
            CourseChange.undone_at.is_(None),
        )
        .order_by(CourseChange.version.desc())
    )
    before = reader.scalar(closing.limit(1))
    return None if before is None else from_snapshot(before)


def add_teach_back(
    writer: Session, course_id: int, answer: tuple[int, bool], asked: tuple[int, datetime]
) -> None:
    """Note an answer (session number, whether it was right) and who asked when (UTC)."""
    number, is_right = answer
    asked_by, asked_at = asked
    writer.add(
        TeachBack(
            course_id=course_id,
            session_number=number,
            is_right=is_right,
            asked_by=asked_by,
            asked_at=asked_at,
        )
    )


def to_snapshot(state: CourseState) -> dict[str, Any]:
    """A state as JSON, restorable by `from_snapshot`."""
    course = state.course
    return {
        "zone": course.zone.key,
        "planned_sessions": course.planned_sessions,
        "is_last_confirmed": course.is_last_confirmed,
        "sessions": [
            [s.number, s.status.value, _to_text(s.starts_at), _to_text(s.ended_at)]
            for s in course.sessions
        ],
        "extensions": [[card.activity, card.days, card.reason] for card in state.extensions],
        "visits": [[v.id, v.kind, v.status, _to_text(v.starts_at)] for v in state.visits],
        "closed_at": _to_text(state.closed_at),
    }


def from_snapshot(snapshot: dict[str, Any]) -> CourseState:
    """The state that `to_snapshot` wrote down."""
    course = Course(
        zone=zone_named(snapshot["zone"]),
        sessions=tuple(
            TreatmentSession(number, SessionStatus(status), _instant(begun), _instant(ended))
            for number, status, begun, ended in snapshot["sessions"]
        ),
        planned_sessions=snapshot["planned_sessions"],
        is_last_confirmed=snapshot["is_last_confirmed"],
        extensions={activity: days for activity, days, _ in snapshot["extensions"]},
    )
    visits = tuple(
        VisitCard(id_, kind, status, datetime.fromisoformat(starts_at))
        for id_, kind, status, starts_at in snapshot["visits"]
    )
    reasons = {activity: reason for activity, _, reason in snapshot["extensions"]}
    return CourseState(course, visits, reasons, _instant(snapshot["closed_at"]))


def _to_text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
