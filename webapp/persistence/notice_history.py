"""What a client was told and is to be told, and what became of each push."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.domain.notices import PROOFS
from webapp.persistence.notices import PLANNED, TOLD
from webapp.persistence.tables import Course, Delivery, DeliveryNotice, Location, Notice


class HistoryRow(NamedTuple):
    """A notice of a client with the protocol and the zone of its course; instants are UTC."""

    id: int
    kind: str
    at: datetime
    session_number: int | None
    content: dict[str, Any]
    due_at: datetime
    told_at: datetime | None
    is_inbox_only: bool
    read_at: datetime | None
    acknowledged_at: datetime | None
    protocol_id: str | None
    protocol_version: int | None
    zone: str | None


class DeliveryRow(NamedTuple):
    """What became of one push; `due_at` is when it is tried next, while it is."""

    state: str
    due_at: datetime
    settled_at: datetime | None
    attempts: int


def _rows(account_id: int) -> Select[Any]:
    return (
        select(
            Notice.id,
            Notice.kind,
            Notice.at,
            Notice.session_number,
            Notice.content,
            Notice.due_at,
            Notice.told_at,
            Notice.is_inbox_only,
            Notice.read_at,
            Notice.acknowledged_at,
            Course.protocol_id,
            Course.protocol_version,
            Location.time_zone,
        )
        .outerjoin(Course, Course.id == Notice.course_id)
        .outerjoin(Location, Location.id == Course.location_id)
        .where(Notice.account_id == account_id)
    )


def told_to(reader: Session, account_id: int, count: int) -> list[HistoryRow]:
    """What was told last, the newest first."""
    wanted = _rows(account_id).where(
        Notice.state == TOLD, Notice.kind.not_in([kind.value for kind in PROOFS])
    )
    newest = wanted.order_by(Notice.told_at.desc(), Notice.id.desc()).limit(count)
    return [HistoryRow(*row) for row in reader.execute(newest)]


def planned_for(reader: Session, account_id: int, count: int) -> list[HistoryRow]:
    """What is to be told next, the soonest first."""
    wanted = _rows(account_id).where(Notice.state == PLANNED)
    soonest = wanted.order_by(Notice.due_at, Notice.id).limit(count)
    return [HistoryRow(*row) for row in reader.execute(soonest)]


def deliveries_of(reader: Session, notice_ids: Collection[int]) -> dict[int, list[DeliveryRow]]:
    """The pushes that carried each of these notices, in the order in which they were made."""
    found: dict[int, list[DeliveryRow]] = {one: [] for one in notice_ids}
    rows = reader.execute(
        select(
            DeliveryNotice.notice_id,
            Delivery.state,
            Delivery.due_at,
            Delivery.settled_at,
            Delivery.attempts,
        )
        .join(Delivery, Delivery.id == DeliveryNotice.delivery_id)
        .where(DeliveryNotice.notice_id.in_(notice_ids))
        .order_by(Delivery.id)
    )
    for row in rows:
        found[row[0]].append(DeliveryRow(*row[1:]))
    return found
