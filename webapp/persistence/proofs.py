"""Welcomes and tests: notices that prove to somebody that one device receives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.notices import ENGINE_VERSION, NoticeKind
from webapp.persistence.notices import PLANNED
from webapp.persistence.tables import Delivery, DeliveryNotice, Notice

# After that, a proof would rather puzzle than prove.
PROOF_SPAN = timedelta(minutes=10)


class FoundProof(NamedTuple):
    """A proof as stored: the notice's state, and the state and end of each of its deliveries."""

    state: str
    subscription_id: int
    planned_at: datetime
    expires_at: datetime
    deliveries: Sequence[tuple[str, datetime | None]]


def add(
    writer: Session, account_id: int, kind: NoticeKind, subscription_id: int, at: datetime
) -> int:
    """A proof for one device, due at once; returns the notice's id. Asked for twice in a second,
    it is the same."""
    key = f"{account_id}/-/{kind}/{subscription_id}/{int(at.timestamp())}"
    same = writer.scalar(select(Notice.id).where(Notice.dedup_key == key))
    if same is not None:
        return same
    row = Notice(
        dedup_key=key,
        account_id=account_id,
        kind=kind,
        at=at,
        due_at=at,
        expires_at=at + PROOF_SPAN,
        state=PLANNED,
        content={"subscription_id": subscription_id},
        course_version=0,
        engine_version=ENGINE_VERSION,
        planned_at=at,
    )
    writer.add(row)
    writer.flush()
    return row.id


def newest_test(
    reader: Session, account_id: int, subscription_id: int, since: datetime
) -> int | None:
    """The newest test of one device planned after `since`, or None."""
    rows = reader.execute(
        select(Notice.id, Notice.content)
        .where(
            Notice.account_id == account_id,
            Notice.kind == NoticeKind.TEST,
            Notice.planned_at > since,
        )
        .order_by(Notice.id.desc())
    )
    return next((id_ for id_, told in rows if told["subscription_id"] == subscription_id), None)


def find_test(reader: Session, account_id: int, notice_id: int) -> FoundProof | None:
    """A test that this account asked for, with what became of it."""
    row = reader.scalars(
        select(Notice).where(
            Notice.id == notice_id,
            Notice.account_id == account_id,
            Notice.kind == NoticeKind.TEST,
        )
    ).one_or_none()
    if row is None:
        return None
    deliveries = reader.execute(
        select(Delivery.state, Delivery.settled_at)
        .join(DeliveryNotice, DeliveryNotice.delivery_id == Delivery.id)
        .where(DeliveryNotice.notice_id == notice_id)
    )
    device = row.content["subscription_id"]
    found = [(state, settled_at) for state, settled_at in deliveries]
    return FoundProof(row.state, device, row.planned_at, row.expires_at, found)
