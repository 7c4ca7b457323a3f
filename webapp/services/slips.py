"""Slips: a client tells what happened too early, and the clinic sees it. No rule changes."""

from __future__ import annotations

from datetime import datetime

from webapp.domain.people import SignedIn
from webapp.domain.protocol import PhaseId
from webapp.domain.slips import SlipKind, check_happened, is_double
from webapp.persistence import audit, new_courses, slips
from webapp.persistence.database import reading, writing
from webapp.persistence.slips import SlipRow
from webapp.persistence.tables import Slip
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators
from webapp.services.today import Facts

__all__ = ["SlipRow"]

# So many unseen ones wait for somebody to call at least some of these clients.
MOST_ON_BOARD = 50
# Before the first session, and once healed, nothing can happen too early.
OUTSIDE = frozenset({PhaseId.PREPARING, PhaseId.HEALED})


def may_tell(facts: Facts) -> bool:
    """Whether there is a course in which something can happen too early. In doubt there is: where
    what is stored cannot be read, and where the clinic has stopped it, for the scalp heals on."""
    if facts.course_id is None:
        return False
    return facts.plan is None or facts.plan.phase_at(facts.plan.now).id not in OUTSIDE


def tell(person: SignedIn, kind: SlipKind, happened_at: datetime, now: datetime) -> int:
    """Note at `now` what happened to a client, for the clinic to read; returns its id. The same
    again within a minute is the one that is there. Instants are UTC.

    Raises SlipInFutureError and SlipTooLongAgoError.
    """
    client_id = person.client_id or 0
    check_happened(happened_at, now)
    with writing() as writer:
        new_courses.hold_client(writer, client_id)
        last = slips.last_of(writer, client_id, kind)
        if last and is_double((happened_at, now), (last.happened_at, last.told_at)):
            return last.id
        row = Slip(client_id=client_id, kind=kind, happened_at=happened_at, told_at=now)
        slip_id = slips.add(writer, row)
        audit.record(writer, now, person.account_id, "slip-told", ("slip", slip_id))
    return slip_id


def own(person: SignedIn, slip_id: int) -> SlipRow:
    """One of the client's own slips. Raises NotFoundError."""
    return of_client(person.client_id or 0, slip_id)


def of_client(client_id: int, slip_id: int) -> SlipRow:
    """One of this client's slips. Raises NotFoundError."""
    found = slips.one_of_client(reading(), client_id, slip_id)
    if found is None:
        raise NotFoundError
    return found


def unseen(location_id: int | None = None) -> list[SlipRow]:
    """What nobody at the clinic has seen yet, the oldest first; of one location or of all."""
    return slips.unseen(reading(), location_id, MOST_ON_BOARD)


def history_of(client_id: int, most: int) -> list[SlipRow]:
    """What a client has told, the newest first."""
    return slips.of_client(reading(), client_id, most)


def see(with_: Collaborators, by: SignedIn, client_id: int, slip_id: int) -> SlipRow:
    """Note that somebody of the clinic has seen it; who was first stays. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        found = slips.one_of_client(writer, client_id, slip_id)
        if found is None:
            raise NotFoundError
        if slips.see(writer, slip_id, by.account_id, now):
            audit.record(writer, now, by.account_id, "slip-seen", ("slip", slip_id))
    return found
