"""What a client agrees to concerning photos, with effect at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.people import SignedIn
from webapp.domain.photo_access import may_consent
from webapp.domain.photos import BIN_SPAN, WITHDRAWN_SPAN, ConsentKind
from webapp.persistence import audit, clients, new_courses, photo_consents, photos
from webapp.persistence.database import reading, writing
from webapp.persistence.photo_consents import ConsentRow
from webapp.persistence.photos import PhotoRow
from webapp.persistence.tables import Clinic, PhotoConsent
from webapp.services import photo_notices
from webapp.services.clinic import CLINIC_ID
from webapp.services.errors import NotFoundError
from webapp.services.photos import viewer_of
from webapp.services.ports import Collaborators

__all__ = ["ConsentRow"]


def standing(by: SignedIn, client_id: int) -> frozenset[ConsentKind]:
    """What a client agrees to at present. Raises NotFoundError."""
    _check(by, client_id)
    return photo_consents.standing(reading(), [client_id])[client_id]


def history(by: SignedIn, client_id: int) -> list[ConsentRow]:
    """Everything that was said, the latest first. Raises NotFoundError."""
    _check(by, client_id)
    return photo_consents.history(reading(), client_id)


def say(
    with_: Collaborators, by: SignedIn, client_id: int, switch: tuple[ConsentKind, bool]
) -> None:
    """Turn a switch: by the client, or by whoever treats, for the client at the chair.

    To withdraw "kept" takes every photo away at once: it is locked where the clinic must keep it,
    else erased within a day, and until then it comes back with the consent. Said again, nothing
    changes. Raises NotFoundError.
    """
    _check(by, client_id)
    now, (kind, is_granted) = with_.clock.now(), switch
    with writing() as writer:
        new_courses.hold_client(writer, client_id)
        agreed = photo_consents.standing(writer, [client_id])[client_id]
        if is_granted == (kind in agreed):
            return
        said = PhotoConsent(client_id=client_id, kind=kind.value, is_granted=is_granted)
        said.said_at, said.said_by = now, by.account_id
        photo_consents.add(writer, said)
        word = "granted" if is_granted else "withdrawn"
        about = ("client", client_id)
        audit.record(writer, now, by.account_id, f"photos-{kind.value}-{word}", about)
        if kind is ConsentKind.KEPT:
            _keep_or_not(writer, client_id, is_granted, now)
        if not is_granted:
            photo_notices.withdrawn(writer, client_id, kind)


def must_keep() -> bool:
    """Whether the law obliges the clinic to keep photos."""
    return _must_keep(reading())


def say_must_keep(with_: Collaborators, by: SignedIn, must_keep: bool) -> None:
    """The owner says whether the law obliges the clinic; it counts from the next withdrawal on.
    Raises NotFoundError for anybody else, and before the clinic is set up."""
    now = with_.clock.now()
    with writing() as writer:
        row = writer.get(Clinic, CLINIC_ID)
        if row is None or not by.is_owner:
            raise NotFoundError
        row.must_keep_photos = must_keep
        audit.record(writer, now, by.account_id, "photos-must-be-kept", ("clinic", CLINIC_ID))


def _check(by: SignedIn, client_id: int) -> None:
    is_theirs = may_consent(viewer_of(by), client_id)
    if not is_theirs or clients.read(reading(), client_id) is None:
        raise NotFoundError


def _keep_or_not(writer: Session, client_id: int, is_granted: bool, now: datetime) -> None:
    rows = photos.of_client(writer, client_id)
    if is_granted:
        photos.change(writer, [row.id for row in rows if row.locked_at], locked_at=None)
        back = [row for row in rows if row.erase_at and row.binned_at]
        for row in back:
            _give_back(writer, row)
    elif _must_keep(writer):
        photos.change(writer, [row.id for row in rows], locked_at=now)
    else:
        erase_at = now + WITHDRAWN_SPAN
        soon = [row for row in rows if row.erase_at is None or row.erase_at > erase_at]
        photos.change(writer, [row.id for row in soon if row.binned_at], erase_at=erase_at)
        taken = [row.id for row in soon if row.binned_at is None]
        photos.change(writer, taken, binned_at=now, erase_at=erase_at)


def _give_back(writer: Session, row: PhotoRow) -> None:
    """What the withdrawal took away comes back; what lay in the bin before lies there again."""
    assert row.binned_at
    assert row.erase_at
    if row.erase_at - row.binned_at == WITHDRAWN_SPAN:
        photos.change(writer, [row.id], binned_at=None, erase_at=None)
    else:
        photos.change(writer, [row.id], erase_at=row.binned_at + BIN_SPAN)


def _must_keep(reader: Session) -> bool:
    row = reader.get(Clinic, CLINIC_ID)
    return row is not None and row.must_keep_photos
