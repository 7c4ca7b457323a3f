"""Counting time on the safe side, across every kind of clock change."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tests.domain.scenes import DUBAI, SOFIA, local
from webapp.domain.calendar import (
    day_number,
    earlier_by_days,
    follow_up_at,
    instant_on,
    iso,
    later_by_days,
    second_of,
    span_of_dates,
    whole_second,
    zone_named,
)
from webapp.domain.errors import InvalidCourseError, NaiveDatetimeError, UnknownTimeZoneError

LATER = [
    # no clock change
    ("Asia/Dubai", "2026-03-02 16:30", 5, "2026-03-07 12:30"),
    # spring: the elapsed time is later than the wall clock
    ("Europe/Sofia", "2026-03-27 16:30", 5, "2026-04-01 14:30"),
    ("America/New_York", "2026-03-06 16:30", 5, "2026-03-11 21:30"),
    ("America/Santiago", "2026-09-04 16:30", 5, "2026-09-09 20:30"),
    ("Australia/Lord_Howe", "2026-10-01 16:30", 5, "2026-10-06 06:00"),
    ("Africa/Casablanca", "2026-03-20 16:30", 5, "2026-03-25 16:30"),
    # autumn: the wall clock is later than the elapsed time
    ("Europe/Sofia", "2026-10-23 16:30", 5, "2026-10-28 14:30"),
    ("America/New_York", "2026-10-30 16:30", 5, "2026-11-04 21:30"),
    ("America/Santiago", "2026-04-02 16:30", 5, "2026-04-07 20:30"),
    ("Australia/Lord_Howe", "2026-03-30 14:00", 7, "2026-04-06 03:30"),
    ("Africa/Casablanca", "2026-02-13 16:30", 5, "2026-02-18 16:30"),
    # a wall time that does not exist moves forward by the gap
    ("Europe/Sofia", "2026-03-22 03:30", 7, "2026-03-29 01:30"),
    ("Australia/Lord_Howe", "2026-09-27 02:15", 7, "2026-10-03 15:45"),
    ("America/Santiago", "2026-08-30 00:30", 7, "2026-09-06 04:30"),
    # of one that happens twice the later is meant
    ("Europe/Sofia", "2026-10-18 03:30", 7, "2026-10-25 01:30"),
    ("Australia/Lord_Howe", "2026-03-29 01:45", 7, "2026-04-04 15:15"),
    ("America/Santiago", "2026-03-28 23:30", 7, "2026-04-05 03:30"),
    # a whole day that was skipped
    ("Pacific/Apia", "2011-12-29 12:00", 1, "2011-12-30 22:00"),
]

EARLIER = [
    ("Asia/Dubai", "2026-03-02 16:30", 1, "2026-03-01 12:30"),
    ("Europe/Sofia", "2026-03-30 16:30", 1, "2026-03-29 13:30"),
    ("Europe/Sofia", "2026-03-29 16:30", 1, "2026-03-28 13:30"),
    ("Europe/Sofia", "2026-10-25 16:30", 1, "2026-10-24 13:30"),
    # a missing wall time moves back by the gap, a double one means the earlier
    ("Europe/Sofia", "2026-03-30 03:30", 1, "2026-03-29 00:30"),
    ("Europe/Sofia", "2026-10-26 03:30", 1, "2026-10-25 00:30"),
    ("Australia/Lord_Howe", "2026-10-05 02:15", 1, "2026-10-03 15:15"),
    ("Australia/Lord_Howe", "2026-04-06 01:45", 1, "2026-04-04 14:45"),
]


@pytest.mark.parametrize(("zone", "since", "days", "expected"), LATER)
def test_days_on_take_the_later_reading(zone: str, since: str, days: int, expected: str) -> None:
    found = later_by_days(local(since, ZoneInfo(zone)), days, ZoneInfo(zone))
    assert found == local(expected, ZoneInfo("UTC"))
    assert found.tzinfo is UTC


@pytest.mark.parametrize(("zone", "since", "days", "expected"), EARLIER)
def test_days_back_take_the_earlier_reading(
    zone: str, since: str, days: int, expected: str
) -> None:
    found = earlier_by_days(local(since, ZoneInfo(zone)), days, ZoneInfo(zone))
    assert found == local(expected, ZoneInfo("UTC"))
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-02 16:30", 0),
        ("2026-03-02 23:59", 0),
        ("2026-03-03 00:00", 1),
        ("2026-03-09 16:29", 7),
    ],
)
def test_the_day_number_turns_at_local_midnight(at: str, day: int) -> None:
    assert day_number(local("2026-03-02 16:30"), local(at), DUBAI) == day


@pytest.mark.parametrize(
    ("last_end", "years", "expected"),
    [
        ("2026-04-07 14:00", 1, "2027-04-07 14:00"),
        ("2026-04-07 14:00", 3, "2029-04-07 14:00"),
        ("2024-02-29 14:00", 1, "2025-02-28 14:00"),
        ("2024-02-29 14:00", 4, "2028-02-29 14:00"),
        ("2096-02-29 14:00", 4, "2100-02-28 14:00"),
        ("1996-02-29 14:00", 4, "2000-02-29 14:00"),
        ("2024-02-28 14:00", 1, "2025-02-28 14:00"),
        ("2024-03-29 14:00", 1, "2025-03-29 14:00"),
    ],
)
def test_the_follow_up_has_the_same_date_and_time(last_end: str, years: int, expected: str) -> None:
    assert follow_up_at(local(last_end), years, DUBAI) == local(expected)


def test_the_follow_up_keeps_the_wall_clock_on_a_clock_change() -> None:
    after = follow_up_at(local("2025-03-29 03:30", SOFIA), 1, SOFIA)
    assert after == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_fractions_of_a_second_are_cut() -> None:
    late = datetime(2026, 3, 2, 16, 30, 0, 999_999, tzinfo=timezone(timedelta(hours=4)))
    assert whole_second(late) == datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
    assert whole_second(late).tzinfo is UTC


def test_fractions_before_1970_are_cut_too() -> None:
    assert second_of(datetime(1969, 12, 31, 23, 59, 58, 900_000, tzinfo=UTC)) == -2


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(NaiveDatetimeError):
        whole_second(datetime(2026, 3, 2))  # noqa: DTZ001


FIRST_DAY, LAST_DAY = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    "count",
    [
        lambda: later_by_days(LAST_DAY, 1, DUBAI),
        lambda: earlier_by_days(FIRST_DAY, 1, DUBAI),
        lambda: follow_up_at(LAST_DAY, 1, DUBAI),
        lambda: day_number(LAST_DAY, LAST_DAY.replace(hour=23), DUBAI),
        lambda: whole_second(FIRST_DAY.replace(tzinfo=DUBAI)),
    ],
)
def test_counting_off_the_calendar_is_refused(count: Callable[[], object]) -> None:
    with pytest.raises(InvalidCourseError, match="too far away"):
        count()


def test_the_rim_of_the_calendar_can_be_counted_from() -> None:
    assert later_by_days(FIRST_DAY, 1, DUBAI) == datetime(1, 1, 2, tzinfo=UTC)
    assert earlier_by_days(LAST_DAY, 1, DUBAI) == datetime(9999, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    ["", "Mars/Olympus", "asia/dubai", "../etc/passwd", "localtime", "posixrules", "Europe", "\0"],
)
def test_a_text_that_is_no_zone_of_the_database_is_refused(name: str) -> None:
    with pytest.raises(UnknownTimeZoneError):
        zone_named(name)


def test_a_zone_is_found_by_its_name() -> None:
    assert zone_named("Asia/Dubai") == DUBAI


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 3, 7, 12, 30, tzinfo=UTC), "2026-03-07T12:30:00Z"),
        (datetime(2026, 3, 7, 16, 30, 59, 999_999, tzinfo=DUBAI), "2026-03-07T12:30:59Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00Z"),
    ],
)
def test_machines_read_an_instant_in_utc_and_whole_seconds(at: datetime, text: str) -> None:
    assert iso(at) == text


@pytest.mark.parametrize(
    ("zone", "on", "begins", "ends"),
    [
        ("Asia/Dubai", "2026-04-12", "2026-04-11T20:00:00Z", "2026-04-12T20:00:00Z"),
        # 23 and 25 hours.
        ("Europe/Sofia", "2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z"),
        ("Europe/Sofia", "2026-10-25", "2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z"),
        # The midnight that begins 6 September is skipped; that of 7 November comes twice.
        ("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z"),
        ("America/Santiago", "2026-09-05", "2026-09-05T04:00:00Z", "2026-09-06T04:00:00Z"),
        ("America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"),
        ("America/St_Johns", "2010-11-06", "2010-11-06T02:30:00Z", "2010-11-07T03:30:00Z"),
    ],
)
def test_a_span_of_dates_is_never_shorter_than_its_days(
    zone: str, on: str, begins: str, ends: str
) -> None:
    day = date.fromisoformat(on)
    found = span_of_dates(day, day, ZoneInfo(zone))
    assert [iso(instant) for instant in found] == [begins, ends]


def test_a_span_of_dates_holds_its_first_and_its_last_day() -> None:
    begins, ends = span_of_dates(date(2026, 4, 12), date(2026, 4, 20), ZoneInfo("Asia/Dubai"))
    assert ends - begins == timedelta(days=9)


@pytest.mark.parametrize("last_on", [date.max, date(9999, 12, 30)])
def test_a_span_of_dates_at_the_rim_of_the_calendar_is_refused(last_on: date) -> None:
    with pytest.raises(InvalidCourseError):
        span_of_dates(date.min, last_on, ZoneInfo("Asia/Dubai"))


@pytest.mark.parametrize(
    ("on", "at", "expected"),
    [
        ("2026-03-29", "02:59", "2026-03-29T00:59:00Z"),
        ("2026-03-29", "03:00", None),
        ("2026-03-29", "03:59", None),
        ("2026-03-29", "04:00", "2026-03-29T01:00:00Z"),
        ("2026-10-25", "02:59", "2026-10-24T23:59:00Z"),
        ("2026-10-25", "03:00", None),
        ("2026-10-25", "03:59", None),
        ("2026-10-25", "04:00", "2026-10-25T02:00:00Z"),
    ],
)
def test_a_time_that_is_skipped_or_comes_twice_is_no_one_instant(
    on: str, at: str, expected: str | None
) -> None:
    found = instant_on(date.fromisoformat(on), time.fromisoformat(at), ZoneInfo("Europe/Sofia"))
    assert (found and iso(found)) == expected
