"""The card that a client shows a hairdresser: for how long it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

# What a client chooses from, in days; a day is 24 hours here, whatever the clocks do.
SPANS: Mapping[int, timedelta] = {days: timedelta(days=days) for days in (1, 7, 30)}
USUAL_DAYS = 7
# So many may be in use at once: more would not be told apart any more.
MOST_CARDS = 5
