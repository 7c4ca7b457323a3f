"""A database that cannot be written to for a while: what was sent is remembered all the same."""

from __future__ import annotations

from tests.faults import storage
from tests.faults.conftest import Report
from tests.faults.rig import Rig


def test_a_full_disk_while_settling_loses_and_repeats_nothing(rig: Rig, report: Report) -> None:
    unwritable = storage.disk_full(rig, clients=60)
    report(unwritable)
    assert unwritable.was_stuck
    assert (unwritable.pushes.lost, unwritable.pushes.extra) == (0, 0)


def test_a_database_locked_for_long_loses_and_repeats_nothing(rig: Rig, report: Report) -> None:
    unwritable = storage.locked(rig, clients=60)
    report(unwritable)
    assert unwritable.was_stuck
    assert (unwritable.pushes.lost, unwritable.pushes.extra) == (0, 0)
