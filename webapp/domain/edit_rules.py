"""What an edit of a course may not do, and the steps that edits share.

Instants are aware; what comes out of here is UTC in whole seconds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from webapp.domain.calendar import DAY, later_by_days, whole_second
from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.domain.phases import HEALING_DAYS
from webapp.domain.protocol import Anchor, Protocol

LONGEST_SESSION_SPAN = timedelta(hours=24)
# Somebody who walks in is entered when the work has already begun.
WALK_IN_SPAN = timedelta(hours=24)
FURTHEST_SPAN = timedelta(days=3 * 366)
HIGHEST_NUMBER = 99


class Refusal(StrEnum):
    """Why an edit is refused. `EditRefused.number` names the session in the way, if one is."""

    UNKNOWN_SESSION = "unknown-session"
    NOT_SCHEDULED = "not-scheduled"
    NOT_PERFORMED = "not-performed"
    NOT_BEGUN = "not-begun"
    NO_TIME_ZONE = "no-time-zone"
    START_ABSURD = "start-absurd"
    START_IN_PAST = "start-in-past"
    END_IN_FUTURE = "end-in-future"
    END_BEFORE_START = "end-before-start"
    END_TOO_LATE = "end-too-late"
    EARLIER_SESSION_OPEN = "earlier-session-open"
    LATER_SESSION_BOOKED = "later-session-booked"
    SESSION_ORDER = "session-order"
    TOO_MANY_SESSIONS = "too-many-sessions"
    NOTHING_PERFORMED = "nothing-performed"
    NOT_CONFIRMED = "not-confirmed"
    COURSE_HEALED = "course-healed"
    COURSE_CLOSED = "course-closed"
    COURSE_FOLLOWED = "course-followed"
    PLANNED_RANGE = "planned-range"
    UNKNOWN_ACTIVITY = "unknown-activity"
    NOTHING_TO_EXTEND = "nothing-to-extend"
    EXTENSION_RANGE = "extension-range"
    NO_EXTENSION = "no-extension"
    REASON_MISSING = "reason-missing"
    REASON_TOO_LONG = "reason-too-long"
    UNKNOWN_VISIT = "unknown-visit"
    VISIT_SETTLED = "visit-settled"


class EditRefused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """The edit cannot be made. `code` says why, `number` which session stands in the way."""

    def __init__(self, code: Refusal, number: int | None = None) -> None:
        super().__init__(code if number is None else f"{code} (session {number})")
        self.code = code
        self.number = number


def with_added(
    course: Course,
    status: SessionStatus,
    times: tuple[datetime, datetime | None],
    now: datetime,
) -> Course:
    refuse_healed(course, now)
    added = TreatmentSession(_free_number(course, times[0]), status, *times)
    changed = replace(course, sessions=(*course.sessions, added), is_last_confirmed=False)
    _refuse_disorder(changed, added)
    return changed


def _free_number(course: Course, starts_at: datetime) -> int:
    """The number a new session takes among the live ones, by its start."""
    before = [s.number for s in course.live if s.starts_at and s.starts_at < starts_at]
    number = max(before, default=0) + 1
    if number > HIGHEST_NUMBER:
        raise EditRefused(Refusal.TOO_MANY_SESSIONS)
    if any(treatment.number == number for treatment in course.live):
        raise EditRefused(Refusal.SESSION_ORDER, number)
    return number


def with_replaced(course: Course, old: TreatmentSession, new: TreatmentSession) -> Course:
    sessions = tuple(new if treatment is old else treatment for treatment in course.sessions)
    changed = replace(course, sessions=sessions)
    if new.status.is_live:
        _refuse_disorder(changed, new)
    return changed


def _refuse_disorder(course: Course, changed: TreatmentSession) -> None:
    """Name the neighbour with which the changed session contradicts itself."""
    for previous, following in pairwise(course.live):
        if changed not in (previous, following):
            continue
        neighbour = previous if changed is following else following
        assert previous.starts_at is not None
        assert following.starts_at is not None
        overlaps = previous.ended_at is not None and following.starts_at < previous.ended_at
        leaps = following.is_performed and not previous.is_performed
        if overlaps or leaps or following.starts_at <= previous.starts_at:
            raise EditRefused(Refusal.SESSION_ORDER, neighbour.number)


def refuse_open_before(course: Course, number: int) -> None:
    for treatment in course.live:
        if treatment.number < number and not treatment.is_performed:
            raise EditRefused(Refusal.EARLIER_SESSION_OPEN, treatment.number)


def refuse_healed(course: Course, now: datetime) -> None:
    healed = healed_at(course)
    if healed is not None and healed <= now:
        raise EditRefused(Refusal.COURSE_HEALED)


def scheduled_session(course: Course, number: int) -> TreatmentSession:
    found = live_session(course, number)
    if found.is_performed:
        raise EditRefused(Refusal.NOT_SCHEDULED, number)
    return found


def performed_session(course: Course, number: int) -> TreatmentSession:
    found = live_session(course, number)
    if not found.is_performed:
        raise EditRefused(Refusal.NOT_PERFORMED, number)
    return found


def live_session(course: Course, number: int) -> TreatmentSession:
    for treatment in course.live:
        if treatment.number == number:
            return treatment
    raise EditRefused(Refusal.UNKNOWN_SESSION, number)


def future_start(starts_at: datetime, now: datetime) -> datetime:
    plausible = plausible_instant(starts_at, now)
    if plausible < now - WALK_IN_SPAN:
        raise EditRefused(Refusal.START_IN_PAST)
    return plausible


def session_times(
    starts_at: datetime, ended_at: datetime, now: datetime
) -> tuple[datetime, datetime]:
    begun, ended = plausible_instant(starts_at, now), plausible_instant(ended_at, now)
    if ended > now:
        raise EditRefused(Refusal.END_IN_FUTURE)
    if ended <= begun:
        raise EditRefused(Refusal.END_BEFORE_START)
    if ended - begun > LONGEST_SESSION_SPAN:
        raise EditRefused(Refusal.END_TOO_LATE)
    return begun, ended


def plausible_instant(instant: datetime, now: datetime) -> datetime:
    """The instant in UTC and whole seconds; refused without an offset or years away from now."""
    if instant.utcoffset() is None:
        raise EditRefused(Refusal.NO_TIME_ZONE)
    if abs(instant - now) > FURTHEST_SPAN:
        raise EditRefused(Refusal.START_ABSURD)
    return whole_second(instant)


def is_extendable(protocol: Protocol, activity: str) -> bool:
    return any(
        activity in rule.activities and rule.timing.anchor in (Anchor.SESSION, Anchor.COURSE)
        for rule in protocol.rules
    )


def healed_at(course: Course) -> datetime | None:
    """When the skin has healed (UTC), known only once the last session is confirmed."""
    if not course.is_last_confirmed:
        return None
    ended_at = course.live[-1].ended_at
    assert ended_at is not None
    return later_by_days(ended_at, HEALING_DAYS, course.zone)


def restricts_until(protocol: Protocol, course: Course) -> datetime | None:
    """When (UTC) the last rule lifts if no further session takes place, whether or not staff have
    confirmed the last one; None if none took place. Never earlier than the skin has healed."""
    ends = [treatment.ended_at for treatment in course.live if treatment.ended_at is not None]
    if not ends:
        return None
    spans = (r.timing.until for r in protocol.rules if r.timing.until is not None)
    # A begun day counts whole: later is safe.
    longest = max((-(-span.seconds // DAY) for span in spans), default=0)
    extra = max(course.extensions.values(), default=0)
    return later_by_days(max(ends), max(HEALING_DAYS, longest) + extra, course.zone)
