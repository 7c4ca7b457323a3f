"""Until when the sessions that took place still restrict, whatever becomes of their course."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from webapp.domain.course_edits import EXTENSION_RANGE
from webapp.domain.edit_rules import restricts_until
from webapp.persistence.courses import StoredCourse, load_where
from webapp.persistence.tables import Course, TreatmentSession
from webapp.protocols.loader import protocol_version

# Longer than any rule together with the largest extension and a clock change.
LONGEST_SPAN = timedelta(days=60 + EXTENSION_RANGE.stop)


class StillHealing(Exception):  # noqa: N818
    """An earlier course, running no longer, still restricts until `until` (UTC)."""

    def __init__(self, course_id: int, until: datetime) -> None:
        super().__init__(f"course {course_id} restricts until {until.isoformat()}")
        self.course_id = course_id
        self.until = until


def refuse_healing(earlier: Iterable[StoredCourse], now: datetime) -> None:
    """Raise StillHealing for the course that restricts longest, if one does at `now`."""
    ends = [(until, stored.id) for stored in earlier if (until := _until(stored)) is not None]
    until, course_id = max(ends, default=(now, 0))
    if until > now:
        raise StillHealing(course_id, until)


def counts_at(reader: Session, location_id: int, now: datetime) -> bool:
    """Whether somebody's aftercare is counted by this location's clocks at `now`."""
    here = Course.location_id == location_id
    if reader.scalar(select(exists().where(here, Course.closed_at.is_(None)))):
        return True
    lately = select(TreatmentSession.course_id).where(
        TreatmentSession.ended_at > now - LONGEST_SPAN
    )
    closed = load_where(reader, here, Course.id.in_(lately))
    return any((until := _until(stored)) is not None and until > now for stored in closed)


def _until(stored: StoredCourse) -> datetime | None:
    protocol = protocol_version(stored.protocol_id, stored.protocol_version)
    return restricts_until(protocol, stored.state.course)
