"""An event in a client's life, such as a holiday, and what the plan means for it.

Nothing here knows when anything lifts. What counts from a single session is found by asking the
same engine for the plan of that session alone, under the rules that count from sessions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from webapp.domain.answers import AnswerAt
from webapp.domain.calendar import span_of_dates
from webapp.domain.course import Course, TreatmentSession
from webapp.domain.plan import AftercarePlan, plan_for, refuse_past
from webapp.domain.protocol import Anchor, Answer, Protocol

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Event:
    """Whole days at the clinic, the first and the last one included."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            raise ValueError("An event does not end before it begins.")


class Stretch(NamedTuple):
    """What is still ahead of an event: `begins` included, `ends` excluded. UTC."""

    begins: datetime
    ends: datetime

    def has(self, at: datetime) -> bool:
        """Whether an instant falls into it."""
        return self.begins <= at < self.ends


class Collision(NamedTuple):
    """A session that is not over yet and takes something away from the event.

    `is_within`: it begins during the event. `held`: what is "no" at some instant of the event
    because of this session, with the end that the session alone gives it, the latest one.
    """

    number: int
    starts_at: datetime
    is_within: bool
    is_unconfirmed: bool
    held: tuple[AnswerAt, ...]


class EventLift(NamedTuple):
    """Answers that become milder during the event, with the new ones by activity.

    `is_sure` as for the plan's lifts; if not, it is so only if everything goes as booked.
    """

    at: datetime
    activities: Mapping[str, Answer]
    is_sure: bool


class EventOutlook(NamedTuple):
    """What the plan says of an event, as things stand. Answers are those at `stretch.begins`.

    `free`: allowed at every instant of it; `careful`: allowed throughout, at times only under a
    condition; `ask`: for the clinic to decide throughout; `waiting`: not allowed at any instant.
    `assumed`: the booked sessions that are taken to happen before its end.
    """

    stretch: Stretch
    free: tuple[AnswerAt, ...]
    careful: tuple[AnswerAt, ...]
    ask: tuple[AnswerAt, ...]
    waiting: tuple[AnswerAt, ...]
    lifts: tuple[EventLift, ...]
    collisions: tuple[Collision, ...]
    assumed: tuple[int, ...]


def event_outlook(plan: AftercarePlan, event: Event) -> EventOutlook:
    """What a client may expect of an event. Raises `NowAfterAtError` if it is over."""
    stretch = stretch_of(plan, event)
    states = [plan.bare_answers_at(at) for at in instants_of(plan, stretch)]
    kinds: dict[tuple[Answer, Answer], list[AnswerAt]] = {}
    for activity, answer in plan.answers_at(stretch.begins).items():
        answers = [state[activity] for state in states]
        kinds.setdefault((min(answers), max(answers)), []).append(answer)

    def those(*found: tuple[Answer, Answer]) -> tuple[AnswerAt, ...]:
        return tuple(answer for kind in found for answer in kinds.get(kind, ()))

    yes, limited, ask, no = Answer
    return EventOutlook(
        stretch,
        free=those((yes, yes)),
        careful=those((yes, limited), (limited, limited)),
        ask=those((ask, ask)),
        waiting=those((no, no)),
        lifts=tuple(_lifts(plan, stretch)),
        collisions=tuple(_collisions(plan, stretch)),
        assumed=plan.assumed_sessions(stretch.ends - _SECOND),
    )


def stretch_of(plan: AftercarePlan, event: Event) -> Stretch:
    """The event from the plan's present on. Raises `NowAfterAtError` if it is over."""
    begins, ends = span_of_dates(event.first_on, event.last_on, plan.course.zone)
    refuse_past(ends - _SECOND, plan.now)
    return Stretch(max(begins, plan.now), ends)


def instants_of(plan: AftercarePlan, stretch: Stretch) -> list[datetime]:
    """The beginning, and every later instant within the stretch with other answers."""
    changes = [change.at for change in plan.changes_after(stretch.begins)]
    return [stretch.begins, *(at for at in changes if at < stretch.ends)]


def held_by(
    plan: AftercarePlan, treatment: TreatmentSession, stretch: Stretch
) -> tuple[AnswerAt, ...]:
    """What is "no" at some instant of the stretch because of this session of the plan's course.

    What counts from its end is named whether or not something else forbids it, too; what it asks
    for as preparation only where it would be allowed without it.
    """
    alone = replace(plan.course, sessions=(treatment,), is_last_confirmed=False)
    after = plan_for(_only(plan.protocol, Anchor.SESSION), alone, plan.now)
    held = {
        activity: answer
        for at in instants_of(after, stretch)
        for activity, answer in after.answers_at(at).items()
        if answer.answer is Answer.NO
    }
    held |= _prepared_for(plan, alone, stretch)
    return tuple(held[activity] for activity in plan.protocol.activities if activity in held)


def _prepared_for(plan: AftercarePlan, alone: Course, stretch: Stretch) -> dict[str, AnswerAt]:
    """What is "no" only because the one session of `alone` is about to begin."""
    before = plan_for(_only(plan.protocol, Anchor.BEFORE_SESSION), alone, plan.now)
    if not any(
        Answer.NO in before.bare_answers_at(at).values() for at in instants_of(before, stretch)
    ):
        return {}
    others = _only(plan.protocol, Anchor.SESSION, Anchor.COURSE, Anchor.ALWAYS)
    rest = plan_for(others, plan.course, plan.now)
    return {
        activity: answer
        for at in sorted({*instants_of(before, stretch), *instants_of(rest, stretch)})
        for activity, answer in before.answers_at(at).items()
        if answer.answer is Answer.NO and rest.bare_answer_at(activity, at) is not Answer.NO
    }


@lru_cache(maxsize=64)
def _only(protocol: Protocol, *anchors: Anchor) -> Protocol:
    """The same protocol with none but the rules of these anchors; made once, and shared."""
    rules = tuple(rule for rule in protocol.rules if rule.timing.anchor in anchors)
    return replace(protocol, rules=rules)


def _lifts(plan: AftercarePlan, stretch: Stretch) -> Iterator[EventLift]:
    sure = {lift.at: lift.activities for lift in plan.lifts_after(stretch.begins)}
    known = plan.bare_answers_at(stretch.begins)
    for at, changed in plan.changes_after(stretch.begins):
        if at >= stretch.ends:
            return
        milder = {name: answer for name, answer in changed.items() if answer < known[name]}
        known |= changed
        firm = sure.get(at, {})
        for is_sure in (True, False):
            alike = {name: answer for name, answer in milder.items() if (name in firm) is is_sure}
            if alike:
                yield EventLift(at, alike, is_sure)


def _collisions(plan: AftercarePlan, stretch: Stretch) -> Iterator[Collision]:
    for treatment in plan.course.live:
        if treatment.is_performed:
            continue
        assert treatment.starts_at is not None
        is_within = stretch.has(treatment.starts_at)
        held = held_by(plan, treatment, stretch)
        if is_within or held:
            is_unconfirmed = treatment.starts_at <= plan.now
            yield Collision(treatment.number, treatment.starts_at, is_within, is_unconfirmed, held)
