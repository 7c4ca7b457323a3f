"""Who cannot be reached by push, and telling them in person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from webapp.domain.people import SignedIn
from webapp.domain.protocol import Answer, Protocol
from webapp.persistence import audit, reach
from webapp.persistence.database import reading, writing
from webapp.persistence.reach import Devices, LiftAhead
from webapp.protocols.loader import protocol_version
from webapp.services.ports import Collaborators

AHEAD_SPAN = timedelta(hours=48)
# A device that was not opened for so long may lie in a drawer, whatever the push service says.
OPENED_SPAN = timedelta(days=30)


class Reach(StrEnum):
    """Whether a push can reach somebody, or why not."""

    WORKING = "working"
    NEVER = "never"
    GONE = "gone"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class ClientReach:
    """`devices` may be sent to; `seen_at` (UTC) is when one of them was last opened."""

    reach: Reach
    devices: int
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unreached:
    """A client who cannot be reached, and what lifts next: (activity, new answer)."""

    client_id: int
    client_name: str
    phone: str
    course_id: int
    location_name: str
    zone: str
    lifts_at: datetime
    activities: tuple[tuple[str, Answer], ...]
    protocol: Protocol
    why: ClientReach


def not_reached(now: datetime, location_id: int | None = None) -> list[Unreached]:
    """Clients with a lift within 48 hours whom no push reaches and nobody has told, each with the
    first such lift, in the order of time; of one location or of all."""
    reader = reading()
    between = (now, now + AHEAD_SPAN)
    lifts = reach.lifts_ahead(reader, between, now - OPENED_SPAN, location_id or 0)
    first: dict[int, LiftAhead] = {}
    for lift in lifts:
        first.setdefault(lift.client_id, lift)
    devices = reach.devices_of(reader, [lift.account_id for lift in first.values()])
    return [_unreached(lift, devices[lift.account_id], now) for lift in first.values()]


def _unreached(lift: LiftAhead, devices: Devices, now: datetime) -> Unreached:
    answers = lift.content.get("activities", {}).items()
    return Unreached(
        client_id=lift.client_id,
        client_name=lift.client_name,
        phone=lift.phone,
        course_id=lift.course_id,
        location_name=lift.location_name,
        zone=lift.zone,
        lifts_at=lift.at,
        activities=tuple((activity, Answer.from_word(word)) for activity, word in answers),
        protocol=protocol_version(lift.protocol_id, lift.protocol_version),
        why=_reach(devices, now),
    )


def reach_of(account_id: int, now: datetime) -> ClientReach:
    """Whether a push can reach this account."""
    return _reach(reach.devices_of(reading(), [account_id])[account_id], now)


def _reach(devices: Devices, now: datetime) -> ClientReach:
    if devices.working and devices.seen_at:
        is_open = devices.seen_at >= now - OPENED_SPAN
        found = Reach.WORKING if is_open else Reach.SILENT
    else:
        had_one = devices.disabled or devices.was_sent_to
        found = Reach.GONE if had_one else Reach.NEVER
    return ClientReach(found, devices.working, devices.seen_at)


def tell_in_person(with_: Collaborators, by: SignedIn, client_id: int, lifts_at: datetime) -> bool:
    """Note that a client was told what lifts at this instant (UTC); once, however often it is
    said. False where nothing is planned to lift then any more."""
    now = with_.clock.now()
    with writing() as writer:
        if reach.is_told(writer, client_id, lifts_at):
            return True
        if not reach.is_planned(writer, client_id, lifts_at):
            return False
        reach.add_told(writer, client_id, lifts_at, (by.account_id, now))
        audit.record(writer, now, by.account_id, "told-in-person", ("client", client_id))
    return True
