"""Taking a photo in: bytes first, then its row, so that a half one is never seen.

A process may end after any line. Before the object is stored nothing is left; after it, and before
the row, an object that the sweep removes; after the row, sizes that the sweep has made.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from webapp.domain.people import SignedIn
from webapp.domain.photo_access import Act, acts, may_work_with_photos
from webapp.domain.photo_faults import (
    PhotoFault,
    PhotoRefusedError,
)
from webapp.domain.photos import ConsentKind, MadePicture, PhotoState, Zone, taken_at
from webapp.persistence import (
    audit,
    clients,
    new_courses,
    photo_consents,
    photo_requests,
    photos,
)
from webapp.persistence.database import is_full, reading, writing
from webapp.persistence.photo_requests import RequestRow
from webapp.persistence.photos import PhotoRow
from webapp.persistence.tables import Photo
from webapp.services import photo_notices
from webapp.services.errors import NotFoundError
from webapp.services.photo_making import MAKE
from webapp.services.photo_objects import ID_BYTES, digest, new_key, put
from webapp.services.photos import facts_of, viewer_of
from webapp.services.ports import Collaborators


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """What is said of a photo that is sent. `taken_at` is UTC; without it, now.

    Staff name the course and the session's number if they know them; a client names the open
    request that the photo answers, which decides the rest.
    """

    client_id: int
    zone: Zone
    course_id: int | None = None
    session_number: int | None = None
    taken_at: datetime | None = None
    request_id: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """`is_new` is False where this very file was here already."""

    public_id: str
    is_new: bool


def known(by: SignedIn, client_id: int, original_hash: bytes) -> str | None:
    """The public id of the photo that came as a file with this SHA-256 and that this person may
    meet, or None: what is known need not be sent again. Raises NotFoundError."""
    if not (may_work_with_photos(by.role) or by.client_id == client_id):
        raise NotFoundError
    row = photos.by_original(reading(), client_id, original_hash)
    if row is None or row.state == PhotoState.MISSING:
        return None
    return row.public_id if Act.SEE in _acts(reading(), by, row) else None


def receive(with_: Collaborators, by: SignedIn, new: NewPhoto, stream: BinaryIO) -> Received:
    """Take in one file. The same file of the same client again is the photo that is there, out of
    the bin if whoever sends it may restore it.

    Raises NotFoundError where this person may not send it, and PhotoRefusedError.
    """
    request = _check(reading(), by, new)
    with with_.uploads.taken(stream) as (file, original_hash):
        before = photos.by_original(reading(), new.client_id, original_hash)
        # Nothing is held while a picture is decoded.
        reading().rollback()
        if before and before.state != PhotoState.MISSING and before.binned_at is None:
            return Received(before.public_id, is_new=False)
        _check_open(request)
        master = with_.decoder.master(file)
    arrived = _Arrived(new, original_hash, new_key(), master)
    put(with_, arrived.key, master.data)
    try:
        photo_id, received = _store(with_, by, arrived)
    except Exception as error:
        with_.objects.remove([arrived.key])
        if isinstance(error, OperationalError) and is_full(error):
            raise PhotoRefusedError(PhotoFault.NO_ROOM) from error
        raise
    if photo_id is None:
        with_.objects.remove([arrived.key])
    else:
        with_.jobs.put(MAKE, photo_id)
    return received


class _Arrived(NamedTuple):
    """What came in: what was said of it, the SHA-256 of the file, and the master at its key."""

    new: NewPhoto
    original_hash: bytes
    key: str
    master: MadePicture

    def object(self) -> dict[str, Any]:
        """The columns that lead to the bytes."""
        made = self.master
        size = {"size": len(made.data), "width": made.width, "height": made.height}
        return {
            "key": self.key,
            "content_hash": digest(made.data),
            "state": PhotoState.ARRIVED.value,
            **size,
        }


def _store(with_: Collaborators, by: SignedIn, arrived: _Arrived) -> tuple[int | None, Received]:
    """The row that leads to the stored object; its id is None where another photo stands for it."""
    now, new = with_.clock.now(), arrived.new
    with writing() as writer:
        new_courses.hold_client(writer, new.client_id)
        request = _check(writer, by, new)
        _check_open(request)
        before = photos.by_original(writer, new.client_id, arrived.original_hash)
        if before:
            return _met_again(writer, by, (before, arrived), now)
        row = _row(by, arrived, request, now)
        photo_id = photos.add(writer, row)
        if request:
            photo_requests.change(writer, request.id, answered_at=now)
            photo_notices.answered(writer, request, now)
        audit.record(writer, now, by.account_id, "photo-uploaded", ("photo", photo_id))
        return photo_id, Received(row.public_id, is_new=True)


def _met_again(
    writer: Session, by: SignedIn, both: tuple[PhotoRow, _Arrived], now: datetime
) -> tuple[int | None, Received]:
    before, arrived = both
    received = Received(before.public_id, is_new=False)
    if before.binned_at and Act.RESTORE in _acts(writer, by, before):
        photos.change(writer, [before.id], binned_at=None, erase_at=None)
        audit.record(writer, now, by.account_id, "photo-restored", ("photo", before.id))
    if before.state != PhotoState.MISSING:
        return None, received
    photos.change(writer, [before.id], **arrived.object(), attempts=0)
    audit.record(writer, now, by.account_id, "photo-uploaded", ("photo", before.id))
    return before.id, received


def _row(by: SignedIn, arrived: _Arrived, request: RequestRow | None, now: datetime) -> Photo:
    new = arrived.new
    return Photo(
        public_id=secrets.token_urlsafe(ID_BYTES),
        client_id=new.client_id,
        course_id=request.course_id if request else new.course_id,
        session_number=new.session_number,
        request_id=new.request_id,
        zone=new.zone.value,
        taken_at=taken_at(new.taken_at, now),
        uploaded_at=now,
        uploaded_by=by.account_id,
        is_from_client=not by.is_staff,
        # What a client sends, the client sees.
        shared_at=None if by.is_staff else now,
        marked_at=None if by.is_staff else now,
        original_hash=arrived.original_hash,
        **arrived.object(),
    )


def _check(reader: Session, by: SignedIn, new: NewPhoto) -> RequestRow | None:
    """The request that the photo answers, None where staff send it.

    Raises NotFoundError where this person may not send it, PhotoRefusedError without consent.
    """
    request = None
    if by.is_staff:
        _check_course(reader, by, new)
    else:
        request = _own_request(reader, by, new)
    agreed = photo_consents.standing(reader, [new.client_id])[new.client_id]
    if ConsentKind.KEPT not in agreed:
        raise PhotoRefusedError(PhotoFault.NO_CONSENT)
    return request


def _check_course(reader: Session, by: SignedIn, new: NewPhoto) -> None:
    if not may_work_with_photos(by.role) or new.request_id is not None:
        raise NotFoundError
    if clients.read(reader, new.client_id) is None:
        raise NotFoundError
    if new.course_id is None:
        if new.session_number is not None:
            raise NotFoundError
    elif not photos.has_session(reader, new.client_id, new.course_id, new.session_number):
        raise NotFoundError


def _own_request(reader: Session, by: SignedIn, new: NewPhoto) -> RequestRow:
    is_own = by.client_id is not None and by.client_id == new.client_id
    request = photo_requests.by_id(reader, new.request_id or 0) if is_own else None
    if request is None or request.client_id != by.client_id:
        raise NotFoundError
    return request


def _check_open(request: RequestRow | None) -> None:
    """What was sent for a request before and arrives once more is found before this is asked."""
    if request is not None and not request.may_be_answered:
        raise NotFoundError


def _acts(reader: Session, by: SignedIn, row: PhotoRow) -> frozenset[Act]:
    agreed = photo_consents.standing(reader, [row.client_id])[row.client_id]
    return acts(viewer_of(by), facts_of(row, agreed))
