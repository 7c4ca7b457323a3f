"""The aftercare plan: a protocol applied to a course, seen from one present.

The page, the countdown, the calendar, the offline copy and the notices all read this one plan.
Instants that come in or go out are aware; those that go out are UTC, in whole seconds.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from webapp.domain.answers import ActivityAnswers, AnswerAt
from webapp.domain.calendar import Second, follow_up_at, instant_of, second_of, whole_second
from webapp.domain.course import Course, check_course
from webapp.domain.errors import NowAfterAtError
from webapp.domain.forecast import forecast_for
from webapp.domain.phases import (
    PhaseAt,
    healed_second,
    next_phase_change,
    phase_at,
    phase_changes,
)
from webapp.domain.protocol import Answer, Protocol
from webapp.domain.reasons import Reason
from webapp.domain.restrictions import extensions_for
from webapp.domain.timeline import Ahead
from webapp.domain.windows import NEVER

WITH_SHAMPOO = "wash-shampoo"
WITH_WATER = "wash-water"


class Wash(StrEnum):
    """How a client may wash just before a session."""

    SHAMPOO = "shampoo"
    WATER = "water"
    NONE = "none"


class Lift(NamedTuple):
    """An instant at which answers surely become milder, with the new answers by activity."""

    at: datetime
    activities: dict[str, Answer]


class NextSession(NamedTuple):
    """The next appointment, and how the client may wash just before it."""

    number: int
    starts_at: datetime
    wash: Wash


class Healed(NamedTuple):
    """When the course ends: `at` once the last session is confirmed, else `estimate` or nothing."""

    is_confirmed: bool
    at: datetime | None
    estimate: datetime | None


def plan_for(protocol: Protocol, course: Course, now: datetime) -> "AftercarePlan":
    """Apply a protocol to a course as it stands at `now`.

    Raises `SessionOrderError` or `LastSessionNotPerformedError` for a course that cannot be true,
    `NaiveDatetimeError` for an instant without an offset.
    """
    check_course(course)
    return AftercarePlan(protocol, course, now)


def refuse_past(at: datetime, now: datetime) -> None:
    """Raise `NowAfterAtError` if `at` lies before `now`."""
    if at < now:
        raise NowAfterAtError("The question is about a time before the present one.")


class AftercarePlan:
    """All answers from `now` on. The same protocol, course and `now` always give the same plan.

    Every question about an instant `at` before `now` raises `NowAfterAtError`.
    """

    def __init__(self, protocol: Protocol, course: Course, now: datetime) -> None:
        self.protocol = protocol
        self.course = course
        self.now = whole_second(now)
        self._forecast = forecast_for(protocol, course, second_of(now))
        extensions = extensions_for(protocol, course.extensions)
        self._answers = ActivityAnswers(protocol, extensions, self._forecast)

    def answer_at(self, activity: str, at: datetime) -> AnswerAt:
        """The answer for one activity id. One that the protocol does not know is always ASK."""
        return self._answers.answer_at(activity, self._second(at))

    def reasons_at(self, activity: str, at: datetime) -> tuple[Reason, ...]:
        """The rules that give `answer_at`, the one that lasts longest first; none for a resting
        answer."""
        return self._answers.reasons_at(activity, self._second(at))

    def answers_at(self, at: datetime) -> dict[str, AnswerAt]:
        """The answer for every activity of the protocol, in its order."""
        shared = {
            activity: answer
            for answer, activities in self.shared_answers_at(at)
            for activity in activities
        }
        return {
            activity: AnswerAt(activity, *shared[activity][1:])
            for activity in self.protocol.activities
        }

    def shared_answers_at(self, at: datetime) -> Iterator[tuple[AnswerAt, tuple[str, ...]]]:
        """`answers_at` for those in a hurry: every answer once, with the activities that share it.

        The answer names the first of them. The order is that of their first activities.
        """
        return self._answers.shared_answers_at(self._second(at))

    def outlooks_at(self, at: datetime) -> list[tuple[Ahead, tuple[str, ...]]]:
        """The answers and their ends, without the reasons, with the activities that share each."""
        return self._answers.outlooks_at(self._second(at))

    def next_switch_after(self, at: datetime) -> datetime | None:
        """The first of `switches_after`, found without the others."""
        second = self._second(at)
        edges = (
            self._answers.next_edge(second),
            next_phase_change(self._forecast, second),
            healed_second(self._forecast),
        )
        found = min([edge for edge in edges if edge and edge > second])
        return None if found == NEVER else instant_of(found)

    def lifts_after(self, at: datetime) -> tuple[Lift, ...]:
        """Every later instant at which some answer surely becomes milder, in order of time."""
        found = self._answers.lifts_after(self._second(at))
        return tuple(Lift(instant_of(lifts), answers) for lifts, answers in found.items())

    def bare_answer_at(self, activity: str, at: datetime) -> Answer:
        """The answer for one activity id alone; ASK for one that the protocol does not know."""
        return self._answers.bare_answer_at(activity, self._second(at))

    def bare_answers_at(self, at: datetime) -> dict[str, Answer]:
        """The answers of all activities alone, in the protocol's order."""
        return self._answers.bare_answers_at(self._second(at))

    def changes_after(self, at: datetime) -> tuple[Lift, ...]:
        """Every later instant at which some answer changes as things stand, sure or not."""
        found = self._answers.changes_after(self._second(at))
        return tuple(Lift(instant_of(instant), answers) for instant, answers in found.items())

    def phase_at(self, at: datetime) -> PhaseAt:
        """The phase the course is in."""
        return phase_at(self._forecast, self._second(at))

    def switches_after(self, at: datetime) -> tuple[datetime, ...]:
        """Every later instant at which an answer, its reasons or the phase can change, in order.

        Between two of them nothing on a page changes but the day number.
        """
        second = self._second(at)
        edges = self._answers.edges() | phase_changes(self._forecast)
        healed = healed_second(self._forecast)
        if healed is not None:
            edges.add(healed)
        return tuple(instant_of(edge) for edge in sorted(edges) if edge > second)

    def next_session_at(self, at: datetime) -> NextSession | None:
        """The first scheduled session after `at`, and how the client may wash before it."""
        second = self._second(at)
        for treatment in self._forecast.sessions:
            if treatment.starts > second and not treatment.is_firm:
                starts_at = instant_of(treatment.starts)
                return NextSession(treatment.number, starts_at, self.wash_before(starts_at))
        return None

    def wash_before(self, starts_at: datetime) -> Wash:
        """How the client may wash just before (one second before) `starts_at`."""
        second = self._second(starts_at) - 1
        if self._answers.bare_answer_at(WITH_SHAMPOO, second) is Answer.YES:
            return Wash.SHAMPOO
        water = self._answers.bare_answer_at(WITH_WATER, second)
        return Wash.WATER if water <= Answer.LIMITED else Wash.NONE

    def first_yes_at(self, activity: str, at: datetime) -> datetime | None:
        """The first instant from `at` on at which an activity is allowed, as things stand.

        None if nobody can know it, or if the protocol does not know the activity.
        """
        second = self._second(at)
        timeline = self._answers.timeline_of(activity)
        first = None if timeline is None else timeline.first_milder(Answer.LIMITED, second)
        return None if first is None else instant_of(first)

    def healed_at(self, at: datetime) -> Healed:
        """When the course ends. An estimate is dropped once it is no longer ahead of `at`."""
        second = self._second(at)
        healed = healed_second(self._forecast)
        if self.course.is_last_confirmed:
            assert healed is not None
            return Healed(True, instant_of(healed), None)
        is_ahead = healed is not None and healed > second
        return Healed(False, None, instant_of(healed) if healed and is_ahead else None)

    def assumed_sessions(self, at: datetime) -> tuple[int, ...]:
        """The numbers of the sessions between `now` and `at` that are taken to happen as booked."""
        second = self._second(at)
        return tuple(
            treatment.number
            for treatment in self._forecast.sessions
            if not treatment.is_firm and self._forecast.now < treatment.starts <= second
        )

    @property
    def unconfirmed_session(self) -> int | None:
        """The latest session that ought to have begun and that staff have not settled."""
        numbers = [t.number for t in self._forecast.sessions if t.is_unconfirmed]
        return numbers[-1] if numbers else None

    def follow_ups(self, years: int = 3) -> tuple[datetime, ...]:
        """The yearly follow-ups after a confirmed last session; none before it is confirmed."""
        if not self.course.is_last_confirmed:
            return ()
        last_end = instant_of(self._forecast.sessions[-1].ends)
        return tuple(follow_up_at(last_end, year, self.course.zone) for year in range(1, years + 1))

    def _second(self, at: datetime) -> Second:
        if at is self.now:
            return self._forecast.now
        second = second_of(at)
        if second < self._forecast.now:
            refuse_past(at, self.now)
        return second
