"""What staff do with photos: share, note, mark, bin, restore; and what clients release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.people import SignedIn
from webapp.domain.photo_access import Act
from webapp.domain.photos import BIN_SPAN, LONGEST_NOTE, ConsentKind, Zone
from webapp.domain.readable import is_readable
from webapp.persistence import audit, photo_consents, photos
from webapp.persistence.database import reading, writing
from webapp.persistence.photos import PhotoRow
from webapp.persistence.tables import PhotoConsent
from webapp.services import photo_notices
from webapp.services.photos import PhotoItem, found_for, gallery_within, items_of
from webapp.services.ports import Collaborators

LINES_OF_TEXT = "\n\t"
MOST_ON_BOARD = 50


class UnreadableNoteError(ValueError):
    """The note is longer than LONGEST_NOTE or holds signs that cannot be read."""


def share(with_: Collaborators, by: SignedIn, public_ids: Sequence[str]) -> int:
    """Show photos to their client, who is told once; returns how many were not shared before.

    All of them or none. Raises NotFoundError.
    """
    now = with_.clock.now()
    with writing() as writer:
        rows = [found_for(writer, by, one, Act.SHARE).row for one in public_ids]
        return _share(writer, by, rows, now)


def share_session(
    with_: Collaborators, by: SignedIn, client_id: int, session: tuple[int, int]
) -> int:
    """Show every photo of a session, (course id, number), to the client; returns how many are new
    to them. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        found = gallery_within(writer, by, client_id, Act.SHARE)
        rows = [one.row for one in found.photos if _session_of(one.row) == session]
        return _share(writer, by, rows, now)


def unshare(with_: Collaborators, by: SignedIn, public_ids: Sequence[str]) -> None:
    """Take photos out of their client's view at once. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        rows = [found_for(writer, by, one, Act.SHARE).row for one in public_ids]
        photos.change(writer, [row.id for row in rows if row.shared_at], shared_at=None)
        for client_id in {row.client_id for row in rows}:
            photo_notices.unshared(writer, client_id)
        _record(writer, by, "photo-unshared", [row for row in rows if row.shared_at], now)


def describe(with_: Collaborators, by: SignedIn, public_id: str, words: tuple[Zone, str]) -> None:
    """Give a photo its zone and a note. Raises NotFoundError, UnreadableNoteError."""
    zone, note = words[0], words[1].replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE or not is_readable(note, LINES_OF_TEXT):
        raise UnreadableNoteError
    now = with_.clock.now()
    with writing() as writer:
        row = found_for(writer, by, public_id, Act.DESCRIBE).row
        photos.change(writer, [row.id], zone=zone.value, note=note)
        _record(writer, by, "photo-described", [row], now)


def mark(with_: Collaborators, by: SignedIn, public_id: str, is_marked: bool) -> None:
    """Let a photo wait for the artist, or take it off that list. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        row = found_for(writer, by, public_id, Act.DESCRIBE).row
        if is_marked == (row.marked_at is not None):
            return
        photos.change(writer, [row.id], marked_at=now if is_marked else None)
        _record(writer, by, "photo-marked" if is_marked else "photo-looked-at", [row], now)


def waiting_for_artist(by: SignedIn, location_id: int | None = None) -> list[PhotoItem]:
    """Marked photos of one location or of all that this person may see, the oldest first."""
    rows = photos.marked(reading(), location_id, MOST_ON_BOARD)
    return [item for item in items_of(reading(), by, rows) if Act.SEE in item.acts]


def put_in_bin(with_: Collaborators, by: SignedIn, public_id: str) -> datetime:
    """Take a photo away for everybody; returns the instant (UTC) until which it can be restored.

    Raises NotFoundError.
    """
    now = with_.clock.now()
    with writing() as writer:
        row = found_for(writer, by, public_id, Act.BIN).row
        photos.change(writer, [row.id], binned_at=now, erase_at=now + BIN_SPAN)
        photo_notices.unshared(writer, row.client_id)
        _record(writer, by, "photo-binned", [row], now)
    return now + BIN_SPAN


def restore(with_: Collaborators, by: SignedIn, public_id: str) -> None:
    """Take a photo out of the bin, as it was. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        row = found_for(writer, by, public_id, Act.RESTORE).row
        photos.change(writer, [row.id], binned_at=None, erase_at=None)
        _record(writer, by, "photo-restored", [row], now)


def release(with_: Collaborators, by: SignedIn, public_id: str, is_released: bool) -> None:
    """Say whether one photo may be shown to others; it takes the client's general consent too.
    By the client, or by staff for the client at the chair. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        row = found_for(writer, by, public_id, Act.RELEASE).row
        if is_released == (row.released_at is not None):
            return
        photos.change(writer, [row.id], released_at=now if is_released else None)
        said = PhotoConsent(client_id=row.client_id, kind=ConsentKind.MARKETING.value)
        said.photo_id, said.is_granted, said.said_at = row.id, is_released, now
        said.said_by = by.account_id
        photo_consents.add(writer, said)
        action = "photo-released" if is_released else "photo-withheld"
        _record(writer, by, action, [row], now)


def _session_of(row: PhotoRow) -> tuple[int | None, int | None]:
    return row.course_id, row.session_number


def _share(writer: Session, by: SignedIn, rows: Sequence[PhotoRow], now: datetime) -> int:
    new = [row for row in rows if row.shared_at is None]
    photos.change(writer, [row.id for row in new], shared_at=now)
    agreed = photo_consents.standing(writer, {row.client_id for row in new})
    for client_id in agreed:
        if {ConsentKind.KEPT, ConsentKind.SHOWN} <= agreed[client_id]:
            photo_notices.shared(writer, client_id, now)
    _record(writer, by, "photo-shared", new, now)
    return len(new)


def _record(
    writer: Session, by: SignedIn, action: str, rows: Sequence[PhotoRow], now: datetime
) -> None:
    for row in rows:
        audit.record(writer, now, by.account_id, action, ("photo", row.id))
