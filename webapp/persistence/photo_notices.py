"""Notices about photos: at most one of a kind waits for an account at a time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.notices import NoticeKind, PlannedNotice
from webapp.persistence import notices
from webapp.persistence.notices import PLANNED, SUPERSEDED, PlannedFor
from webapp.persistence.tables import Client, Notice, Photo


class Waiting(NamedTuple):
    """A planned notice: its id, and the instant (UTC) that it speaks of."""

    id: int
    at: datetime


def waiting(reader: Session, account_id: int, kind: NoticeKind) -> list[Waiting]:
    """What of a kind is planned for an account and not told yet."""
    rows = select(Notice.id, Notice.at).where(
        Notice.account_id == account_id, Notice.kind == kind.value, Notice.state == PLANNED
    )
    return [Waiting(*row) for row in reader.execute(rows.order_by(Notice.at))]


def plan(writer: Session, notice: PlannedNotice, whose: PlannedFor) -> None:
    """Plan a notice; one that was taken back in the same second is planned again."""
    key = notices.dedup_key(notice, whose)
    same = writer.execute(select(Notice.id, Notice.state).where(Notice.dedup_key == key))
    found = same.one_or_none()
    if found is None:
        notices.add(writer, [(notice, whose)])
    elif found.state == SUPERSEDED:
        notices.plan_again(writer, [(found.id, notice, whose)])


def is_shared_since(reader: Session, account_id: int, since: datetime) -> bool:
    """Whether this client has a photo that was shared at `since` or later, and still is."""
    shared = (
        select(Photo.id)
        .join(Client, Client.id == Photo.client_id)
        .where(
            Client.account_id == account_id,
            Photo.shared_at >= since,
            Photo.binned_at.is_(None),
            Photo.locked_at.is_(None),
            Photo.is_from_client.is_(False),
        )
    )
    return reader.scalar(shared.limit(1)) is not None
