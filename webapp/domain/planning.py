"""What staff ought to know before they save a new or moved treatment session."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from webapp.domain.answers import AnswerAt
from webapp.domain.calendar import later_by_days
from webapp.domain.course import Course, TreatmentSession
from webapp.domain.plan import WITH_SHAMPOO, AftercarePlan, Wash, plan_for
from webapp.domain.protocol import Protocol

LATE_SHAMPOO_SPAN = timedelta(hours=12)
_MINUTE = timedelta(minutes=1)


class TooEarly(NamedTuple):
    """A warning: the session starts before the protocol's gap has passed."""

    earliest_at: datetime


class NoWash(NamedTuple):
    """A warning: the client may not even wash with water just before the session.

    `shampoo_from` is the first start, to the minute, that would allow shampoo; None if nobody
    can know it yet.
    """

    shampoo_from: datetime | None


class WaterOnly(NamedTuple):
    """Worth telling: the client can wash with water alone before the session."""

    shampoo_from: datetime | None


class ShampooOpensLate(NamedTuple):
    """Worth telling: shampoo is allowed again only at `opens_at`, less than 12 hours before."""

    opens_at: datetime


Concern: TypeAlias = TooEarly | NoWash | WaterOnly | ShampooOpensLate


class MovedLift(NamedTuple):
    """The next milder answer of an activity comes at another time than before.

    None stands for a time that nobody knows. `by` is how much later it comes (negative: earlier),
    None if either time is unknown.
    """

    activity: str
    before_at: datetime | None
    after_at: datetime | None
    by: timedelta | None


def planning_concerns(
    protocol: Protocol, course: Course, number: int, now: datetime
) -> tuple[Concern, ...]:
    """What speaks against the live session `number` of `course`, or is worth telling.

    `course` already holds the session as staff wish to save it. Instants are UTC. Of a session
    that has begun only the gap is judged. Raises what `plan_for` raises, `KeyError` if there is
    no such live session.
    """
    plan = plan_for(protocol, course, now)
    treatment = {live.number: live for live in course.live}[number]
    earlier = tuple(live for live in course.live if live.number < number)
    concerns = _gap_concerns(protocol, course, earlier, treatment)
    assert treatment.starts_at is not None
    if treatment.starts_at <= plan.now:
        return concerns
    return concerns + _wash_concerns(plan, earlier, treatment.starts_at)


def moved_lifts(before: AftercarePlan, after: AftercarePlan, at: datetime) -> tuple[MovedLift, ...]:
    """Which activities get their next milder answer at another time in `after` than in `before`.

    Sure and expected times count alike. In the protocol's order; `at` is not before either `now`.
    """
    answers = before.answers_at(at)
    moves = (_move(answers[name], answer) for name, answer in after.answers_at(at).items())
    return tuple(move for move in moves if move.before_at != move.after_at)


def _gap_concerns(
    protocol: Protocol,
    course: Course,
    earlier: tuple[TreatmentSession, ...],
    treatment: TreatmentSession,
) -> tuple[Concern, ...]:
    if not earlier:
        return ()
    assert earlier[-1].starts_at is not None
    assert treatment.starts_at is not None
    days = protocol.gap_days_before(treatment.number)
    earliest_at = later_by_days(earlier[-1].starts_at, days, course.zone)
    return (TooEarly(earliest_at),) if treatment.starts_at < earliest_at else ()


def _wash_concerns(
    plan: AftercarePlan, earlier: tuple[TreatmentSession, ...], starts_at: datetime
) -> tuple[Concern, ...]:
    opens_at = _shampoo_opens_at(plan, earlier)
    shampoo_from = None if opens_at is None else opens_at.replace(second=0) + _MINUTE
    match plan.wash_before(starts_at):
        case Wash.NONE:
            return (NoWash(shampoo_from),)
        case Wash.WATER:
            return (WaterOnly(shampoo_from),)
    if opens_at is not None and starts_at - opens_at < LATE_SHAMPOO_SPAN:
        return (ShampooOpensLate(opens_at),)
    return ()


def _shampoo_opens_at(
    plan: AftercarePlan, earlier: tuple[TreatmentSession, ...]
) -> datetime | None:
    """When the sessions before allow shampoo again, seen from the beginning of the last of them.

    Known for the past too, so that staff hear of a window that opened an hour ago.
    """
    if not earlier:
        return None
    assert earlier[-1].starts_at is not None
    past = replace(plan.course, sessions=earlier, is_last_confirmed=False)
    begun_at = earlier[-1].starts_at
    return plan_for(plan.protocol, past, min(plan.now, begun_at)).first_yes_at(
        WITH_SHAMPOO, begun_at
    )


def _move(before: AnswerAt, after: AnswerAt) -> MovedLift:
    before_at = before.until or before.estimate
    after_at = after.until or after.estimate
    by = after_at - before_at if before_at and after_at else None
    return MovedLift(after.activity, before_at, after_at, by)
