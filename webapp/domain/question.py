"""An aftercare question as plain JSON values, read into a course, strictly.

Faults are looked for in a fixed order, so that the same question always gets the same error:
protocol, time zone, every field, offsets, present and instant.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from webapp.domain.calendar import zone_named
from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.domain.errors import InvalidCourseError, NaiveDatetimeError, UnknownProtocolError
from webapp.domain.plan import refuse_past
from webapp.domain.protocol import Protocol

DEFAULT_PROTOCOL = "smp"
MOST_SESSIONS = 99
MOST_PLANNED = 12
MOST_EXTRA_DAYS = 60

_STATUSES: Mapping[object, SessionStatus] = {status.value: status for status in SessionStatus}

# RFC 3339, save that the offset may be missing: that is a fault of its own.
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(?:\.[0-9]+)?"
    r"([Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What the answers are at `at`, asked at `now`, both UTC in whole seconds."""

    protocol: Protocol
    course: Course
    at: datetime
    now: datetime


def read_question(data: Mapping[str, object], protocols: Mapping[str, Protocol]) -> Question:
    """Read a question; null stands for a key left out, unknown keys are ignored.

    Raises, the first that applies: `UnknownProtocolError`, `UnknownTimeZoneError`,
    `InvalidCourseError`, `NaiveDatetimeError`, `NowAfterAtError`. Whether the sessions make sense
    together is for `check_course` to say.
    """
    protocol = _protocol(data.get("protocol"), protocols)
    zone = _zone(data.get("timezone"))
    at = _instant(data.get("at"), "at")
    now = at if data.get("now") is None else _instant(data["now"], "now")
    extensions = _extensions(data.get("extensions"), protocol)
    course = _course(_mapping(data.get("course"), "course"), protocol, zone, extensions)
    _refuse_naive((at, now, *_instants_of(course)))
    refuse_past(at, now)
    return Question(protocol, course, at, now)


def _protocol(name: object, protocols: Mapping[str, Protocol]) -> Protocol:
    name = DEFAULT_PROTOCOL if name is None else name
    if not isinstance(name, str) or name not in protocols:
        raise UnknownProtocolError("There is no protocol of this name.")
    return protocols[name]


def _zone(name: object) -> ZoneInfo:
    if not isinstance(name, str):
        raise InvalidCourseError("timezone must be the name of a time zone.")
    return zone_named(name)


def _extensions(data: object, protocol: Protocol) -> dict[str, int]:
    extensions = {} if data is None else _mapping(data, "extensions")
    for activity in extensions:
        if activity not in protocol.activities:
            raise InvalidCourseError("extensions names an activity that the protocol has not.")
    return {
        activity: _whole_number(days, "an extension", MOST_EXTRA_DAYS)
        for activity, days in extensions.items()
    }


def _course(
    data: Mapping[str, object], protocol: Protocol, zone: ZoneInfo, extensions: dict[str, int]
) -> Course:
    planned = data.get("planned_sessions")
    if planned is None:
        planned = protocol.minimum_sessions
    return Course(
        zone,
        _sessions(data.get("sessions")),
        _whole_number(planned, "planned_sessions", MOST_PLANNED),
        _flag(data.get("last_session_confirmed"), "last_session_confirmed"),
        extensions,
    )


def _sessions(data: object) -> tuple[TreatmentSession, ...]:
    """The live sessions; of cancelled and missed ones only the status is looked at."""
    if not isinstance(data, list):
        raise InvalidCourseError("sessions must be a list.")
    read = (_session(_mapping(item, "a session")) for item in data)
    return tuple(treatment for treatment in read if treatment is not None)


def _session(data: Mapping[str, object]) -> TreatmentSession | None:
    word = data.get("status")
    status = _STATUSES.get(word) if isinstance(word, str) else None
    if status is None:
        raise InvalidCourseError(f"status must be one of {', '.join(SessionStatus)}.")
    if not status.is_live:
        return None
    ended_at = data.get("ended_at")
    return TreatmentSession(
        _whole_number(data.get("number"), "number", MOST_SESSIONS),
        status,
        _instant(data.get("starts_at"), "starts_at"),
        None if ended_at is None else _instant(ended_at, "ended_at"),
    )


def _mapping(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise InvalidCourseError(f"{name} must be an object.")
    return value


def _whole_number(value: object, name: str, most: int) -> int:
    """A whole number from 1 to `most`; neither true nor 1.0 is one."""
    if type(value) is not int or not 1 <= value <= most:
        raise InvalidCourseError(f"{name} must be a whole number from 1 to {most}.")
    return value


def _flag(value: object, name: str) -> bool:
    if value is not None and not isinstance(value, bool):
        raise InvalidCourseError(f"{name} must be true or false.")
    return value is True


def _instant(value: object, name: str) -> datetime:
    """An instant in UTC, fractions cut; one without an offset comes back naive."""
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise InvalidCourseError(f"{name} must be a date and time such as 2026-03-02T16:30:00Z.")
    date, time, offset = match.groups()
    try:
        instant = datetime.fromisoformat(f"{date}T{time}{(offset or '').upper()}")
        return instant.astimezone(UTC) if offset else instant
    except (OverflowError, ValueError) as error:
        raise InvalidCourseError(f"{name} is no date of the calendar.") from error


def _instants_of(course: Course) -> Iterable[datetime]:
    for treatment in course.sessions:
        for instant in (treatment.starts_at, treatment.ended_at):
            if instant is not None:
                yield instant


def _refuse_naive(instants: Iterable[datetime]) -> None:
    for instant in instants:
        if instant.tzinfo is None:
            raise NaiveDatetimeError("A date and time needs an offset, such as Z or +04:00.")
