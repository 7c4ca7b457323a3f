"""The clock, and the one that tests may move."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from webapp.gateways.clock import MovedClock, SystemClock


def test_the_present_is_utc_in_whole_seconds() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert now.microsecond == 0


def test_a_moved_clock_is_ahead_by_what_its_file_says(tmp_path: Path) -> None:
    offset = tmp_path / "clock"
    offset.write_text("432000")
    ahead = MovedClock(offset).now() - SystemClock().now()
    assert timedelta(days=5) - timedelta(seconds=2) < ahead < timedelta(days=5, seconds=2)


@pytest.mark.parametrize("content", [None, "", "tomorrow"])
def test_a_missing_or_unreadable_file_means_not_moved(tmp_path: Path, content: str | None) -> None:
    offset = tmp_path / "clock"
    if content is not None:
        offset.write_text(content)
    assert abs(MovedClock(offset).now() - SystemClock().now()) < timedelta(seconds=2)
