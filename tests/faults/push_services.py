"""Scenes of push services that throttle, stall, refuse and forget."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from typing import NamedTuple

from sqlalchemy import func, select

from tests.faults.count import Count, count, number_of
from tests.faults.rig import HOSTS, Rig, Spans
from tests.gateways.push.sink import Answer
from webapp.persistence.tables import DeliveryAttempt, PushOrigin, PushSubscription

FORMS = ("seconds", "date")


class Storm(NamedTuple):
    """`before_its_time`: requests between the first 429 and the time it asked to wait for, but
    for those that were under way already."""

    form: str
    under_way: int
    before_its_time: int
    pushes: Count


def storm(rig: Rig, clients: int, form: str, seconds: int = 3) -> Storm:
    """Everything is answered 429, until the push service has told when to come back."""
    crowd = rig.crowd(clients)
    rig.add(crowd)
    sink = rig.sink
    rig.start()
    # All requests that were under way wait for the same answer.
    sink.is_holding = True
    rig.wait(lambda: sink.received)
    rig.wait(lambda: sink.in_flight >= min(clients, 20))
    until = rig.now() + timedelta(seconds=seconds + 1)
    header = format_datetime(until.replace(microsecond=0), usegmt=True)
    value = str(seconds) if form == "seconds" else header
    sink.answer = Answer(429, headers=(("retry-after", value),))
    told_at, sink.is_holding = rig.now(), False
    opens_at = told_at + timedelta(seconds=seconds) if form == "seconds" else until
    rig.wait(lambda: sink.answered >= 20)
    sink.answer = Answer()
    under_way = len(sink.received)
    rig.wait(lambda: rig.are_settled(clients))
    opens = opens_at.replace(microsecond=0 if form == "date" else opens_at.microsecond).timestamp()
    hasty = [seen for seen in sink.received[under_way:] if seen.at < opens]
    return Storm(form, under_way, len(hasty), count(crowd, sink.received))


class Stalled(NamedTuple):
    """Seconds: the longest request to the push service that stalls; from due to accepted, the
    slowest, at another one meanwhile. `asked`: requests that the first got."""

    manner: str
    longest: float
    others_slowest: float
    asked: int
    others: Count


def stalled(rig: Rig, clients: int, manner: str, spans: Spans | None) -> Stalled:
    """One push service stalls with every connection it gets; another one works."""
    sink, other = rig.sink, rig.sinks[HOSTS[1]]
    sink.answer, sink.drip_seconds = Answer(manner=manner), 1.0
    rig.add(rig.crowd(clients))
    rig.start(spans)
    rig.wait(lambda: len(sink.received) >= 20)
    soon = (rig.now() + timedelta(seconds=2)).replace(microsecond=0)
    first = rig.crowd(clients, due=lambda _: soon, first=clients + 1)
    crowd = first.at(lambda number: rig.endpoint(number, HOSTS[1]))
    rig.add(crowd)
    rig.wait(lambda: len(other.received) >= clients)
    slowest = max(seen.at for seen in other.received) - soon.timestamp()
    rig.wait(lambda: _tries(rig) >= clients + 20)
    longest = rig.rows(select(func.max(DeliveryAttempt.milliseconds)))[0][0] / 1000
    return Stalled(manner, longest, slowest, len(sink.received), count(crowd, other.received))


def _tries(rig: Rig) -> int:
    return int(rig.rows(select(func.count(DeliveryAttempt.id)))[0][0])


class Refused(NamedTuple):
    """`gone`: subscriptions that exist no longer; `alarms`: push services of which the owner is
    told that they refuse our credentials."""

    asked: int
    gone: int
    alarms: int


def refused(rig: Rig, clients: int) -> Refused:
    """Our credentials are refused for everything."""
    rig.add(rig.crowd(clients))
    rig.sink.answer = Answer(401)
    rig.start()
    rig.wait(lambda: rig.states()["pending"] == clients and rig.sink.answered)
    rig.wait(lambda: _alarms(rig))
    return Refused(len(rig.sink.received), clients - len(devices(rig)), _alarms(rig))


def _alarms(rig: Rig) -> int:
    alarms = select(func.count()).where(PushOrigin.refused_at.is_not(None))
    return int(rig.rows(alarms)[0][0])


def devices(rig: Rig) -> set[int]:
    """The subscriptions that there are."""
    return {id_ for (id_,) in rig.rows(select(PushSubscription.id))}


class Gone(NamedTuple):
    """`missed`: dead subscriptions that are still there; `wronged`: others that are not."""

    dead: int
    missed: int
    wronged: int
    living: Count


def gone(rig: Rig, clients: int) -> Gone:
    """Three in ten phones have unsubscribed."""
    crowd = rig.crowd(clients)
    rig.add(crowd)
    dead = {number for number in crowd.numbers if number % 10 < 3}
    for number in dead:
        rig.sink.answers[f"/send/{number}"] = Answer(410)
    rig.start()
    rig.wait(lambda: rig.are_settled(clients))
    here = devices(rig)
    heard = [seen for seen in rig.sink.received if number_of(seen) not in dead]
    lost = count(crowd, heard)
    living = lost._replace(clients=clients - len(dead), lost=lost.lost - len(dead))
    return Gone(len(dead), len(dead & here), clients - len(dead | here), living)
