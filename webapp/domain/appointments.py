"""One appointment of a course: which it is, what to prepare before it, what it changes.

Instants that come in or go out are aware.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from webapp.domain.answers import AnswerAt
from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.domain.plan import WITH_SHAMPOO, WITH_WATER, AftercarePlan, Wash
from webapp.domain.protocol import Answer

_SECOND = timedelta(seconds=1)
# What has to be allowed for a wash, and how far.
_NEEDED = {Wash.SHAMPOO: (WITH_SHAMPOO, Answer.YES), Wash.WATER: (WITH_WATER, Answer.LIMITED)}


class Step(NamedTuple):
    """One line to prepare. `words` are the protocol's; a line about washing has a `wash` instead.

    The id of that line names the wash: what was ticked for another wash is not ticked for this one.
    """

    id: str
    words: str = ""
    wash: Wash | None = None


def numbered_session(course: Course, number: int) -> TreatmentSession | None:
    """The session of this number: the live one if there is one, else the latest that was to be."""
    found = [one for one in course.sessions if one.number == number and one.starts_at]
    return max(found, key=lambda one: (one.status.is_live, one.starts_at), default=None)


def preparation_before(plan: AftercarePlan, number: int, at: datetime) -> tuple[Step, ...]:
    """What to prepare, as seen at `at`; nothing once the session has begun, or without a booking.

    The protocol's first step is the one about washing: in its place stands the wash that will be
    possible just before this session.
    """
    booked = numbered_session(plan.course, number)
    if booked is None or booked.status is not SessionStatus.SCHEDULED:
        return ()
    assert booked.starts_at is not None
    if booked.starts_at <= at:
        return ()
    wash = plan.wash_before(booked.starts_at)
    rest = enumerate(plan.protocol.preparation_steps[1:], 1)
    return (Step(f"wash-{wash}", wash=wash), *(Step(str(place), words) for place, words in rest))


def waits_to_wash(plan: AftercarePlan, wash: Wash, at: datetime) -> AnswerAt | None:
    """The answer at `at` that still stands against this wash; None where it is allowed already."""
    if wash not in _NEEDED:
        return None
    activity, needed = _NEEDED[wash]
    found = plan.answer_at(activity, at)
    return found if found.answer > needed else None


def starting_again(plan: AftercarePlan, starts_at: datetime) -> tuple[str, ...]:
    """The activities that become less free when a session starts at `starts_at` (after `now`)."""
    before = plan.bare_answers_at(starts_at - _SECOND)
    begun = plan.bare_answers_at(starts_at)
    return tuple(activity for activity in begun if begun[activity] > before[activity])
