"""Edits of what the engine does not count: visits, closing a course, and opening it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from webapp.domain.course import Course, SessionStatus
from webapp.domain.edit_rules import EditRefused, Refusal, plausible_instant
from webapp.persistence.courses import CourseState, VisitCard

VISIT_KINDS = ("consultation", "follow-up")
SETTLED = ("held", "cancelled", "missed")
SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class PlanVisit:
    """Book a consultation or follow-up; one that took place may be entered afterwards."""

    kind: ClassVar[str] = "plan-visit"
    visit_kind: str
    starts_at: datetime

    def applied_to(self, state: CourseState, now: datetime) -> CourseState:
        if self.visit_kind not in VISIT_KINDS:
            raise EditRefused(Refusal.UNKNOWN_VISIT)
        starts_at = plausible_instant(self.starts_at, now)
        planned = VisitCard(0, self.visit_kind, SCHEDULED, starts_at)
        return replace(state, visits=(*state.visits, planned))


@dataclass(frozen=True, slots=True)
class MoveVisit:
    """Give a booked visit another start."""

    kind: ClassVar[str] = "move-visit"
    visit_id: int
    starts_at: datetime

    def applied_to(self, state: CourseState, now: datetime) -> CourseState:
        visit = _scheduled_visit(state, self.visit_id)
        moved = replace(visit, starts_at=plausible_instant(self.starts_at, now))
        return _with_visit(state, moved)


@dataclass(frozen=True, slots=True)
class SettleVisit:
    """Say what became of a visit: held, cancelled or missed."""

    kind: ClassVar[str] = "settle-visit"
    visit_id: int
    status: str

    def applied_to(self, state: CourseState, now: datetime) -> CourseState:
        visit = _scheduled_visit(state, self.visit_id)
        if self.status not in SETTLED:
            raise EditRefused(Refusal.UNKNOWN_VISIT)
        if self.status != "cancelled" and visit.starts_at > now:
            raise EditRefused(Refusal.NOT_BEGUN)
        return _with_visit(state, replace(visit, status=self.status))


@dataclass(frozen=True, slots=True)
class CloseCourse:
    """Stop a course for good. What is still booked is cancelled; nothing else is forgotten."""

    kind: ClassVar[str] = "close-course"
    reason: str

    def applied_to(self, state: CourseState, now: datetime) -> CourseState:
        visits = tuple(
            replace(visit, status="cancelled") if visit.status == SCHEDULED else visit
            for visit in state.visits
        )
        return replace(
            state, course=_without_booked(state.course, now), visits=visits, closed_at=now
        )


@dataclass(frozen=True, slots=True)
class ReopenCourse:
    """Go on with a course that was closed by mistake, from the state in which it was closed.

    A booked session whose start has passed meanwhile is unconfirmed then: somebody has to say what
    became of it, and until they do the client's answers stay on the strict side.
    """

    kind: ClassVar[str] = "reopen-course"
    reason: str

    def applied_to(self, state: CourseState, now: datetime) -> CourseState:
        return replace(state, closed_at=None)


FileEdit = PlanVisit | MoveVisit | SettleVisit | CloseCourse | ReopenCourse


def _without_booked(course: Course, now: datetime) -> Course:
    for treatment in course.live:
        is_begun = treatment.starts_at is not None and treatment.starts_at <= now
        # Cancelling it unasked would lift restrictions that may be needed.
        if not treatment.is_performed and is_begun:
            raise EditRefused(Refusal.EARLIER_SESSION_OPEN, treatment.number)
    sessions = tuple(
        replace(treatment, status=SessionStatus.CANCELLED)
        if treatment.status is SessionStatus.SCHEDULED
        else treatment
        for treatment in course.sessions
    )
    return replace(course, sessions=sessions)


def _scheduled_visit(state: CourseState, visit_id: int) -> VisitCard:
    for visit in state.visits:
        if visit.id == visit_id:
            if visit.status != SCHEDULED:
                raise EditRefused(Refusal.VISIT_SETTLED)
            return visit
    raise EditRefused(Refusal.UNKNOWN_VISIT)


def _with_visit(state: CourseState, changed: VisitCard) -> CourseState:
    visits = tuple(changed if visit.id == changed.id else visit for visit in state.visits)
    return replace(state, visits=visits)
