"""What staff may do to a course: each edit is a value that makes a new course from an old one.

An edit that would leave a course nobody can believe is refused with a named reason. The result
always passes `check_course` and keeps the limits of the engine (numbers 1-99, 1-12 planned).
Instants are aware; they are stored in UTC, in whole seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

from webapp.domain.course import Course, SessionStatus, TreatmentSession, check_course
from webapp.domain.edit_rules import (
    EditRefused,
    Refusal,
    future_start,
    is_extendable,
    live_session,
    performed_session,
    refuse_healed,
    refuse_open_before,
    scheduled_session,
    session_times,
    with_added,
    with_replaced,
)
from webapp.domain.errors import AftercareError
from webapp.domain.protocol import Protocol as Aftercare

SECOND_LOOK_SPAN = timedelta(hours=12)
PLANNED_RANGE = range(1, 13)
EXTENSION_RANGE = range(1, 61)


class Edit(Protocol):
    """One change of a course. `kind` is its name in the record of changes."""

    kind: ClassVar[str]

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        """The changed course; raises EditRefused."""


def apply_edit(protocol: Aftercare, course: Course, edit: Edit, now: datetime) -> Course:
    """The course after the edit, made at `now`. Raises EditRefused."""
    changed = edit.applied(protocol, course, now)
    try:
        check_course(changed)
    except AftercareError as error:
        raise EditRefused(Refusal.SESSION_ORDER) from error
    return changed


def needs_second_look(edit: Edit, course: Course) -> bool:
    """Whether staff should be asked once more: the session ended over 12 h after its start."""
    if not isinstance(edit, EndSession):
        return False
    begun_at = edit.starts_at or live_session(course, edit.number).starts_at
    assert begun_at is not None
    return edit.ended_at - begun_at > SECOND_LOOK_SPAN


@dataclass(frozen=True, slots=True)
class PlanSession:
    """Book a session. Before the client is healed it withdraws the confirmation of the last."""

    kind: ClassVar[str] = "plan-session"
    starts_at: datetime

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        starts_at = future_start(self.starts_at, now)
        return with_added(course, SessionStatus.SCHEDULED, (starts_at, None), now)


@dataclass(frozen=True, slots=True)
class RecordSession:
    """Enter a session that took place before the client was entered here."""

    kind: ClassVar[str] = "record-session"
    starts_at: datetime
    ended_at: datetime

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        times = session_times(self.starts_at, self.ended_at, now)
        return with_added(course, SessionStatus.PERFORMED, times, now)


@dataclass(frozen=True, slots=True)
class MoveSession:
    """Give a booked session another start."""

    kind: ClassVar[str] = "move-session"
    number: int
    starts_at: datetime

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        booked = scheduled_session(course, self.number)
        return with_replaced(
            course, booked, replace(booked, starts_at=future_start(self.starts_at, now))
        )


@dataclass(frozen=True, slots=True)
class CancelSession:
    """Take a booked session out: it did not, or will not, take place."""

    kind: ClassVar[str] = "cancel-session"
    number: int

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        booked = scheduled_session(course, self.number)
        return with_replaced(course, booked, replace(booked, status=SessionStatus.CANCELLED))


@dataclass(frozen=True, slots=True)
class MissSession:
    """The client did not come."""

    kind: ClassVar[str] = "miss-session"
    number: int

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        booked = scheduled_session(course, self.number)
        assert booked.starts_at is not None
        if booked.starts_at > now:
            raise EditRefused(Refusal.NOT_BEGUN, self.number)
        return with_replaced(course, booked, replace(booked, status=SessionStatus.MISSED))


@dataclass(frozen=True, slots=True)
class EndSession:
    """A session took place and ended. `starts_at` corrects its start, None leaves it."""

    kind: ClassVar[str] = "end-session"
    number: int
    ended_at: datetime
    starts_at: datetime | None = None
    is_last: bool = False

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        booked = scheduled_session(course, self.number)
        refuse_open_before(course, self.number)
        begun_at = self.starts_at or booked.starts_at
        assert begun_at is not None
        starts_at, ended_at = session_times(begun_at, self.ended_at, now)
        ended = TreatmentSession(self.number, SessionStatus.PERFORMED, starts_at, ended_at)
        changed = with_replaced(course, booked, ended)
        return ConfirmLast().applied(protocol, changed, now) if self.is_last else changed


@dataclass(frozen=True, slots=True)
class CorrectSession:
    """Correct the times of a session that took place."""

    kind: ClassVar[str] = "correct-session"
    number: int
    starts_at: datetime
    ended_at: datetime

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        wrong = performed_session(course, self.number)
        starts_at, ended_at = session_times(self.starts_at, self.ended_at, now)
        right = TreatmentSession(self.number, SessionStatus.PERFORMED, starts_at, ended_at)
        return with_replaced(course, wrong, right)


@dataclass(frozen=True, slots=True)
class ReopenSession:
    """A session was marked as ended by mistake: it is booked again, and unconfirmed."""

    kind: ClassVar[str] = "reopen-session"
    number: int

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        refuse_healed(course, now)
        wrong = performed_session(course, self.number)
        booked = replace(wrong, status=SessionStatus.SCHEDULED, ended_at=None)
        return with_replaced(replace(course, is_last_confirmed=False), wrong, booked)


@dataclass(frozen=True, slots=True)
class ConfirmLast:
    """The latest performed session was the last one of the course."""

    kind: ClassVar[str] = "confirm-last"

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        if not any(treatment.is_performed for treatment in course.live):
            raise EditRefused(Refusal.NOTHING_PERFORMED)
        if not course.live[-1].is_performed:
            raise EditRefused(Refusal.LATER_SESSION_BOOKED, course.live[-1].number)
        return replace(course, is_last_confirmed=True)


@dataclass(frozen=True, slots=True)
class WithdrawLast:
    """The confirmation of the last session was a mistake."""

    kind: ClassVar[str] = "withdraw-last"

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        if not course.is_last_confirmed:
            raise EditRefused(Refusal.NOT_CONFIRMED)
        refuse_healed(course, now)
        return replace(course, is_last_confirmed=False)


@dataclass(frozen=True, slots=True)
class SetPlannedSessions:
    """How many sessions the course is meant to have."""

    kind: ClassVar[str] = "set-planned-sessions"
    count: int

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        if self.count not in PLANNED_RANGE:
            raise EditRefused(Refusal.PLANNED_RANGE)
        return replace(course, planned_sessions=self.count)


@dataclass(frozen=True, slots=True)
class Extend:
    """This client waits `days` longer with an activity; `reason` is kept with it."""

    kind: ClassVar[str] = "extend"
    activity: str
    days: int
    reason: str = ""

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        if self.activity not in protocol.activities:
            raise EditRefused(Refusal.UNKNOWN_ACTIVITY)
        if not is_extendable(protocol, self.activity):
            raise EditRefused(Refusal.NOTHING_TO_EXTEND)
        if self.days not in EXTENSION_RANGE:
            raise EditRefused(Refusal.EXTENSION_RANGE)
        return replace(course, extensions={**course.extensions, self.activity: self.days})


@dataclass(frozen=True, slots=True)
class RemoveExtension:
    """This client waits no longer than others: a correction, with its `reason`."""

    kind: ClassVar[str] = "remove-extension"
    activity: str
    reason: str = ""

    def applied(self, protocol: Aftercare, course: Course, now: datetime) -> Course:
        if self.activity not in course.extensions:
            raise EditRefused(Refusal.NO_EXTENSION)
        kept = {name: days for name, days in course.extensions.items() if name != self.activity}
        return replace(course, extensions=kept)
