"""Slips: what happened to a client too early. They are told to the clinic and change no rule."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

# Longer ago, a client had better call.
LONGEST_AGO_SPAN = timedelta(days=30)
# The same told twice within it is one tap too many, not two slips.
DOUBLE_SPAN = timedelta(minutes=1)


class SlipKind(StrEnum):
    """What can happen too early."""

    WET = "wet"
    SWEAT = "sweat"
    SUN = "sun"
    SCRATCH = "scratch"
    ALCOHOL = "alcohol"


class SlipInFutureError(ValueError):
    """Nothing can have happened after the present."""


class SlipTooLongAgoError(ValueError):
    """It is so long ago that nobody would look for it on the board."""


def check_happened(happened_at: datetime, now: datetime) -> None:
    """Raise `SlipInFutureError` or `SlipTooLongAgoError` for an instant that is no slip's."""
    if happened_at > now:
        raise SlipInFutureError
    if happened_at < now - LONGEST_AGO_SPAN:
        raise SlipTooLongAgoError


def is_double(told: tuple[datetime, datetime], before: tuple[datetime, datetime]) -> bool:
    """Whether a slip is the one before, sent again: each is (happened at, told at), of one kind."""
    return all(abs(now - then) < DOUBLE_SPAN for now, then in zip(told, before, strict=True))
