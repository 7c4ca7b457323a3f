"""What the owner should know about attempts to get in."""

from __future__ import annotations

from datetime import datetime

from webapp.persistence.database import reading
from webapp.services import attempts


def last_at(since: datetime) -> datetime | None:
    """When the clinic last saw more than 200 wrong codes within an hour; None since then."""
    return attempts.last_alarm_at(reading(), since)
