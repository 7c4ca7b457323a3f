"""How somebody wants to be told: the defaults, and what no quiet hours look like."""

from __future__ import annotations

from datetime import time

import pytest

from webapp.domain.preferences import Preferences


def test_who_never_chose_is_told_discreetly_of_everything_and_not_at_night() -> None:
    chosen = Preferences()
    assert (chosen.is_discreet, chosen.muted) == (True, frozenset())
    assert (chosen.quiet_from, chosen.quiet_until) == (time(21), time(8))


@pytest.mark.parametrize(
    ("hours", "has_some"), [((21, 8), True), ((13, 14), True), ((8, 8), False)]
)
def test_the_same_time_twice_means_no_quiet_hours(hours: tuple[int, int], has_some: bool) -> None:
    chosen = Preferences(quiet_from=time(hours[0]), quiet_until=time(hours[1]))
    assert chosen.has_quiet_hours is has_some
