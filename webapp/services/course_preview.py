"""What an edit of a course would do, before anybody saves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webapp.domain.course import Course
from webapp.domain.course_edits import (
    CancelSession,
    Edit,
    MissSession,
    MoveSession,
    PlanSession,
    apply_edit,
)
from webapp.domain.edit_rules import EditRefused, Refusal
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.domain.planning import Concern, MovedLift, moved_lifts, planning_concerns
from webapp.services.course_files import CourseFile


@dataclass(frozen=True, slots=True)
class Preview:
    """The course as it would be, what speaks against it, and which lifts come at another time.

    `freed`: activities whose answer becomes milder at once; `eased`: those whose answer becomes
    milder at some later time only, told where a session falls away.
    """

    course: Course
    concerns: tuple[Concern, ...]
    moved: tuple[MovedLift, ...]
    freed: tuple[str, ...] = ()
    eased: tuple[str, ...] = ()


def preview(file: CourseFile, edit: Edit, now: datetime) -> Preview:
    """What `change` would do with this edit at `now`. Raises EditRefused as it would."""
    if file.closed_at is not None:
        raise EditRefused(Refusal.COURSE_CLOSED)
    changed = apply_edit(file.protocol, file.course, edit, now)
    number = _planned_number(edit, file.course, changed)
    concerns = () if number is None else planning_concerns(file.protocol, changed, number, now)
    before, after = (plan_for(file.protocol, course, now) for course in (file.course, changed))
    freed = _milder(before, after, before.now)
    is_removed = isinstance(edit, (CancelSession, MissSession))
    later = before.switches_after(before.now) if is_removed else ()
    eased = dict.fromkeys(name for at in later for name in _milder(before, after, at))
    moved = tuple(move for move in moved_lifts(before, after, now) if move.activity not in freed)
    told = {*freed, *(move.activity for move in moved)}
    return Preview(changed, concerns, moved, freed, tuple(n for n in eased if n not in told))


def _milder(before: AftercarePlan, after: AftercarePlan, at: datetime) -> tuple[str, ...]:
    answers = before.bare_answers_at(at)
    return tuple(n for n, answer in after.bare_answers_at(at).items() if answer < answers[n])


def _planned_number(edit: Edit, before: Course, after: Course) -> int | None:
    """The number of the session whose date the edit sets, if it sets one."""
    match edit:
        case MoveSession(number=number):
            return number
        case PlanSession():
            return next(s.number for s in after.live if s not in before.live)
        case _:
            return None
