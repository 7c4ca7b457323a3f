"""Photos as stored: found for a client or an address, added, changed, removed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from webapp.persistence.tables import (
    Account,
    Client,
    Course,
    Photo,
    PhotoOpening,
    PhotoVariant,
    TreatmentSession,
)

NO_SYNC = {"synchronize_session": False}


class PhotoRow(NamedTuple):
    """A photo with whoever uploaded it by name ('' where they are gone). Instants are UTC."""

    id: int
    public_id: str
    client_id: int
    course_id: int | None
    session_number: int | None
    request_id: int | None
    zone: str
    taken_at: datetime
    uploaded_at: datetime
    is_from_client: bool
    key: str
    content_hash: bytes
    size: int
    width: int
    height: int
    state: str
    attempts: int
    shared_at: datetime | None
    released_at: datetime | None
    marked_at: datetime | None
    note: str
    binned_at: datetime | None
    erase_at: datetime | None
    locked_at: datetime | None
    uploaded_by: str


class VariantRow(NamedTuple):
    """A smaller size of a photo, as stored."""

    photo_id: int
    side: int
    format: str
    key: str
    content_hash: bytes
    size: int
    width: int
    height: int


def _rows() -> Select[*tuple[Any, ...]]:
    columns = (getattr(Photo, name) for name in PhotoRow._fields[:-1])
    return select(*columns, func.coalesce(Account.name, "")).outerjoin(
        Account, Account.id == Photo.uploaded_by
    )


def of_client(reader: Session, client_id: int) -> list[PhotoRow]:
    """Every photo of a client, whatever its state, the newest first."""
    rows = _rows().where(Photo.client_id == client_id)
    ordered = rows.order_by(Photo.taken_at.desc(), Photo.id.desc())
    return [PhotoRow(*row) for row in reader.execute(ordered)]


def by_public_id(reader: Session, public_id: str) -> PhotoRow | None:
    return _one(reader, Photo.public_id == public_id)


def by_id(reader: Session, photo_id: int) -> PhotoRow | None:
    return _one(reader, Photo.id == photo_id)


def by_original(reader: Session, client_id: int, original_hash: bytes) -> PhotoRow | None:
    """The photo of this client that came as a file with this SHA-256."""
    return _one(reader, (Photo.client_id == client_id) & (Photo.original_hash == original_hash))


def _one(reader: Session, what: ColumnElement[bool]) -> PhotoRow | None:
    row = reader.execute(_rows().where(what)).one_or_none()
    return None if row is None else PhotoRow(*row)


def has_session(
    reader: Session, client_id: int, course_id: int, session_number: int | None
) -> bool:
    """Whether this course is this client's, and has the session if one is named."""
    found = select(Course.id).where(Course.id == course_id, Course.client_id == client_id)
    if session_number is not None:
        found = found.join(TreatmentSession, TreatmentSession.course_id == Course.id).where(
            TreatmentSession.number == session_number
        )
    return reader.scalar(found.limit(1)) is not None


def marked(reader: Session, location_id: int | None, most: int) -> list[PhotoRow]:
    """Photos that wait for the artist, of one location or of all, the oldest first."""
    waits = (Photo.marked_at.is_not(None), Photo.erase_at.is_(None), Photo.locked_at.is_(None))
    rows = _rows().where(*waits).order_by(Photo.marked_at, Photo.id).limit(most)
    if location_id is not None:
        place = select(Client.id).where(Client.location_id == location_id)
        rows = rows.where(Photo.client_id.in_(place))
    return [PhotoRow(*row) for row in reader.execute(rows)]


def add(writer: Session, photo: Photo) -> int:
    """Store a new photo; returns its id."""
    writer.add(photo)
    writer.flush()
    return photo.id


def change(writer: Session, photo_ids: Collection[int], **values: object) -> None:
    """Give photos other values."""
    if photo_ids:
        row = update(Photo).where(Photo.id.in_(photo_ids))
        writer.execute(row.values(**values).execution_options(**NO_SYNC))


def begin_making(writer: Session, photo_id: int, most: int) -> PhotoRow | None:
    """Count one more try to make the sizes of a photo that has none yet; None where it is not to
    be tried, or not any more."""
    row = (
        update(Photo)
        .where(Photo.id == photo_id, Photo.state == "arrived", Photo.attempts < most)
        .values(attempts=Photo.attempts + 1)
        .returning(Photo.id)
    )
    if writer.execute(row.execution_options(**NO_SYNC)).one_or_none() is None:
        return None
    return by_id(writer, photo_id)


def finish_making(writer: Session, photo_id: int, variants: Sequence[VariantRow]) -> bool:
    """Store the sizes of a photo that still waits for them; False where it does not."""
    waiting = select(Photo.id).where(Photo.id == photo_id, Photo.state == "arrived")
    if writer.scalar(waiting.with_for_update()) is None:
        return False
    writer.execute(delete(PhotoVariant).where(PhotoVariant.photo_id == photo_id))
    writer.execute(insert(PhotoVariant), [row._asdict() for row in variants])
    change(writer, [photo_id], state="ready")
    return True


def variants_of(reader: Session, photo_ids: Collection[int]) -> list[VariantRow]:
    """The sizes of photos, the smallest first."""
    columns = (getattr(PhotoVariant, name) for name in VariantRow._fields)
    rows = select(*columns).where(PhotoVariant.photo_id.in_(photo_ids))
    return [VariantRow(*row) for row in reader.execute(rows.order_by(PhotoVariant.side))]


def remove(writer: Session, photo_ids: Collection[int]) -> list[str]:
    """Remove photos with their sizes; returns the keys of the objects that nothing leads to now."""
    if not photo_ids:
        return []
    sizes = select(PhotoVariant.key).where(PhotoVariant.photo_id.in_(photo_ids))
    masters = select(Photo.key).where(Photo.id.in_(photo_ids))
    keys = [*writer.scalars(sizes), *writer.scalars(masters)]
    for part in (PhotoVariant, PhotoOpening):
        gone = delete(part).where(part.photo_id.in_(photo_ids))
        writer.execute(gone.execution_options(**NO_SYNC))
    writer.execute(delete(Photo).where(Photo.id.in_(photo_ids)).execution_options(**NO_SYNC))
    return keys


def open_locked(writer: Session, opening: PhotoOpening) -> None:
    """Note that a locked photo was opened, and why."""
    writer.add(opening)


def is_open(reader: Session, photo_id: int, account_id: int, since: datetime) -> bool:
    """Whether this account opened a locked photo after `since`."""
    found = select(PhotoOpening.id).where(
        PhotoOpening.photo_id == photo_id,
        PhotoOpening.opened_by == account_id,
        PhotoOpening.opened_at > since,
    )
    return reader.scalar(found.limit(1)) is not None


def look_at_answers(writer: Session, request_id: int) -> None:
    """Take the photos that answer a request off the artist's list."""
    answers = update(Photo).where(Photo.request_id == request_id, Photo.marked_at.is_not(None))
    writer.execute(answers.values(marked_at=None).execution_options(**NO_SYNC))
