"""Counting time on the safe side.

Inside the domain an instant is a whole number of seconds since 1970-01-01T00:00:00Z (`Second`);
at its doors it is an aware `datetime` in UTC. Hours are elapsed time. Days are counted in a time
zone, and where a clock change leaves two readings, the stricter one is taken: the later one when
counting on, the earlier one when counting back. Whatever leaves the years 1 to 9999 raises
`InvalidCourseError`.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, wraps
from typing import ParamSpec, TypeAlias, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from webapp.domain.errors import InvalidCourseError, NaiveDatetimeError, UnknownTimeZoneError

Second: TypeAlias = int

HOUR: Second = 3_600
DAY: Second = 24 * HOUR

# Names some machines list beside the IANA database: they mean a different zone on each of them.
_MACHINE_NAMES = frozenset({"localtime", "posixrules"})

_P = ParamSpec("_P")
_T = TypeVar("_T")


def _on_the_calendar(count: Callable[_P, _T]) -> Callable[_P, _T]:
    """Turn a step off the rim of the calendar, years 1 to 9999, into an `InvalidCourseError`."""

    @wraps(count)
    def checked(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return count(*args, **kwargs)
        except (OverflowError, ValueError) as error:
            raise InvalidCourseError("A date is too far away to count from.") from error

    return checked


def later_by_days(instant: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which `days` days have surely passed since `instant` in `zone`.

    The later of the elapsed time and the same wall-clock time. A wall time that does not exist
    moves forward by the gap; of one that happens twice the later is meant.

    >>> later_by_days(datetime(2026, 3, 27, 14, 30, tzinfo=UTC), 5, ZoneInfo("Europe/Sofia"))
    datetime.datetime(2026, 4, 1, 14, 30, tzinfo=datetime.timezone.utc)
    """
    return instant_of(days_on(second_of(instant), days, zone))


def earlier_by_days(instant: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The instant (UTC) that is surely `days` days before `instant` in `zone`: the mirror image
    of `later_by_days` in everything."""
    return instant_of(days_back(second_of(instant), days, zone))


@_on_the_calendar
def day_number(since: datetime, at: datetime, zone: ZoneInfo) -> int:
    """Calendar days in `zone` from `since` to `at`; the same local date is day 0."""
    return (at.astimezone(zone).date() - since.astimezone(zone).date()).days


@_on_the_calendar
def follow_up_at(last_end: datetime, years: int, zone: ZoneInfo) -> datetime:
    """The same local date and wall-clock time `years` years after `last_end`, as UTC.

    29 February becomes 28 February in a year that has none.
    """
    local = last_end.astimezone(zone)
    is_leap_day = (local.month, local.day) == (2, 29)
    has_leap_day = _is_leap_year(local.year + years)
    day = 28 if is_leap_day and not has_leap_day else local.day
    wall = local.replace(year=local.year + years, day=day)
    return instant_of(max(_readings_of(wall)))


@_on_the_calendar
def span_of_dates(first_on: date, last_on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the midnight that begins `first_on` in `zone` to the one that ends `last_on`, as UTC.

    A skipped midnight is the moment of the change. Of one that comes twice the longer span is
    taken: the first for the beginning, the second for the end.
    """
    begins, _second_time = _readings_of(datetime.combine(first_on, time(), zone))
    ends = _readings_of(datetime.combine(last_on + timedelta(days=1), time(), zone))
    return instant_of(begins), instant_of(max(ends))


@_on_the_calendar
def instant_on(on: date, at: time, zone: ZoneInfo) -> datetime | None:
    """The one instant (UTC) at which the clocks of `zone` show this date and time; None for a
    time that they skip or show twice."""
    first, second = _readings_of(datetime.combine(on, at, zone))
    return instant_of(first) if first == second else None


@_on_the_calendar
def whole_second(instant: datetime) -> datetime:
    """The instant in UTC with fractions of a second cut off.

    Raises `NaiveDatetimeError` without an offset.
    """
    return _with_offset(instant).astimezone(UTC).replace(microsecond=0)


@lru_cache(maxsize=1_024)
def zone_named(name: str) -> ZoneInfo:
    """The time zone of this IANA name; raises `UnknownTimeZoneError` for any other text."""
    if name not in _zone_names():
        raise UnknownTimeZoneError(f"{name[:60]!r} is no time zone of the IANA database.")
    return ZoneInfo(name)


def second_of(instant: datetime) -> Second:
    """The instant as whole seconds since 1970 UTC, fractions cut. Refuses a naive one."""
    if instant.tzinfo is None or instant.microsecond:
        instant = whole_second(instant)
    return int(instant.timestamp())


@lru_cache(maxsize=8_192)
@_on_the_calendar
def instant_of(second: Second) -> datetime:
    """The UTC instant of a number of seconds since 1970."""
    return datetime.fromtimestamp(second, UTC)


@lru_cache(maxsize=8_192)
@_on_the_calendar
def days_on(second: Second, days: int, zone: ZoneInfo) -> Second:
    """`later_by_days` for whole seconds."""
    wall = datetime.fromtimestamp(second, zone) + timedelta(days=days)
    return max(second + days * DAY, *_readings_of(wall))


@lru_cache(maxsize=8_192)
@_on_the_calendar
def days_back(second: Second, days: int, zone: ZoneInfo) -> Second:
    """`earlier_by_days` for whole seconds."""
    wall = datetime.fromtimestamp(second, zone) - timedelta(days=days)
    return min(second - days * DAY, *_readings_of(wall))


@lru_cache(maxsize=8_192)
def iso(instant: datetime) -> str:
    """The instant in UTC for machines, in whole seconds: `2026-03-07T12:30:00Z`.

    Kept, because a course has few instants, and every page and every answer names them again.
    """
    return f"{instant.astimezone(UTC).isoformat()[:19]}Z"


def _with_offset(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise NaiveDatetimeError(f"{instant.isoformat()} has no offset from UTC.")
    return instant


def _readings_of(wall: datetime) -> tuple[Second, Second]:
    """Both instants a local wall time can mean.

    They are the same except on a clock change. In an hour that happens twice they are its two
    occurrences; for a time that is skipped they lie one gap before and one gap after it.
    """
    return int(wall.replace(fold=0).timestamp()), int(wall.replace(fold=1).timestamp())


def _is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones()) - _MACHINE_NAMES
