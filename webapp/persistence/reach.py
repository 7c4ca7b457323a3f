"""Whom a push cannot reach, and what lifts for them next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from webapp.domain.notices import NoticeKind
from webapp.persistence.notices import PLANNED
from webapp.persistence.tables import (
    Account,
    Client,
    Course,
    Delivery,
    Location,
    Notice,
    PushSubscription,
    ToldInPerson,
)

# A lift falls due at its instant, or so much later if what caused it can still be taken back.
DELAY_SPAN = timedelta(minutes=5)


class LiftAhead(NamedTuple):
    """A planned lift of a client without a device that works; `at` is UTC."""

    client_id: int
    client_name: str
    phone: str
    account_id: int
    course_id: int
    location_name: str
    zone: str
    at: datetime
    content: dict[str, Any]
    protocol_id: str
    protocol_version: int


class Devices(NamedTuple):
    """What is known of an account's devices: how many may be sent to and when one of them last
    said that it receives, how many cannot be sent to, and whether there ever was a push."""

    working: int = 0
    seen_at: datetime | None = None
    disabled: int = 0
    was_sent_to: bool = False


_AHEAD = (
    Client.id,
    Account.name,
    Client.phone,
    Account.id,
    Course.id,
    Location.name,
    Location.time_zone,
    Notice.at,
    Notice.content,
    Course.protocol_id,
    Course.protocol_version,
)


def lifts_ahead(
    reader: Session, between: tuple[datetime, datetime], opened_since: datetime, location_id: int
) -> list[LiftAhead]:
    """Lifts after the first instant, up to the second, of clients without a device opened since
    `opened_since` whom nobody has told yet; of one location, or of all with 0."""
    wanted = (
        select(*_AHEAD)
        .join(Account, Account.id == Notice.account_id)
        .join(Client, Client.account_id == Account.id)
        .join(Course, Course.id == Notice.course_id)
        .join(Location, Location.id == Course.location_id)
        .where(
            _lifts_in(between), Account.disabled_at.is_(None), ~_receives(opened_since), ~_is_told()
        )
        .order_by(Notice.at, Notice.id)
    )
    if location_id:
        wanted = wanted.where(Course.location_id == location_id)
    return [LiftAhead(*row) for row in reader.execute(wanted)]


def _lifts_in(between: tuple[datetime, datetime]) -> ColumnElement[bool]:
    now, until = between
    return and_(
        Notice.state == PLANNED,
        # Found by index, which knows when it is due.
        Notice.due_at <= until + DELAY_SPAN,
        Notice.kind == NoticeKind.LIFT.value,
        Notice.at > now,
        Notice.at <= until,
    )


def _receives(opened_since: datetime) -> ColumnElement[bool]:
    return exists().where(
        PushSubscription.account_id == Notice.account_id,
        PushSubscription.disabled_at.is_(None),
        PushSubscription.seen_at >= opened_since,
    )


def _is_told() -> ColumnElement[bool]:
    return exists().where(ToldInPerson.client_id == Client.id, ToldInPerson.lifts_at == Notice.at)


def devices_of(reader: Session, account_ids: Collection[int]) -> dict[int, Devices]:
    """What is known of the devices of each of these accounts."""
    found = dict.fromkeys(account_ids, Devices())
    for account_id, is_disabled, count, seen_at in _subscriptions(reader, account_ids):
        known = found[account_id]
        found[account_id] = (
            known._replace(disabled=count)
            if is_disabled
            else known._replace(working=count, seen_at=seen_at)
        )
    sent = select(Delivery.account_id).where(Delivery.account_id.in_(account_ids)).distinct()
    for account_id in reader.scalars(sent):
        found[account_id] = found[account_id]._replace(was_sent_to=True)
    return found


def _subscriptions(reader: Session, account_ids: Collection[int]) -> Iterable[Any]:
    is_disabled = PushSubscription.disabled_at.is_not(None)
    return reader.execute(
        select(
            PushSubscription.account_id,
            is_disabled,
            func.count(),
            func.max(PushSubscription.seen_at),
        )
        .where(PushSubscription.account_id.in_(account_ids))
        .group_by(PushSubscription.account_id, is_disabled)
    )


def is_planned(reader: Session, client_id: int, lifts_at: datetime) -> bool:
    """Whether something is planned to lift for this client at this instant."""
    planned = (
        select(Notice.id)
        .join(Client, Client.account_id == Notice.account_id)
        .where(
            Client.id == client_id,
            Notice.state == PLANNED,
            Notice.kind == NoticeKind.LIFT.value,
            Notice.at == lifts_at,
        )
    )
    return reader.scalar(planned.limit(1)) is not None


def is_told(reader: Session, client_id: int, lifts_at: datetime) -> bool:
    """Whether somebody told this client of what lifts at this instant."""
    told = select(ToldInPerson.id).where(
        ToldInPerson.client_id == client_id, ToldInPerson.lifts_at == lifts_at
    )
    return reader.scalar(told.limit(1)) is not None


def add_told(writer: Session, client_id: int, lifts_at: datetime, by: tuple[int, datetime]) -> None:
    """Note who told the client of what lifts at this instant, and when."""
    told_by, told_at = by
    writer.add(
        ToldInPerson(client_id=client_id, lifts_at=lifts_at, told_by=told_by, told_at=told_at)
    )
