"""Quiet hours: when a push may wake somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60
DEFAULT_FROM, DEFAULT_UNTIL = 21 * 60, 8 * 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one minute of the local day, included, until another, excluded; they may span midnight.

    Both alike: no quiet hours at all.
    """

    begins: int = DEFAULT_FROM
    ends: int = DEFAULT_UNTIL

    def end_after(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When (UTC) the quiet hours that `now` lies in end; None outside of them.

        >>> QuietHours().end_after(datetime(2026, 3, 2, 22, tzinfo=UTC), ZoneInfo("UTC"))
        datetime.datetime(2026, 3, 3, 8, 0, tzinfo=datetime.timezone.utc)
        """
        local = now.astimezone(zone)
        minute = local.hour * 60 + local.minute
        if (minute - self.begins) % MINUTES_A_DAY >= (self.ends - self.begins) % MINUTES_A_DAY:
            return None
        days = 1 if self.ends <= minute else 0
        hour = time(self.ends // 60, self.ends % 60)
        ends_at = datetime.combine(local.date() + timedelta(days=days), hour, zone).astimezone(UTC)
        # In an hour that happens twice the clock may show an end that is past.
        return max(ends_at, now)
