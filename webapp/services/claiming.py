"""Claiming what is due by lease, and sorting out what is still worth sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from webapp.domain.pushes import PushSubscription
from webapp.persistence import holding, notices, outbox, sending, telling
from webapp.persistence.database import writing
from webapp.persistence.loading import PENDING
from webapp.persistence.merging import merge
from webapp.persistence.outbox import Claimed, Settlement
from webapp.persistence.telling import DueNotice, Preference
from webapp.services.proving import prove

EXPIRED, SUPERSEDED = "expired", "superseded"
# When a row that cannot be read is tried again: somebody may have mended it by then.
BAD_ROW_SPAN = timedelta(minutes=10)
log = structlog.get_logger("deliveries")


class Lease(NamedTuple):
    """What a claim is made with: the present, when the lease ends (UTC), and the fence."""

    now: datetime
    ends_at: datetime
    token: str


class Ready(NamedTuple):
    """A claimed delivery with everything it takes to send it."""

    delivery: Claimed
    subscription: PushSubscription
    notices: list[DueNotice]
    preference: Preference | None
    unread: int


def claim(origin: str, lease: Lease, most: int) -> tuple[int, list[Ready]]:
    """Claim what is due to one push service; how many were, and those that are to be sent.

    The others are settled, or put back where their course is being changed just now.
    """
    try:
        with writing() as writer:
            claimed = outbox.claim(writer, origin, lease, most)
            return _ready(writer, claimed, lease) if claimed else (0, [])
    except OperationalError:
        raise
    except Exception:
        log.exception("something due cannot be read; everything is read singly")
    with writing() as writer:
        claimed = outbox.claim(writer, origin, lease, most)
    singly = [_ready_alone(delivery, lease) for delivery in claimed]
    return sum(count for count, _ in singly), [one for _, ready in singly for one in ready]


def _ready_alone(delivery: Claimed, lease: Lease) -> tuple[int, list[Ready]]:
    """One bad row must not stop the others: it is put off, and the owner is told."""
    try:
        with writing() as writer:
            return _ready(writer, [delivery], lease)
    except OperationalError:
        raise
    except Exception:
        log.exception("a delivery cannot be read", delivery=delivery.id)
    with writing() as writer:
        sending.note(writer, mistake_at=lease.now)
        put_off = _settlement(delivery, PENDING, lease.now + BAD_ROW_SPAN)
        outbox.settle(writer, lease.token, [put_off])
    return 1, []


def _ready(writer: Session, claimed: Sequence[Claimed], lease: Lease) -> tuple[int, list[Ready]]:
    now = lease.now
    claimed, merged = merge(writer, claimed)
    busy = holding.busy_courses(writer, outbox.courses_carried([one.id for one in claimed]))
    carried = outbox.carried_by(writer, [one.id for one in claimed])
    known = _proved(writer, carried, now)
    settled = [_settlement(one, SUPERSEDED, now) for one in merged]
    ready, back = [], 0
    context = _Context(writer, claimed)
    for delivery in claimed:
        load = [known[notice.id] for notice in carried[delivery.id] if notice.id in known]
        useful = [notice for notice in load if notice.expires_at > now]
        device = context.devices.get(delivery.subscription_id)
        if any(notice.course_id in busy for notice in carried[delivery.id]):
            back += 1
            settled.append(_settlement(delivery, PENDING, now))
        elif device and useful:
            ready.append(context.ready(delivery, device, useful))
        else:
            settled.append(_settlement(delivery, EXPIRED if load else SUPERSEDED, now))
    outbox.settle(writer, lease.token, settled)
    return len(claimed) + len(merged) - back, ready


def _proved(
    writer: Session, carried: Mapping[int, Sequence[DueNotice]], now: datetime
) -> dict[int, DueNotice]:
    every = {notice.id: notice for load in carried.values() for notice in load}
    true, untrue = prove(writer, list(every.values()), now)
    notices.supersede(writer, untrue)
    return {notice.id: notice for notice in true}


class _Context:
    """What is known of the devices and accounts of some deliveries."""

    def __init__(self, writer: Session, claimed: Sequence[Claimed]) -> None:
        accounts = {delivery.account_id for delivery in claimed}
        devices = [delivery.subscription_id for delivery in claimed]
        self.devices = outbox.subscriptions(writer, devices)
        self._preferences = telling.preferences_of(writer, accounts)
        self._unread = outbox.unread_counts(writer, accounts)

    def ready(self, delivery: Claimed, device: PushSubscription, useful: list[DueNotice]) -> Ready:
        account_id = delivery.account_id
        preference = self._preferences.get(account_id)
        return Ready(delivery, device, useful, preference, self._unread.get(account_id, 0))


def _settlement(delivery: Claimed, state: str, at: datetime) -> Settlement:
    """Settled at that instant, or due again then."""
    settled_at = None if state == PENDING else at
    return Settlement(delivery.id, state, delivery.attempts, at, settled_at)
