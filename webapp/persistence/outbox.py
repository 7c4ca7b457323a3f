"""The outbox: deliveries are claimed by lease, and settled only by whoever holds the lease."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from webapp.domain.pushes import PushSubscription as Subscription
from webapp.persistence.inbox import is_unread
from webapp.persistence.loading import CLAIMED, PENDING
from webapp.persistence.notices import PLANNED, SUPERSEDED
from webapp.persistence.tables import (
    Course,
    Delivery,
    DeliveryAttempt,
    DeliveryNotice,
    Location,
    Notice,
    PushSubscription,
)
from webapp.persistence.telling import GIVEN, NOTICE_COLUMNS, DueNotice, given

# A lease that ran out is due again by itself.
OPEN = (PENDING, CLAIMED)
_delivery, _link = Delivery.__table__.c, DeliveryNotice.__table__.c
_notice, _course, _place = Notice.__table__.c, Course.__table__.c, Location.__table__.c
_push = PushSubscription.__table__.c


class Claimed(NamedTuple):
    """A delivery that is ours until its lease ends. `expires_at` is UTC."""

    id: int
    account_id: int
    subscription_id: int
    attempts: int
    expires_at: datetime


class Settlement(NamedTuple):
    """What becomes of a claimed delivery. `due_at`: when it is tried again, where it is."""

    id: int
    state: str
    attempts: int
    due_at: datetime
    settled_at: datetime | None


class Attempt(NamedTuple):
    """One request that was begun."""

    delivery_id: int
    at: datetime
    origin: str
    outcome: str
    status_class: str
    milliseconds: int


def due_origins(reader: Session, now: datetime) -> list[str]:
    """The push services that deliveries are due for."""
    due = select(Delivery.origin).where(Delivery.state.in_(OPEN), Delivery.due_at <= now)
    return list(reader.scalars(due.distinct().order_by(Delivery.origin)))


def next_due(reader: Session) -> datetime | None:
    """When the next delivery or notice falls due; it may be past."""
    firsts = [
        reader.scalar(select(func.min(Delivery.due_at)).where(Delivery.state == state))
        for state in OPEN
    ]
    firsts.append(reader.scalar(select(func.min(Notice.due_at)).where(Notice.state == PLANNED)))
    return min((at for at in firsts if at), default=None)


_CLAIM = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(
        _delivery.id.in_(GIVEN),
        _delivery.state.in_(OPEN),
        _delivery.due_at <= bindparam("now"),
    )
    .values(state=CLAIMED, claimed_by=bindparam("holder"), due_at=bindparam("ends_at"))
    .returning(*(_delivery[name] for name in Claimed._fields))
)


def claim(
    writer: Session, origin: str, lease: tuple[datetime, datetime, str], most: int
) -> list[Claimed]:
    """Take due deliveries to one push service; `lease` is (now, its end, who claims)."""
    now, ends_at, claimed_by = lease
    due = (
        select(_delivery.id)
        .where(_delivery.state.in_(OPEN), _delivery.due_at <= now, _delivery.origin == origin)
        .order_by(_delivery.due_at, _delivery.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    # The rows are locked first, and only then written: a claim never waits for another.
    ids = list(writer.scalars(due))
    if not ids:
        return []
    lease_of = {"now": now, "ends_at": ends_at, "holder": claimed_by}
    return sorted(map(Claimed._make, writer.execute(_CLAIM, given(ids) | lease_of)))


def courses_carried(delivery_ids: Collection[int]) -> Select[int | None]:
    """The courses that these deliveries speak of."""
    return (
        select(Notice.course_id)
        .join(DeliveryNotice, DeliveryNotice.notice_id == Notice.id)
        .where(DeliveryNotice.delivery_id.in_(delivery_ids))
    )


_CARRIED = (
    select(_link.delivery_id, *NOTICE_COLUMNS)
    .select_from(DeliveryNotice.__table__)
    .join(Notice.__table__, _notice.id == _link.notice_id)
    .outerjoin(Course.__table__, _course.id == _notice.course_id)
    .outerjoin(Location.__table__, _place.id == _course.location_id)
    # Said as what it is not: SQLite would look for all that is told, by its index, and then
    # for these among them.
    .where(_link.delivery_id.in_(GIVEN), _notice.state.not_in((PLANNED, SUPERSEDED)))
    .order_by(_notice.at, _notice.id)
)


def carried_by(reader: Session, delivery_ids: Collection[int]) -> dict[int, list[DueNotice]]:
    """The notices of each delivery that are still told, in order of time.

    One that was superseded meanwhile is not, nor one that is planned again for later.
    """
    rows = reader.execute(_CARRIED, given(delivery_ids))
    carried: dict[int, list[DueNotice]] = {id_: [] for id_ in delivery_ids}
    for delivery_id, *notice in rows:
        carried[delivery_id].append(DueNotice._make(notice))
    return carried


_SUBSCRIPTIONS = select(_push.id, _push.endpoint, _push.p256dh, _push.auth, _push.key_id).where(
    _push.id.in_(GIVEN), _push.disabled_at.is_(None)
)


def subscriptions(reader: Session, ids: Collection[int]) -> dict[int, Subscription]:
    """Where to send, by subscription id; without those that are gone or disabled."""
    rows = reader.execute(_SUBSCRIPTIONS, given(ids))
    return {id_: Subscription(*rest) for id_, *rest in rows}


_UNREAD = (
    select(_notice.account_id, func.count())
    .where(_notice.account_id.in_(GIVEN), is_unread())
    .group_by(_notice.account_id)
)


def unread_counts(reader: Session, account_ids: Collection[int]) -> dict[int, int]:
    """How many notices each account has not read."""
    rows = reader.execute(_UNREAD, given(account_ids))
    return {account_id: count for account_id, count in rows}


_SETTLED = ("row_id", "new_state", "tries", "next_at", "ended_at")
_SETTLE = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(
        _delivery.id == bindparam("row_id"),
        _delivery.state == CLAIMED,
        _delivery.claimed_by == bindparam("holder"),
    )
    .values(
        state=bindparam("new_state"),
        attempts=bindparam("tries"),
        due_at=bindparam("next_at"),
        settled_at=bindparam("ended_at"),
        claimed_by=None,
    )
)


def settle(writer: Session, claimed_by: str, settlements: Sequence[Settlement]) -> int:
    """Write down what became of deliveries; of those alone that `claimed_by` still holds.

    Returns how many were: a lease that ran out may be somebody else's by now.
    """
    if not settlements:
        return 0
    rows = [
        dict(zip(_SETTLED, settlement, strict=True), holder=claimed_by)
        for settlement in settlements
    ]
    return writer.connection().execute(_SETTLE, rows).rowcount


def log_attempts(writer: Session, attempts: Sequence[Attempt]) -> None:
    """Remember what was tried."""
    if attempts:
        rows = [attempt._asdict() for attempt in attempts]
        writer.execute(insert(DeliveryAttempt.__table__), rows)  # type: ignore[arg-type]


def drop_subscriptions(writer: Session, ids: Collection[int], now: datetime) -> None:
    """Devices that receive no more; what waits for them is told in the inbox alone."""
    writer.execute(
        update(Delivery)
        .where(Delivery.subscription_id.in_(ids), Delivery.state == PENDING)
        .values(state=SUPERSEDED, settled_at=now)
        .execution_options(synchronize_session=False)
    )
    writer.execute(
        delete(PushSubscription)
        .where(PushSubscription.id.in_(ids))
        .execution_options(synchronize_session=False)
    )


def disable_subscriptions(writer: Session, ids: Collection[int], now: datetime) -> None:
    """Devices whose subscription was made with another key than ours."""
    writer.execute(
        update(PushSubscription)
        .where(PushSubscription.id.in_(ids))
        .values(disabled_at=now)
        .execution_options(synchronize_session=False)
    )
