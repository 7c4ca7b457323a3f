"""What a sweep of photos asks of the rows: what is due, and which objects they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from webapp.domain.photos import PhotoState
from webapp.persistence.tables import Logo, Photo, PhotoSweep, PhotoVariant

THE_ROW = 1
NO_SYNC = {"synchronize_session": False}


def unmade(reader: Session, before: datetime, most_attempts: int, most: int) -> list[int]:
    """Photos that came before then and still wait for their sizes, the oldest first."""
    rows = select(Photo.id).where(
        Photo.state == PhotoState.ARRIVED.value,
        Photo.uploaded_at < before,
        Photo.attempts < most_attempts,
    )
    return list(reader.scalars(rows.order_by(Photo.id).limit(most)))


def give_up(writer: Session, most_attempts: int, before: datetime) -> None:
    """Photos whose sizes were begun so often in vain are tried no more."""
    row = update(Photo).where(
        Photo.state == PhotoState.ARRIVED.value,
        Photo.attempts >= most_attempts,
        Photo.uploaded_at < before,
    )
    writer.execute(row.values(state=PhotoState.FAILED.value).execution_options(**NO_SYNC))


def to_erase(reader: Session, now: datetime, most: int) -> list[int]:
    """Photos whose time in the bin is over; what is locked is not touched."""
    rows = select(Photo.id).where(Photo.erase_at <= now, Photo.locked_at.is_(None))
    return list(reader.scalars(rows.order_by(Photo.id).limit(most)))


def masters(reader: Session) -> dict[str, int]:
    """The key of every photo's master, with the photo's id."""
    return {key: id_ for key, id_ in reader.execute(select(Photo.key, Photo.id))}


def sizes(reader: Session) -> dict[str, int]:
    """The key of every smaller size, with the photo's id."""
    return {
        key: id_ for key, id_ in reader.execute(select(PhotoVariant.key, PhotoVariant.photo_id))
    }


def logos(reader: Session) -> set[str]:
    """The keys of the clinic's logos."""
    return set(reader.scalars(select(Logo.key)))


def hashes(reader: Session) -> dict[str, bytes]:
    """What every object must be, by its key: the SHA-256."""
    tables = (Photo, PhotoVariant, Logo)
    return {
        key: content_hash
        for table in tables
        for key, content_hash in reader.execute(select(table.key, table.content_hash))
    }


def lost_masters(writer: Session, photo_ids: Sequence[int]) -> None:
    """The bytes of these photos are not where they were."""
    row = update(Photo).where(Photo.id.in_(photo_ids))
    writer.execute(row.values(state=PhotoState.MISSING.value).execution_options(**NO_SYNC))


def lost_sizes(writer: Session, photo_ids: Sequence[int]) -> list[str]:
    """These photos lost a size: all their sizes are made again. Returns the keys of the old."""
    keys = select(PhotoVariant.key).where(PhotoVariant.photo_id.in_(photo_ids))
    old = list(writer.scalars(keys))
    gone = delete(PhotoVariant).where(PhotoVariant.photo_id.in_(photo_ids))
    writer.execute(gone.execution_options(**NO_SYNC))
    row = update(Photo).where(
        Photo.id.in_(photo_ids), Photo.state.in_([PhotoState.READY.value, PhotoState.FAILED.value])
    )
    again = row.values(state=PhotoState.ARRIVED.value, attempts=0)
    writer.execute(again.execution_options(**NO_SYNC))
    return old


def swept_at(reader: Session) -> datetime | None:
    """When rows and objects were last compared."""
    return reader.scalar(select(PhotoSweep.swept_at).where(PhotoSweep.id == THE_ROW))


def note_swept(writer: Session, now: datetime, orphans: int, missing: int) -> None:
    """Rows and objects were compared."""
    row = writer.get(PhotoSweep, THE_ROW) or PhotoSweep(id=THE_ROW)
    row.swept_at, row.orphans, row.missing = now, orphans, missing
    writer.add(row)


def count(reader: Session) -> int:
    """How many photos there are."""
    return reader.scalar(select(func.count()).select_from(Photo)) or 0
