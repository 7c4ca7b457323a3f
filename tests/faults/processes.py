"""Scenes of workers that are killed, stopped and doubled."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from tests.faults.count import Count, count, number_of
from tests.faults.rig import Rig, Spans
from tests.gateways.push.sink import Received
from webapp.gateways.push.gate import TO_A_STRANGER
from webapp.persistence.tables import Delivery, DeliveryAttempt

# A request may take long on a busy machine; what a killed worker held is soon due again.
SOON_DUE_AGAIN = Spans(total=15.0, lease=2.0)
# Whoever sleeps longer than a request may take starts no other when it wakes.
OUT_OF_BREATH = Spans(total=1.0, lease=3.0)
BEYOND_ITS_TIME = timedelta(seconds=OUT_OF_BREATH.total)


class Killed(NamedTuple):
    """`in_flight`: requests that were made and not written down when their worker died."""

    kills: int
    in_flight: int
    pushes: Count


def kill_often(rig: Rig, clients: int, kills: int, spans: Spans | None = SOON_DUE_AGAIN) -> Killed:
    """SIGKILL the worker again and again while it delivers what falls due second by second."""
    begins = rig.now().replace(microsecond=0)
    span = max(4, clients // 100)
    crowd = rig.crowd(clients, due=lambda number: begins + timedelta(seconds=number % span))
    rig.add(crowd)
    rig.sink.late = 0.02
    in_flight = known = 0
    for kill in range(1, kills + 1):
        worker = rig.start(spans)
        goal = clients * kill // (kills + 1)
        rig.wait(lambda goal=goal: len(_numbers(rig.sink.received)) >= goal)  # type: ignore[misc]
        rig.end(worker)
        # What it had put on the wire still arrives.
        rig.wait(lambda: not rig.sink.open)
        known, since = len(rig.sink.received), known
        in_flight += _not_written_down(rig, rig.sink.received[since:known])
    rig.start(spans)
    rig.wait(lambda: rig.are_settled(clients))
    return Killed(kills, in_flight, count(crowd, rig.sink.received))


def _numbers(received: Sequence[Received]) -> set[int]:
    return {number_of(seen) for seen in list(received)}


def _not_written_down(rig: Rig, received: Sequence[Received]) -> int:
    accepted = select(Delivery.subscription_id).where(Delivery.state == "accepted")
    return len(_numbers(received) - {number for (number,) in rig.rows(accepted)})


def killed_before_its_commit(rig: Rig, spans: Spans | None = SOON_DUE_AGAIN) -> Killed:
    """The push service has answered 201, the worker has read nothing of it, and dies."""
    crowd = rig.crowd(3 * TO_A_STRANGER)
    rig.add(crowd)
    worker = _stopped_in_flight(rig, spans)
    in_flight = _not_written_down(rig, rig.sink.received)
    rig.end(worker)
    rig.start(spans)
    rig.wait(lambda: rig.are_settled(crowd.count))
    return Killed(1, in_flight, count(crowd, rig.sink.received))


def _stopped_in_flight(rig: Rig, spans: Spans | None) -> int:
    """A worker with as many requests under way as a stranger gets, all of them answered 201, and
    stopped before it could read an answer."""
    rig.sink.is_holding = True
    worker = rig.start(spans)
    rig.wait(lambda: len(rig.sink.received) >= TO_A_STRANGER)
    rig.freeze(worker)
    rig.sink.is_holding = False
    rig.wait(lambda: rig.sink.answered >= TO_A_STRANGER)
    return worker


def two_workers(rig: Rig, clients: int) -> Count:
    """Somebody starts a second worker by mistake, and both begin at once."""
    crowd = rig.crowd(clients)
    rig.add(crowd)
    rig.sink.is_holding = True
    rig.start()
    rig.start()
    rig.wait(lambda: rig.sink.connections >= 2)
    rig.sink.is_holding = False
    rig.wait(lambda: rig.are_settled(clients))
    return count(crowd, rig.sink.received)


def asked_to_end(rig: Rig, clients: int) -> tuple[int, Count]:
    """SIGTERM with requests under way: the exit code, and what another worker has to repeat."""
    crowd = rig.crowd(clients)
    rig.add(crowd)
    rig.sink.is_holding = True
    worker = rig.start()
    rig.wait(lambda: len(rig.sink.received) >= TO_A_STRANGER)
    os.kill(worker, signal.SIGTERM)
    rig.sink.is_holding = False
    code = rig.end(worker, signal.SIGTERM)
    rig.start()
    rig.wait(lambda: rig.are_settled(clients))
    return code, count(crowd, rig.sink.received)


class Stopped(NamedTuple):
    """`in_flight`: requests of the stopped worker. `stale`: results that it still reported when
    it went on; `changed`: deliveries that these results changed."""

    in_flight: int
    stale: int
    changed: int
    pushes: Count


def stopped_past_its_lease(rig: Rig, clients: int, spans: Spans | None = OUT_OF_BREATH) -> Stopped:
    """SIGSTOP one worker in the middle, let another do everything, then let the first go on."""
    crowd = rig.crowd(clients)
    rig.add(crowd)
    stopped, frozen_at = _stopped_in_flight(rig, spans), rig.now()
    in_flight = _not_written_down(rig, rig.sink.received)
    rig.start()
    rig.wait(lambda: rig.are_settled(clients))
    before, tries = _marks(rig), _tries(rig)
    rig.wait(lambda: rig.now() > frozen_at + BEYOND_ITS_TIME)
    rig.thaw(stopped)
    rig.wait(lambda: _tries(rig) >= tries + TO_A_STRANGER)
    rig.end(stopped, signal.SIGTERM)
    changed = len(set(before) ^ set(_marks(rig)))
    return Stopped(in_flight, _tries(rig) - tries, changed, count(crowd, rig.sink.received))


def _marks(rig: Rig) -> Sequence[tuple[object, ...]]:
    marks = select(Delivery.id, Delivery.state, Delivery.attempts, Delivery.settled_at)
    return rig.rows(marks)


def _tries(rig: Rig) -> int:
    return int(rig.rows(select(func.count(DeliveryAttempt.id)))[0][0])
