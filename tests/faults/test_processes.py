"""Workers that are killed, stopped and doubled: nothing lost, nothing early, little twice."""

from __future__ import annotations

from tests.faults import processes
from tests.faults.conftest import Report
from tests.faults.rig import Rig
from webapp.gateways.push.gate import TO_A_STRANGER


def test_a_worker_killed_again_and_again_loses_nothing_and_repeats_only_what_was_in_flight(
    rig: Rig, report: Report
) -> None:
    killed = processes.kill_often(rig, clients=300, kills=5)
    report(killed)
    assert (killed.pushes.lost, killed.pushes.early) == (0, 0)
    assert killed.pushes.extra <= killed.in_flight


def test_a_worker_killed_before_it_could_write_down_the_answer_asks_once_more(
    rig: Rig, report: Report
) -> None:
    killed = processes.killed_before_its_commit(rig)
    report(killed)
    assert killed.pushes.lost == 0
    assert killed.pushes.extra == killed.in_flight == TO_A_STRANGER


def test_two_workers_send_everything_once(rig: Rig, report: Report) -> None:
    count = processes.two_workers(rig, clients=300)
    report(count)
    assert (count.lost, count.extra) == (0, 0)


def test_a_worker_that_is_asked_to_end_writes_down_what_is_under_way_first(
    rig: Rig, report: Report
) -> None:
    code, count = processes.asked_to_end(rig, clients=60)
    report((code, count))
    assert (code, count.lost, count.extra) == (0, 0, 0)


def test_a_worker_that_slept_past_its_lease_changes_nothing_any_more(
    rig: Rig, report: Report
) -> None:
    stopped = processes.stopped_past_its_lease(rig, clients=60)
    report(stopped)
    assert (stopped.stale, stopped.changed) == (stopped.in_flight, 0)
    assert (stopped.pushes.lost, stopped.pushes.extra) == (0, stopped.in_flight)
