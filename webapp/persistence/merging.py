"""Several deliveries to one device become one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.persistence.loading import load_on
from webapp.persistence.outbox import Claimed
from webapp.persistence.tables import Delivery, DeliveryNotice


def merge(writer: Session, claimed: Sequence[Claimed]) -> tuple[list[Claimed], list[Claimed]]:
    """One delivery for each device, which takes along what the others carry; and those others.

    There are several after a crash: one that was on its way, and what fell due meanwhile.
    """
    first: dict[int, Claimed] = {}
    into: dict[int, int] = {}
    for one in claimed:
        kept = first.setdefault(one.subscription_id, one)
        if kept.id != one.id:
            into[one.id] = kept.id
            until = max(kept.expires_at, one.expires_at)
            first[one.subscription_id] = kept._replace(expires_at=until)
    if into:
        _hand_over(writer, into)
        _extend(writer, [one for one in first.values() if one.id in into.values()])
    return list(first.values()), [one for one in claimed if one.id in into]


def _hand_over(writer: Session, into: Mapping[int, int]) -> None:
    links = select(DeliveryNotice.delivery_id, DeliveryNotice.notice_id)
    rows = writer.execute(links.where(DeliveryNotice.delivery_id.in_(into)))
    pairs = [(into[delivery_id], notice_id) for delivery_id, notice_id in rows]
    load_on(writer, pairs, set(into.values()))


def _extend(writer: Session, kept: Sequence[Claimed]) -> None:
    for one in kept:
        writer.execute(
            update(Delivery)
            .where(Delivery.id == one.id)
            .values(expires_at=one.expires_at)
            .execution_options(synchronize_session=False)
        )
