"""Scenes of time: outages, clocks that jump, many lifts in one second."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, insert, select

from tests.conftest import NOON
from tests.faults.count import Count, count, number_of
from tests.faults.crowd import Crowd
from tests.faults.rig import Rig
from webapp.gateways.push.gate import TO_A_STRANGER
from webapp.persistence.database import writing
from webapp.persistence.tables import Notice, Sending, TreatmentSession
from webapp.services import sending
from webapp.services.noticing import Cause, plan_notices

OUTAGE_SPAN = timedelta(hours=13)
SESSION_AT = NOON + timedelta(hours=26)  # two in the afternoon, tomorrow


class Outage(NamedTuple):
    """`told`: notices in the inbox of each client, the beginning of long ago among them,
    `pushed` those of them that were pushed, `most`: the most pushes that one client got after
    the outage."""

    told: int
    pushed: int
    most: int
    pushes: Count


def outage(rig: Rig, clients: int) -> Outage:
    """The worker dies with pushes in its hand and comes back in the night.

    Meanwhile three notices fell due for each client: of use are a lift and what to prepare for
    the session of tomorrow, but no longer that it is tomorrow.
    """
    crowd = rig.crowd(clients, due=lambda _: NOON)
    rig.add(crowd)
    with writing() as writer:
        rows = [_booked(number) for number in crowd.numbers]
        writer.execute(insert(TreatmentSession), rows)
        for number in crowd.numbers:
            plan_notices(writer, number, Cause(), NOON)
    rig.sink.is_holding = True
    worker = rig.start()
    rig.wait(lambda: len(rig.sink.received) >= min(clients, TO_A_STRANGER))
    rig.freeze(worker)
    rig.end(worker)
    before = len(rig.sink.received)
    rig.sink.is_holding = False
    rig.move_clock(OUTAGE_SPAN)
    rig.start()
    rig.wait(lambda: rig.are_settled(clients))
    after = Counter(map(number_of, rig.sink.received[before:]))
    return Outage(
        _notices(rig, False) // clients,
        _notices(rig, True) // clients,
        max(after.values()),
        count(crowd, rig.sink.received),
    )


def _booked(number: int) -> dict[str, object]:
    return {"course_id": number, "number": 2, "status": "scheduled", "starts_at": SESSION_AT}


def _notices(rig: Rig, is_pushed: bool) -> int:
    told = select(func.count()).where(Notice.state == "told", Notice.account_id < 1_000_000)
    pushed = told.where(Notice.is_inbox_only.is_(False))
    return int(rig.rows(pushed if is_pushed else told)[0][0])


class Jump(NamedTuple):
    """`hasty`: requests made after the clock jumped and before a person released it, or before
    their time."""

    by: timedelta
    held_for: str
    hasty: int
    pushes: Count


def jump(rig: Rig, clients: int, by: timedelta) -> Jump:
    """The wall clock jumps while the worker runs, is put right again, and a person releases."""
    later = NOON + timedelta(hours=2)
    rig.add(rig.crowd(clients, due=lambda _: later, first=clients + 1))
    first = rig.crowd(clients)
    rig.add(first)
    rig.start()
    rig.wait(lambda: rig.are_settled(clients))
    rig.move_clock(by)
    rig.wait(lambda: _held(rig) and abs(_held_at(rig) - NOON) > abs(by) / 2)
    held_for = _held(rig)
    second = rig.crowd(clients, due=lambda _: NOON, first=2 * clients + 1)
    rig.add(second)
    rig.move_clock(-by)
    rig.wait(lambda: abs(_held_at(rig) - NOON) < abs(by) / 2)
    hasty = len(rig.sink.received) - clients
    assert sending.release(rig.building.app.extensions["collaborators"], None)
    rig.wait(lambda: rig.are_settled(2 * clients))
    hasty += len(rig.sink.received) - 2 * clients
    return Jump(by, held_for, hasty, count(second, rig.sink.received))


def _held(rig: Rig) -> str:
    found = rig.rows(select(Sending.held_for).where(Sending.held_at.is_not(None)))
    return str(found[0][0]) if found else ""


def _held_at(rig: Rig) -> datetime:
    at: datetime = rig.rows(select(Sending.held_at))[0][0]
    return at


class Instant(NamedTuple):
    """Seconds from the instant until the last of so many clients' pushes had come in."""

    clients: int
    slowest: float
    pushes: Count


def instant(rig: Rig, clients: int) -> Instant:
    """The courses of many clients lift something at the same second, planned as always."""
    rig.start()
    rig.wait(lambda: rig.rows(select(Sending.beat_at)))
    at = (rig.now() + timedelta(seconds=4)).replace(microsecond=0)
    crowd = rig.crowd(clients, due=lambda _: at)
    rig.add(crowd, is_planned=False)
    # Planned some time ago: what a change causes is not told before its undo has passed.
    _plan(crowd, at - timedelta(minutes=1))
    assert rig.now() < at, "too busy to measure anything"
    rig.wait(lambda: rig.are_settled(clients))
    slowest = max(seen.at for seen in rig.sink.received) - at.timestamp()
    return Instant(clients, round(slowest, 3), count(crowd, rig.sink.received))


def _plan(crowd: Crowd, at: datetime) -> None:
    with writing() as writer:
        for number in crowd.numbers:
            plan_notices(writer, number, Cause(), at)
