"""A wall clock that jumps is noticed on both sides of a minute; a slow one is forgiven."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOON
from webapp.domain.clock_guard import ClockGuard


@pytest.mark.parametrize(
    ("jump", "is_noticed"),
    [
        (0, False),
        (60, False),
        (61, True),
        (-60, False),
        (-61, True),
        (86_400, True),
        (-3_600, True),
    ],
)
def test_a_jump_of_more_than_a_minute_is_noticed(jump: int, is_noticed: bool) -> None:
    guard = ClockGuard()
    assert not guard.has_jumped(NOON, 5.0)
    assert guard.has_jumped(NOON + timedelta(seconds=10 + jump), 15.0) is is_noticed


def test_after_a_jump_the_new_time_is_the_measure() -> None:
    guard = ClockGuard()
    guard.has_jumped(NOON, 0.0)
    assert guard.has_jumped(NOON + timedelta(days=1), 1.0)
    assert not guard.has_jumped(NOON + timedelta(days=1, seconds=1), 2.0)


def test_a_clock_that_is_put_right_slowly_is_no_jump() -> None:
    guard = ClockGuard()
    looks = [guard.has_jumped(NOON + timedelta(seconds=2 * n), float(n)) for n in range(300)]
    assert not any(looks)
