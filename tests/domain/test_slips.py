"""What can be told as a slip, and what is the same slip sent twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from webapp.domain.slips import (
    SlipInFutureError,
    SlipTooLongAgoError,
    check_happened,
    is_double,
)

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
A_MONTH = timedelta(days=30)
A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("ago", [timedelta(), A_SECOND, A_MONTH - A_SECOND, A_MONTH])
def test_up_to_thirty_days_ago_it_can_be_told(ago: timedelta) -> None:
    check_happened(NOW - ago, NOW)


def test_what_has_not_happened_yet_is_refused() -> None:
    with pytest.raises(SlipInFutureError):
        check_happened(NOW + A_SECOND, NOW)


def test_what_is_longer_ago_is_refused() -> None:
    with pytest.raises(SlipTooLongAgoError):
        check_happened(NOW - A_MONTH - A_SECOND, NOW)


@pytest.mark.parametrize(
    ("happened_later", "told_later", "expected"),
    [
        (timedelta(), timedelta(), True),
        (A_MINUTE - A_SECOND, A_MINUTE - A_SECOND, True),
        (A_MINUTE - A_MINUTE, A_MINUTE, False),
        (A_MINUTE, A_SECOND, False),
        (-A_MINUTE, A_SECOND, False),
        (A_SECOND - A_MINUTE, A_SECOND, True),
    ],
)
def test_only_the_same_told_again_within_a_minute_is_double(
    happened_later: timedelta, told_later: timedelta, expected: bool
) -> None:
    before = (NOW - timedelta(hours=1), NOW)
    told = (before[0] + happened_later, before[1] + told_later)
    assert is_double(told, before) is expected
