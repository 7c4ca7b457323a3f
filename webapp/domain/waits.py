"""How long somebody who mistyped waits before the next try."""

from __future__ import annotations

from datetime import datetime, timedelta

FREE_TRIES = 5
# For an account, wherever the tries come from: more than one person mistypes, few for guessing.
FREE_TRIES_FOR_ACCOUNT = 20
COUNTED_SPAN = timedelta(days=1)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=30)
MOST_DOUBLINGS = 10
ALARM_TRIES = 200
ALARM_SPAN = timedelta(hours=1)


def may_try_at(tries: int, last_at: datetime, free: int = FREE_TRIES) -> datetime:
    """When the next try is looked at, after so many wrong ones within a day.

    The first `free` are free. Then the wait is half a minute, and doubles with every further wrong
    one up to half an hour: it never ends in a lock.
    """
    if tries < free:
        return last_at
    factor: int = 2 ** min(tries - free, MOST_DOUBLINGS)
    return last_at + min(FIRST_WAIT * factor, LONGEST_WAIT)


def is_alarming(tries_within_an_hour: int) -> bool:
    """Whether the whole clinic sees so many wrong codes that its owner should know."""
    return tries_within_an_hour > ALARM_TRIES
