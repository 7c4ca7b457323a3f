"""Push services that throttle, stall, refuse and forget: each in its own corner."""

from __future__ import annotations

import pytest

from tests.faults import push_services
from tests.faults.conftest import Report
from tests.faults.rig import Rig, Spans
from webapp.gateways.push.gate import TO_A_STRANGER

TOTAL = 2.0  # seconds that these tests give a push service instead of fifteen


@pytest.mark.parametrize("form", push_services.FORMS)
def test_after_a_429_nothing_starts_before_its_time_and_then_everything_arrives(
    rig: Rig, report: Report, form: str
) -> None:
    storm = push_services.storm(rig, 300, form)
    report(storm)
    assert storm.under_way <= TO_A_STRANGER
    assert (storm.before_its_time, storm.pushes.lost) == (0, 0)
    assert storm.pushes.sent == 300 + storm.under_way


@pytest.mark.parametrize("manner", ["never", "drip", "trickle"])
def test_a_push_service_that_stalls_ends_at_the_bound_and_delays_no_other(
    rig: Rig, report: Report, manner: str
) -> None:
    stalled = push_services.stalled(rig, 60, manner, Spans(total=TOTAL, lease=60))
    report(stalled)
    assert stalled.longest < TOTAL + 1
    assert stalled.others_slowest < 2
    assert stalled.others.lost == 0


def test_refused_credentials_delete_nothing_and_raise_the_alarm(rig: Rig, report: Report) -> None:
    refused = push_services.refused(rig, 300)
    report(refused)
    assert refused.asked <= TO_A_STRANGER
    assert (refused.gone, refused.alarms) == (0, 1)


def test_exactly_the_phones_that_are_gone_are_forgotten(rig: Rig, report: Report) -> None:
    gone = push_services.gone(rig, 300)
    report(gone)
    assert (gone.dead, gone.missed, gone.wronged) == (90, 0, 0)
    assert (gone.living.lost, gone.living.extra) == (0, 0)
