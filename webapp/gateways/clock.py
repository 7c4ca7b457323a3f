"""The only place that reads the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant: UTC, whole seconds (fractions are cut)."""
        return datetime.now(UTC).replace(microsecond=0)


class MovedClock:
    """The machine's clock, moved by the number of seconds that a file holds.

    For development and tests: a journey moves a whole running server by writing the file.
    A missing or unreadable file means "not moved". Settings refuse it in production.
    """

    def __init__(self, offset_file: Path) -> None:
        self._offset_file = offset_file

    def now(self) -> datetime:
        """The moved present: UTC, whole seconds."""
        moved = datetime.now(UTC) + timedelta(seconds=self._offset_seconds())
        return moved.replace(microsecond=0)

    def _offset_seconds(self) -> float:
        try:
            return float(self._offset_file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0.0


def stopwatch() -> float:
    """Seconds for measuring spans."""
    return time.perf_counter()
