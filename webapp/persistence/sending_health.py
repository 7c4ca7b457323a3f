"""How all sending stands: what is due, and what became of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.persistence.notices import PLANNED
from webapp.persistence.tables import Delivery, Notice, PushOrigin

UNSETTLED = ("pending", "claimed")
# A settled delivery was due, or its lease ran, until about when it was settled: so the index by
# state and due instant finds it.
LEASE_SPAN = timedelta(days=1)


class OriginRow(NamedTuple):
    """A push service by its origin, with how many devices it lost or since when it refuses us."""

    origin: str
    gone: int = 0
    refused_at: datetime | None = None


def oldest_due(reader: Session, now: datetime) -> datetime | None:
    """Since when the oldest notice or delivery waits that ought to have gone out by now."""
    notice = select(func.min(Notice.due_at)).where(Notice.state == PLANNED, Notice.due_at <= now)
    waiting = [reader.scalar(notice)]
    for unsettled in UNSETTLED:
        oldest = select(func.min(Delivery.due_at)).where(Delivery.state == unsettled)
        waiting.append(reader.scalar(oldest.where(Delivery.due_at <= now)))
    return min(filter(None, waiting), default=None)


def settled_since(reader: Session, states: Sequence[str], since: datetime) -> dict[str, int]:
    """How many deliveries were settled as each of these states."""
    rows = reader.execute(
        select(Delivery.state, func.count())
        .where(
            Delivery.state.in_(states),
            Delivery.due_at >= since - LEASE_SPAN,
            Delivery.settled_at >= since,
        )
        .group_by(Delivery.state)
    )
    return {name: count for name, count in rows}


def gone_since(reader: Session, since: datetime) -> list[OriginRow]:
    """How many devices each push service told us are gone, the most first."""
    count = func.count()
    rows = reader.execute(
        select(Delivery.origin, count)
        .where(
            Delivery.state == "gone",
            Delivery.due_at >= since - LEASE_SPAN,
            Delivery.settled_at >= since,
        )
        .group_by(Delivery.origin)
        .order_by(count.desc(), Delivery.origin)
    )
    return [OriginRow(origin, gone) for origin, gone in rows]


def refused(reader: Session) -> list[OriginRow]:
    """The push services that refuse our credentials."""
    rows = reader.execute(
        select(PushOrigin.origin, PushOrigin.refused_at)
        .where(PushOrigin.refused_at.is_not(None))
        .order_by(PushOrigin.origin)
    )
    return [OriginRow(origin, refused_at=refused_at) for origin, refused_at in rows]
