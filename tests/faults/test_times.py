"""Time that passes without us, or jumps: nothing early, and only what is still of use."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.faults import times
from tests.faults.conftest import Report
from tests.faults.rig import Rig
from webapp.services.sending import CLOCK_JUMP


def test_after_an_outage_each_client_gets_one_push_with_what_is_still_of_use(
    rig: Rig, report: Report
) -> None:
    outage = times.outage(rig, clients=60)
    report(outage)
    assert (outage.told, outage.pushed, outage.most) == (4, 2, 1)
    assert (outage.pushes.lost, outage.pushes.early) == (0, 0)


@pytest.mark.parametrize("by", [timedelta(days=1), timedelta(hours=-1)], ids=["on", "back"])
def test_a_clock_that_jumps_holds_everything_until_a_person_releases_it(
    rig: Rig, report: Report, by: timedelta
) -> None:
    jump = times.jump(rig, 20, by)
    report(jump)
    assert (jump.held_for, jump.hasty) == (CLOCK_JUMP, 0)
    assert (jump.pushes.lost, jump.pushes.early) == (0, 0)


def test_twenty_lifts_at_one_second_are_accepted_soon_after_it(rig: Rig, report: Report) -> None:
    instant = times.instant(rig, clients=20)
    report(instant)
    # Two on an idle machine; this one may be busy.
    assert 0 <= instant.slowest < 5
    assert (instant.pushes.lost, instant.pushes.extra) == (0, 0)
