"""Quiet hours: half-open, across midnight, on the phone's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from webapp.domain.quiet import QuietHours

DUBAI, SOFIA = ZoneInfo("Asia/Dubai"), ZoneInfo("Europe/Sofia")


def dubai(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, second, tzinfo=DUBAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "ends_at"),
    [
        (dubai(2, 20, 59, 59), None),
        (dubai(2, 21), dubai(3, 8)),
        (dubai(2, 23, 59), dubai(3, 8)),
        (dubai(3, 0), dubai(3, 8)),
        (dubai(3, 7, 59, 59), dubai(3, 8)),
        (dubai(3, 8), None),
        (dubai(3, 12), None),
    ],
)
def test_the_night_is_quiet_from_nine_until_eight(now: datetime, ends_at: datetime | None) -> None:
    assert QuietHours().end_after(now, DUBAI) == ends_at


@pytest.mark.parametrize(
    ("now", "ends_at"),
    [
        (dubai(2, 12, 59, 59), None),
        (dubai(2, 13), dubai(2, 15)),
        (dubai(2, 14, 59, 59), dubai(2, 15)),
        (dubai(2, 15), None),
    ],
)
def test_quiet_hours_may_lie_within_a_day(now: datetime, ends_at: datetime | None) -> None:
    assert QuietHours(13 * 60, 15 * 60).end_after(now, DUBAI) == ends_at


@pytest.mark.parametrize("hour", range(24))
def test_the_same_minute_twice_means_no_quiet_hours(hour: int) -> None:
    assert QuietHours(600, 600).end_after(dubai(2, hour), DUBAI) is None


def test_in_an_hour_that_happens_twice_the_end_is_never_past() -> None:
    """Quiet until 03:30; the clock goes back from 04:00 to 03:00 that night."""
    quiet = QuietHours(21 * 60, 3 * 60 + 30)
    second_time = datetime(2026, 10, 25, 3, 15, tzinfo=SOFIA, fold=1).astimezone(UTC)
    ends_at = quiet.end_after(second_time, SOFIA)
    assert ends_at is not None
    assert second_time <= ends_at <= second_time + timedelta(minutes=15)
