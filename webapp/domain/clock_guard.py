"""Noticing that the wall clock jumped, by comparing it with a clock that only counts."""

from __future__ import annotations

from datetime import datetime, timedelta

LARGEST_JUMP = timedelta(seconds=60)


class ClockGuard:
    """Compares two looks at both clocks; a clock that is put right slowly is no jump."""

    def __init__(self) -> None:
        self._last: tuple[datetime, float] | None = None

    def has_jumped(self, wall: datetime, counted: float) -> bool:
        """Whether the wall clock went more than a minute farther, or less far, than counted.

        `counted` is in seconds from any zero. The first look never sees a jump.
        """
        last, self._last = self._last, (wall, counted)
        if last is None:
            return False
        passed = timedelta(seconds=counted - last[1])
        return abs(wall - last[0] - passed) > LARGEST_JUMP
