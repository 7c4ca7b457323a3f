"""Scenes of a database that cannot be written to: a full disk, and a lock that somebody keeps."""

from __future__ import annotations

import resource
import sqlite3
from typing import NamedTuple

from tests.faults.count import Count, count
from tests.faults.crowd import Crowd
from tests.faults.rig import Rig, Spans
from webapp.gateways.push.gate import TO_A_STRANGER

# A file may grow no further; the log is shorter, and what follows in the database is not.
LARGEST_FILE = 64 * 1024
# What the log says when a lane tried again in vain.
TRIED_AGAIN = "UnsettledError"
IMPATIENT = Spans(total=15.0, lease=60.0, busy=0.3)


class Unwritable(NamedTuple):
    """`was_stuck`: whether the worker had results that it could not write down."""

    was_stuck: bool
    pushes: Count


def disk_full(rig: Rig, clients: int) -> Unwritable:
    """The disk is full from the moment the answers come in, and has room again later."""
    crowd = rig.crowd(clients)
    rig.add(crowd)
    worker = _asked(rig, None)
    wal = rig.building.database.with_name(rig.building.database.name + "-wal")
    assert wal.stat().st_size > LARGEST_FILE
    _, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (LARGEST_FILE, hard))
    rig.sink.is_holding = False
    rig.wait(lambda: rig.sink.answered >= clients and TRIED_AGAIN in rig.said())
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (hard, hard))
    return _after(rig, crowd)


def locked(rig: Rig, clients: int, spans: Spans | None = IMPATIENT) -> Unwritable:
    """Somebody keeps the database locked from the moment the answers come in."""
    crowd = rig.crowd(clients)
    rig.add(crowd)
    _asked(rig, spans)
    other = sqlite3.connect(rig.building.database, timeout=10, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    rig.sink.is_holding = False
    rig.wait(lambda: rig.sink.answered >= clients and TRIED_AGAIN in rig.said())
    other.execute("ROLLBACK")
    other.close()
    return _after(rig, crowd)


def _asked(rig: Rig, spans: Spans | None) -> int:
    """A worker that has claimed everything and waits for its first answers."""
    rig.sink.is_holding = True
    worker = rig.start(spans)
    rig.wait(lambda: len(rig.sink.received) >= TO_A_STRANGER)
    return worker


def _after(rig: Rig, crowd: Crowd) -> Unwritable:
    rig.wait(lambda: rig.are_settled(crowd.count))
    return Unwritable(TRIED_AGAIN in rig.said(), count(crowd, rig.sink.received))
