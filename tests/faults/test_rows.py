"""Rows that are broken or change while they are due: each is its own affair."""

from __future__ import annotations

from tests.faults import rows
from tests.faults.conftest import Report
from tests.faults.rig import Rig


def test_rows_that_cannot_be_read_stop_nobody_else(rig: Rig, report: Report) -> None:
    poison = rows.poison(rig, clients=40)
    report(poison)
    assert poison.alarms == 1
    assert (poison.others.lost, poison.others.extra) == (0, 0)
    assert (poison.later.lost, poison.later.extra) == (0, 0)


def test_what_a_change_made_untrue_is_not_claimed_after_it(rig: Rig, report: Report) -> None:
    changed = rows.changed(rig, each=20)
    report(changed)
    assert changed.claimed_after == 0
    assert (changed.untouched.lost, changed.untouched.extra) == (0, 0)


def test_a_session_moved_and_moved_back_and_undone_is_announced_once(
    rig: Rig, report: Report
) -> None:
    moved = rows.moved(rig, clients=5)
    report(moved)
    assert moved == (1, 1, 0)
