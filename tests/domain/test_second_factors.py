"""What counts as proved, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from webapp.domain.second_factors import Standing, is_recent, is_totp, standing_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SPAN = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, True), (1, True), (599, True), (600, False), (601, False)]
)
def test_what_was_proved_counts_up_to_the_end_of_its_span(seconds: int, expected: bool) -> None:
    assert is_recent(NOON, NOON + timedelta(seconds=seconds), SPAN) is expected


def test_what_was_never_proved_does_not_count() -> None:
    assert not is_recent(None, NOON, SPAN)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("123456", True), ("12345", False), ("1234567", False), ("12345A", False), ("", False)],
)
def test_an_app_shows_six_digits(typed: str, expected: bool) -> None:
    assert is_totp(typed) is expected


@pytest.mark.parametrize(
    ("has_factor", "proved_at", "expected"),
    [
        (False, None, Standing.MISSING),
        (False, NOON, Standing.MISSING),
        (True, None, Standing.UNPROVED),
        (True, NOON, Standing.PROVED),
    ],
)
def test_a_login_stands_by_what_was_shown_on_it(
    has_factor: bool, proved_at: datetime | None, expected: Standing
) -> None:
    assert standing_of(has_factor, proved_at) is expected
