"""The first dates for the sessions to come that keep an event free.

A date fits if `planning_concerns` has nothing at all to say of it, and if nothing that counts
from the session is "no" at any instant of the event. Proposals change no course and loosen no
answer: they are looked for with hypothetical courses, which the one engine judges.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from webapp.domain.answers import AnswerAt
from webapp.domain.calendar import instant_on
from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.domain.events import Event, Stretch, held_by, instants_of, stretch_of
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.domain.planning import (
    LATE_SHAMPOO_SPAN,
    Concern,
    ShampooOpensLate,
    TooEarly,
    planning_concerns,
)
from webapp.domain.protocol import Answer
from webapp.domain.timeline import Open

MOST_DATES = 3
SEARCHED_DAYS = 400
TEN = time(10)
_QUARTER = 15
_QUARTERS = 24 * 4
_LATEST = time(23, 45)
_DAY = timedelta(days=1)


class WhyNone(StrEnum):
    """Why there is no date: nobody can know when the client may wash, or none came soon enough."""

    WASH_UNKNOWN = "wash-unknown"
    TOO_FAR = "too-far"


class PossibleDate(NamedTuple):
    """A start (UTC) that fits, and what is "no" during the event all the same if it is taken:
    what waits for the end of the course, and what still counts from the sessions before."""

    starts_at: datetime
    still_waiting: tuple[AnswerAt, ...]


class Proposal(NamedTuple):
    """The first dates for one session, the soonest first. It counts on the proposals before it:
    on the first date of each.

    `booked_at` is the start it has now, if it is booked and has to move. `why_none` is there if
    `dates` is empty.
    """

    number: int
    booked_at: datetime | None
    dates: tuple[PossibleDate, ...]
    why_none: WhyNone | None


class Wishes(NamedTuple):
    """Where to look for dates: at a time of day, None for that of the session before; and on
    certain days of the week, 0 for Monday."""

    at: time | None = None
    weekdays: frozenset[int] = frozenset(range(7))


ANY = Wishes()
# The dates found, and why there are none.
_Found: TypeAlias = tuple[tuple[PossibleDate, ...], WhyNone | None]


@dataclass(frozen=True, slots=True)
class _Search:
    """What does not change while dates are looked for."""

    plan: AftercarePlan
    stretch: Stretch
    wishes: Wishes

    def plan_of(self, course: Course) -> AftercarePlan:
        return plan_for(self.plan.protocol, course, self.plan.now)

    def concerns(self, course: Course, number: int) -> tuple[Concern, ...]:
        return planning_concerns(self.plan.protocol, course, number, self.plan.now)


def proposals_around(
    plan: AftercarePlan, event: Event, wishes: Wishes = ANY
) -> tuple[Proposal, ...]:
    """Dates for every session to come that has none yet, and for those booked that have to move.

    The session after the last booked one is always among them, also where no more are planned.
    None once staff have confirmed the last session. Where no time of day is wished for and there
    is no session before, it is ten o'clock. Raises `NowAfterAtError` if the event is over.
    """
    search = _Search(plan, stretch_of(plan, event), wishes)
    if plan.course.is_last_confirmed:
        return ()
    begun = tuple(s for s in plan.course.live if s.is_performed or not _is_ahead(s, plan.now))
    settled = replace(plan.course, sessions=begun)
    found: list[Proposal] = []
    for number, booked in _to_come(plan.course, begun):
        if booked and _may_stay(search, settled, booked, has_moved=bool(found)):
            settled = _with(settled, booked)
            continue
        dates, why_none = _first_dates(search, settled, number)
        found.append(Proposal(number, booked.starts_at if booked else None, dates, why_none))
        if not dates:
            break
        settled = _with(settled, _scheduled(number, dates[0].starts_at))
    return tuple(found)


def _to_come(
    course: Course, begun: tuple[TreatmentSession, ...]
) -> Iterator[tuple[int, TreatmentSession | None]]:
    """The numbers of the sessions that have not begun, with those that are booked."""
    for treatment in course.live[len(begun) :]:
        yield treatment.number, treatment
    following = max((treatment.number for treatment in course.live), default=0) + 1
    for number in range(following, max(course.planned_sessions, following) + 1):
        yield number, None


def _may_stay(search: _Search, settled: Course, booked: TreatmentSession, has_moved: bool) -> bool:
    """Whether a booked session keeps the event free and, if one before it moves, still fits."""
    starts_at = booked.starts_at
    assert starts_at is not None
    if has_moved and starts_at <= _latest_start(settled, starts_at):
        return False
    course = _with(settled, booked)
    if search.stretch.has(starts_at) or held_by(search.plan_of(course), booked, search.stretch):
        return False
    return not (has_moved and search.concerns(course, booked.number))


def _first_dates(search: _Search, settled: Course, number: int) -> _Found:
    """The first dates for the session after those of `settled`, or why there are none."""
    zone, now = settled.zone, search.plan.now
    at = search.wishes.at or _usual_time(settled)
    on = max(now, _latest_start(settled, now)).astimezone(zone).date() + _DAY
    last_on = now.astimezone(zone).date() + SEARCHED_DAYS * _DAY
    dates: list[PossibleDate] = []
    while on <= last_on and len(dates) < MOST_DATES:
        is_open = on.weekday() in search.wishes.weekdays
        starts_at = instant_on(on, at, zone) if is_open else None
        on += _DAY
        if starts_at is None or search.stretch.has(starts_at):
            continue
        treatment = _scheduled(number, starts_at)
        course = _with(settled, treatment)
        concerns = search.concerns(course, number)
        fits_from = [_fits_from(concern) for concern in concerns]
        if None in fits_from:
            return (), WhyNone.WASH_UNKNOWN
        # No day before the one that the concern names can do.
        on = max([on, *(first.astimezone(zone).date() for first in fits_from if first)])
        if not concerns:
            dates += _keeping_free(search, course, treatment)
    return tuple(dates), None if dates else WhyNone.TOO_FAR


def _keeping_free(
    search: _Search, course: Course, treatment: TreatmentSession
) -> Iterator[PossibleDate]:
    """The date of this session of `course`, if nothing that counts from it falls into the event."""
    plan = search.plan_of(course)
    if held_by(plan, treatment, search.stretch):
        return
    waiting: dict[str, AnswerAt] = {}
    for at in instants_of(plan, search.stretch):
        found = plan.answers_at(at).values()
        waiting |= {answer.activity: answer for answer in found if answer.answer is Answer.NO}
    lasting = (answer for answer in waiting.values() if answer.open is not Open.PERMANENT)
    assert treatment.starts_at is not None
    yield PossibleDate(treatment.starts_at, tuple(lasting))


def _fits_from(concern: Concern) -> datetime | None:
    """The first start (UTC) of which this is no longer said; None if nobody can know it."""
    if isinstance(concern, TooEarly):
        return concern.earliest_at
    if isinstance(concern, ShampooOpensLate):
        return concern.opens_at + LATE_SHAMPOO_SPAN
    return concern.shampoo_from


def _usual_time(settled: Course) -> time:
    """The local time of day at which the last session began, at the next full quarter of an
    hour; ten o'clock where there is none."""
    if not settled.live:
        return TEN
    begun_at = settled.live[-1].starts_at
    assert begun_at is not None
    local = begun_at.astimezone(settled.zone)
    quarters = -(-(local.hour * 60 + local.minute) // _QUARTER)
    return _LATEST if quarters >= _QUARTERS else time(quarters // 4, quarters % 4 * _QUARTER)


def _is_ahead(treatment: TreatmentSession, now: datetime) -> bool:
    assert treatment.starts_at is not None
    return treatment.starts_at > now


def _latest_start(course: Course, default: datetime) -> datetime:
    return max((s.starts_at for s in course.live if s.starts_at), default=default)


def _scheduled(number: int, starts_at: datetime) -> TreatmentSession:
    return TreatmentSession(number, SessionStatus.SCHEDULED, starts_at)


def _with(course: Course, treatment: TreatmentSession) -> Course:
    return replace(course, sessions=(*course.sessions, treatment))
