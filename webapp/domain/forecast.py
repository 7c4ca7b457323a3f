"""What is known and what is expected of a course's sessions, seen from one instant.

All instants here are whole seconds since 1970 UTC.
"""

from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from webapp.domain.calendar import HOUR, Second, days_on, second_of
from webapp.domain.course import Course, TreatmentSession
from webapp.domain.protocol import Protocol


class ExpectedSession(NamedTuple):
    """A live session with an end: the real one if it is firm, else the expected one.

    `is_unconfirmed`: it ought to have begun, and nobody has said what became of it.
    """

    number: int
    starts: Second
    ends: Second
    is_firm: bool
    is_unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """The live sessions by number, and when the last one of the course is expected to end.

    `last_end` is None while there is no live session.
    """

    now: Second
    zone: ZoneInfo
    sessions: tuple[ExpectedSession, ...]
    last_end: Second | None
    is_last_confirmed: bool

    def session_at(self, at: Second) -> ExpectedSession | None:
        """The latest session that has begun by `at`: the one a client counts from."""
        for treatment in reversed(self.sessions):
            if treatment.starts <= at:
                return treatment
        return None

    def session_after(self, at: Second) -> ExpectedSession | None:
        """The first session that begins after `at`."""
        for treatment in self.sessions:
            if treatment.starts > at:
                return treatment
        return None

    def is_last(self, treatment: ExpectedSession) -> bool:
        """Whether staff have confirmed that this session was the last of the course."""
        return self.is_last_confirmed and treatment is self.sessions[-1]


def forecast_for(protocol: Protocol, course: Course, now: Second) -> Forecast:
    """What the course looks like at `now`. Expects a course that `check_course` accepts."""
    length = protocol.session_length_hours * HOUR
    sessions = tuple(_expected(treatment, now, length) for treatment in course.live)
    last_end = _expected_last_end(protocol, course, sessions, now)
    return Forecast(now, course.zone, sessions, last_end, course.is_last_confirmed)


def _expected(treatment: TreatmentSession, now: Second, length: Second) -> ExpectedSession:
    assert treatment.starts_at is not None
    starts = second_of(treatment.starts_at)
    if treatment.ended_at is not None:
        return ExpectedSession(treatment.number, starts, second_of(treatment.ended_at), True, False)
    return ExpectedSession(treatment.number, starts, starts + length, False, starts <= now)


def _expected_last_end(
    protocol: Protocol, course: Course, sessions: tuple[ExpectedSession, ...], now: Second
) -> Second | None:
    """The end of the last session there is or, if more are planned, of the last one to come.

    Sessions without an appointment follow each other at the protocol's gaps, but not before now.
    """
    if not sessions:
        return None
    last = sessions[-1]
    if last.number >= course.planned_sessions:
        return last.ends
    starts = last.starts
    for number in range(last.number + 1, course.planned_sessions + 1):
        starts = max(now, days_on(starts, protocol.gap_days_before(number), course.zone))
    return starts + protocol.session_length_hours * HOUR
