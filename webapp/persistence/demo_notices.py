"""The demo clinic's notices of the past: told when they were due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, delete, update
from sqlalchemy.orm import Session

from webapp.domain.notices import NoticeKind, PlannedNotice
from webapp.persistence import notices
from webapp.persistence.notices import TOLD, PlannedFor, dedup_key
from webapp.persistence.tables import Notice


def tell(
    writer: Session, told: Sequence[PlannedNotice], whose: PlannedFor, read_before: datetime
) -> None:
    """Put notices into the inbox, each at its instant; those before `read_before` (UTC) were read,
    if they only had to be read."""
    keys = [dedup_key(notice, whose) for notice in told]
    writer.execute(delete(Notice).where(Notice.dedup_key.in_(keys)))
    notices.add(writer, [(notice, whose) for notice in told])
    is_read = (Notice.at < read_before) & (Notice.kind != NoticeKind.STRICTER.value)
    writer.execute(
        update(Notice)
        .where(Notice.dedup_key.in_(keys))
        .values(
            state=TOLD,
            told_at=Notice.at,
            is_inbox_only=True,
            read_at=case((is_read, Notice.at), else_=None),
        )
    )
