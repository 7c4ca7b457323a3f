"""Deliveries before they are on their way: what waits for a device, and what it carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from webapp.persistence.tables import Delivery, DeliveryNotice
from webapp.persistence.telling import GIVEN, given

PENDING, CLAIMED = "pending", "claimed"
_delivery = Delivery.__table__.c
_WAITING = (
    select(_delivery.subscription_id, _delivery.id, _delivery.state)
    .where(
        _delivery.subscription_id.in_(GIVEN),
        or_(
            _delivery.state == PENDING,
            and_(_delivery.state == CLAIMED, _delivery.due_at <= bindparam("now")),
        ),
    )
    .with_for_update()
)


def waiting_deliveries(
    writer: Session, subscription_ids: Collection[int], now: datetime
) -> dict[int, int]:
    """The delivery that waits for each subscription and that nobody holds, by subscription."""
    rows = writer.execute(_WAITING, given(subscription_ids) | {"now": now}).all()
    _take_back(writer, [row.id for row in rows if row.state == CLAIMED])
    return {subscription_id: delivery_id for subscription_id, delivery_id, _ in rows}


def _take_back(writer: Session, ids: Collection[int]) -> None:
    """Whoever let a lease run out may still come back, but knows nothing of what is added now."""
    if ids:
        writer.execute(
            update(Delivery)
            .where(Delivery.id.in_(ids))
            .values(state=PENDING, claimed_by=None)
            .execution_options(synchronize_session=False)
        )


# In any order: to have them in the order given, SQLite would be asked once for every row.
_ADD = insert(Delivery.__table__).returning(  # type: ignore[arg-type]
    _delivery.subscription_id, _delivery.id
)


def add_deliveries(writer: Session, rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Store deliveries, at most one a subscription; their ids by subscription."""
    if not rows:
        return {}
    stored = writer.execute(_ADD, [dict(row) for row in rows])
    return {subscription_id: id_ for subscription_id, id_ in stored}


def bring_forward(writer: Session, delivery_id: int, due_at: datetime, until: datetime) -> None:
    """A waiting delivery carries more now: it goes out no later, and is of use no shorter."""
    due, ends = (literal(at, Delivery.due_at.type) for at in (due_at, until))
    writer.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id)
        .values(
            due_at=case((Delivery.due_at > due, due), else_=Delivery.due_at),
            expires_at=case((Delivery.expires_at < ends, ends), else_=Delivery.expires_at),
        )
        .execution_options(synchronize_session=False)
    )


def load_on(
    writer: Session, pairs: Iterable[tuple[int, int]], loaded: Collection[int] = ()
) -> None:
    """Let deliveries carry notices: pairs of (delivery id, notice id).

    `loaded`: the deliveries that carry something already. A notice that was superseded and is
    planned again may be among it.
    """
    links = select(DeliveryNotice.delivery_id, DeliveryNotice.notice_id)
    on_board = links.where(DeliveryNotice.delivery_id.in_(loaded))
    known = {tuple(row) for row in writer.execute(on_board)} if loaded else set()
    rows = [
        {"delivery_id": delivery, "notice_id": notice}
        for delivery, notice in dict.fromkeys(pairs)
        if (delivery, notice) not in known
    ]
    if rows:
        writer.execute(insert(DeliveryNotice.__table__), rows)  # type: ignore[arg-type]
