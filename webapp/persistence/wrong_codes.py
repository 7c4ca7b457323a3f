"""Wrong codes and passwords, counted by an opaque source."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.persistence.tables import WrongCode


def add(writer: Session, source_hash: bytes, at: datetime) -> int:
    """Count one wrong try; returns its id."""
    found = WrongCode(source_hash=source_hash, tried_at=at)
    writer.add(found)
    writer.flush()
    return found.id


def forget(writer: Session, wrong_code_id: int) -> None:
    """Take one try back: it was right after all."""
    writer.execute(delete(WrongCode).where(WrongCode.id == wrong_code_id))


def tries_since(
    reader: Session, source_hash: bytes, since: datetime
) -> tuple[int, datetime | None]:
    """How often this source was wrong since an instant, and when last."""
    row = reader.execute(
        select(func.count(), func.max(WrongCode.tried_at)).where(
            WrongCode.source_hash == source_hash, WrongCode.tried_at > since
        )
    ).one()
    return row[0], row[1]


def all_since(reader: Session, since: datetime) -> int:
    """How many wrong tries the whole clinic has seen since an instant."""
    count = select(func.count()).select_from(WrongCode).where(WrongCode.tried_at > since)
    return reader.scalar(count) or 0
