"""Notices and what became of them, for whoever runs the server. No names, no texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from webapp.persistence.notices import PLANNED
from webapp.persistence.tables import (
    Client,
    Delivery,
    DeliveryAttempt,
    DeliveryNotice,
    Notice,
    PushSubscription,
)

LONGEST_NUMBER = 9


class NoticeLine(NamedTuple):
    """A notice without its content. `client` is the client's code, empty for staff."""

    id: int
    client: str
    kind: str
    session_number: int | None
    at: datetime
    due_at: datetime
    state: str
    told_at: datetime | None
    is_inbox_only: bool
    read_at: datetime | None


class DeliveryLine(NamedTuple):
    """A delivery that carried a notice."""

    id: int
    notice_id: int
    origin: str
    state: str
    due_at: datetime
    attempts: int
    settled_at: datetime | None


class AttemptLine(NamedTuple):
    """One try of a delivery."""

    delivery_id: int
    at: datetime
    outcome: str
    status_class: str
    milliseconds: int


_LINE = (
    Notice.id,
    func.coalesce(Client.code, ""),
    Notice.kind,
    Notice.session_number,
    Notice.at,
    Notice.due_at,
    Notice.state,
    Notice.told_at,
    Notice.is_inbox_only,
    Notice.read_at,
)


def due_lines(reader: Session, until: datetime, most: int) -> list[NoticeLine]:
    """The planned notices that fall due until then, in that order."""
    rows = reader.execute(
        select(*_LINE)
        .outerjoin(Client, Client.account_id == Notice.account_id)
        .where(Notice.state == PLANNED, Notice.due_at <= until)
        .order_by(Notice.due_at, Notice.id)
        .limit(most)
    )
    return [NoticeLine._make(row) for row in rows]


def account_of(reader: Session, client: str) -> int | None:
    """The account of a client, named by code or number."""
    is_number = client.isascii() and client.isdigit() and len(client) <= LONGEST_NUMBER
    number = int(client) if is_number else 0
    named = or_(Client.code == client.upper(), Client.id == number)
    return reader.scalar(select(Client.account_id).where(named).limit(1))


def lines_of(reader: Session, account_id: int) -> list[NoticeLine]:
    """Every notice of an account, in order of its instant."""
    rows = reader.execute(
        select(*_LINE)
        .outerjoin(Client, Client.account_id == Notice.account_id)
        .where(Notice.account_id == account_id)
        .order_by(Notice.at, Notice.id)
    )
    return [NoticeLine._make(row) for row in rows]


def deliveries_of(reader: Session, notice_ids: Sequence[int]) -> list[DeliveryLine]:
    """The deliveries that carried these notices."""
    rows = reader.execute(
        select(
            Delivery.id,
            DeliveryNotice.notice_id,
            Delivery.origin,
            Delivery.state,
            Delivery.due_at,
            Delivery.attempts,
            Delivery.settled_at,
        )
        .join(DeliveryNotice, DeliveryNotice.delivery_id == Delivery.id)
        .where(DeliveryNotice.notice_id.in_(notice_ids))
        .order_by(Delivery.id)
    )
    return [DeliveryLine._make(row) for row in rows]


def attempts_of(reader: Session, delivery_ids: Sequence[int]) -> list[AttemptLine]:
    """What was tried for these deliveries, in order of time."""
    rows = reader.execute(
        select(
            DeliveryAttempt.delivery_id,
            DeliveryAttempt.at,
            DeliveryAttempt.outcome,
            DeliveryAttempt.status_class,
            DeliveryAttempt.milliseconds,
        )
        .where(DeliveryAttempt.delivery_id.in_(delivery_ids))
        .order_by(DeliveryAttempt.id)
    )
    return [AttemptLine._make(row) for row in rows]


def devices_by_key(reader: Session) -> dict[str, int]:
    """How many subscriptions were made with each of our keys."""
    rows = reader.execute(
        select(PushSubscription.key_id, func.count()).group_by(PushSubscription.key_id)
    )
    return {key_id: count for key_id, count in rows}
