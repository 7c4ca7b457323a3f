"""Planning the notices of a course, in the transaction of every change of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog
from sqlalchemy.orm import Session

from webapp.domain.course import Course
from webapp.domain.errors import AftercareError
from webapp.domain.notice_proof import Claim, proved, sure_until
from webapp.domain.notices import TO_STAFF, NoticeKind, PlannedNotice
from webapp.domain.noticing import (
    NEWS_SPAN,
    has_just_begun,
    has_just_ended,
    news_of,
    notices_of,
    staff_notices_of,
    stricter_of,
)
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.persistence import courses, new_courses, notices, recipients
from webapp.persistence.course_changes import UNDO_SPAN
from webapp.persistence.courses import StoredCourse
from webapp.persistence.database import writing
from webapp.persistence.notices import PLANNED, TOLD, PlannedFor, StoredNotice
from webapp.protocols.loader import ProtocolFileError, protocol_version
from webapp.services.ports import Collaborators

# The button shows ten seconds; a tap at the last of them still has to travel.
UNDO_GRACE_SPAN = timedelta(seconds=2)
# Nothing that a change causes is told while the change can still be taken back.
SETTLING_SPAN = UNDO_SPAN + UNDO_GRACE_SPAN + timedelta(seconds=1)
COURSE_BEGIN, UNDO = "course-begin", "undo"
Wanted = tuple[PlannedNotice, PlannedFor]
log = structlog.get_logger("notices")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a course is planned again: the kind of change, and the course before it (None where
    there was none, or where nothing changed)."""

    kind: str = ""
    before: Course | None = None


def plan_notices(writer: Session, course_id: int, cause: Cause, now: datetime) -> None:
    """Make the stored notices of a course say what it gives cause for now.

    Planning twice changes nothing. The caller holds the course's row.
    """
    # A course is saved past the session's memory, which would show it as it was.
    writer.flush()
    writer.expire_all()
    stored = courses.load(writer, course_id)
    assert stored is not None
    if cause.kind == COURSE_BEGIN:
        notices.supersede_other_courses(writer, stored.client_id, course_id)
    plan = _plan(stored, stored.state.course, now)
    if plan is None or new_courses.is_followed(writer, stored.client_id, course_id):
        notices.supersede_courses(writer, [course_id])
        return
    before = _plan(stored, cause.before, now) if cause.before else None
    _Planning(writer, stored, plan, _Change(cause.kind, before)).store()


def _plan(stored: StoredCourse, course: Course, now: datetime) -> AftercarePlan | None:
    """The plan; None for a course that cannot be true: of that nothing is announced."""
    try:
        protocol = protocol_version(stored.protocol_id, stored.protocol_version)
        return plan_for(protocol, course, now)
    except (AftercareError, ProtocolFileError):
        log.warning("a course cannot be planned", course=stored.id)
        return None


class _Change(NamedTuple):
    """The kind of a change, and the plan before it."""

    kind: str
    before: AftercarePlan | None


class _Planning:
    """One course on its way into the table of notices."""

    def __init__(
        self, writer: Session, stored: StoredCourse, plan: AftercarePlan, change: _Change
    ) -> None:
        self._writer = writer
        self._stored = stored
        self._plan = plan
        self._change = change
        self._floor = plan.now + SETTLING_SPAN
        self._sure_until = sure_until(plan)
        self._rows = notices.of_course(writer, stored.id)

    def store(self) -> None:
        whom = recipients.of_course(self._writer, self._stored)
        is_closed = self._stored.state.closed_at is not None
        staff = list(staff_notices_of(self._plan, is_closed))
        wanted = dict(self._keyed(whom.client, self._for_client()))
        for account_id in whom.staff:
            wanted |= self._keyed(account_id, staff)
        for key, notice in self._kept(wanted):
            wanted[key] = (notice, self._whose(whom.client))
        self._write(wanted)
        planned = {key: row.id for key, row in self._rows.items() if row.state == PLANNED}
        gone = [id_ for key, id_ in planned.items() if key not in wanted]
        notices.supersede(self._writer, gone)

    def _for_client(self) -> Iterator[PlannedNotice]:
        kind, before = self._change
        has_ended = before is not None and has_just_ended(self._plan, before)
        for notice in notices_of(self._plan):
            # A corrected end is no second beginning: what changed is told as such.
            if has_ended or not self._has_begun(notice):
                yield notice
        if before or kind == COURSE_BEGIN:
            yield from news_of(self._plan, before)
        # What is undone was told to nobody; what begins or goes on just now says everything.
        is_said = has_ended or (before is not None and has_just_begun(self._plan, before))
        if before and not is_said and kind != UNDO:
            stricter = stricter_of(self._plan, before, self._promised())
            yield from [stricter] if stricter else []

    def _has_begun(self, notice: PlannedNotice) -> bool:
        return notice.kind is NoticeKind.BEGINS and any(
            row.kind == notice.kind
            and row.session_number == notice.session_number
            and row.at != notice.at
            and not row.may_be_planned
            for row in self._rows.values()
        )

    def _promised(self) -> Iterator[tuple[str, datetime]]:
        """The ends that a client was told with strictness, as far as they are ahead."""
        for row in self._rows.values():
            if row.kind == NoticeKind.STRICTER and row.state == TOLD:
                for activity, (_, until, _) in row.content["activities"].items():
                    if until and datetime.fromisoformat(until) > self._plan.now:
                        yield activity, datetime.fromisoformat(until)

    def _keyed(
        self, account_id: int, planned: Iterable[PlannedNotice]
    ) -> Iterator[tuple[str, Wanted]]:
        whose = self._whose(account_id)
        for notice in planned:
            yield notices.dedup_key(notice, whose), (notice, whose)

    def _whose(self, account_id: int) -> PlannedFor:
        stored, sure = self._stored, self._sure_until
        return PlannedFor(account_id, stored.id, self._plan.now, stored.version, sure)

    def _kept(self, wanted: Collection[str]) -> list[tuple[str, PlannedNotice]]:
        """What an earlier change or an hour gone by gave cause for, and is true but untold: it
        survives another change, and an outage."""
        kept = []
        for key, row in self._rows.items():
            content = self._still(row) if key not in wanted and self._is_waiting(row) else None
            if content is not None:
                kept.append((key, _as_planned(row, content)))
        return kept

    def _is_waiting(self, row: StoredNotice) -> bool:
        # Those to staff are always wanted while they are true.
        if row.kind in TO_STAFF:
            return False
        if row.state == PLANNED:
            return min(row.at, row.due_at) <= self._plan.now
        # An undo also brings back what the undone change had made untrue.
        is_back = self._change.kind == UNDO and row.kind == NoticeKind.STRICTER
        return is_back and row.may_be_planned and row.expires_at > self._plan.now

    def _still(self, row: StoredNotice) -> Mapping[str, Any] | None:
        claim = Claim(NoticeKind(row.kind), row.at, row.session_number, row.content)
        return proved(claim, self._plan)

    def _write(self, wanted: Mapping[str, Wanted]) -> None:
        new, again = [], []
        for key, (notice, whose) in wanted.items():
            row = self._rows.get(key)
            if row is None:
                new.append((self._settled(notice), whose))
            elif row.may_be_planned:
                planned = self._replanned(row, notice)
                if not notices.is_planned_so(row, planned, whose):
                    again.append((row.id, planned, whose))
        notices.add(self._writer, new)
        notices.plan_again(self._writer, again)

    def _settled(self, notice: PlannedNotice) -> PlannedNotice:
        """Due once its cause cannot be undone; what is no news by now stays in the inbox alone."""
        due_at = max(notice.due_at, self._floor)
        is_old = notice.at < self._plan.now - NEWS_SPAN
        expires_at = min(notice.expires_at, due_at) if is_old else notice.expires_at
        return replace(notice, due_at=due_at, expires_at=expires_at)

    def _replanned(self, row: StoredNotice, notice: PlannedNotice) -> PlannedNotice:
        if row.state != PLANNED:
            return self._settled(notice)
        if notice.kind is NoticeKind.STRICTER:
            notice = replace(notice, content=_merged(self._still(row), notice.content))
        if row.due_at > self._floor:
            return notice
        due_at = row.due_at if row.content == (notice.content or {}) else self._floor
        expires_at = min(row.expires_at, notice.expires_at)
        return replace(notice, due_at=due_at, expires_at=expires_at)


def _as_planned(row: StoredNotice, content: Mapping[str, Any]) -> PlannedNotice:
    kind, number = NoticeKind(row.kind), row.session_number
    return PlannedNotice(kind, row.at, row.due_at, row.expires_at, number, content)


def _merged(said: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> dict[str, Any]:
    """What two changes of one second made stricter."""
    assert now is not None
    return {"activities": {**(said or {"activities": {}})["activities"], **now["activities"]}}


def replan_for_staff(writer: Session, now: datetime) -> None:
    """Who works here has changed: whoever answers for a course now is told what staff owe it."""
    for course_id in notices.courses_with_planned(writer, TO_STAFF):
        if recipients.hold_course(writer, course_id):
            plan_notices(writer, course_id, Cause(), now)


def replay(with_: Collaborators, course_ids: list[int] | None = None) -> int:
    """Plan courses again as they stand, all of them by default; returns how many.

    Changes nothing where everything was planned; mends a table that lost rows.
    """
    now = with_.clock.now()
    wanted = recipients.newest_courses() if course_ids is None else course_ids
    for course_id in wanted:
        with writing() as writer:
            if recipients.hold_course(writer, course_id):
                plan_notices(writer, course_id, Cause(), now)
    return len(wanted)
