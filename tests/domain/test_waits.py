"""How long somebody who mistyped waits."""

from datetime import UTC, datetime, timedelta

import pytest

from webapp.domain.waits import is_alarming, may_try_at

LAST = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [(1, 0), (4, 0), (5, 30), (6, 60), (10, 960), (11, 1_800), (12, 1_800), (10_000, 1_800)],
)
def test_the_wait_begins_after_five_tries_and_doubles_up_to_half_an_hour(
    tries: int, seconds: int
) -> None:
    assert may_try_at(tries, LAST) == LAST + timedelta(seconds=seconds)


def test_two_hundred_tries_in_an_hour_are_a_bad_day_and_one_more_is_an_alarm() -> None:
    assert not is_alarming(200)
    assert is_alarming(201)
