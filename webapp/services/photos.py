"""Photos as somebody may meet them: galleries, one photo, its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from webapp.domain.people import SignedIn
from webapp.domain.photo_access import Act, PhotoFacts, Viewer, acts, may_work_with_photos
from webapp.domain.photos import ConsentKind, Format, side_for
from webapp.persistence import audit, clients, photo_consents, photos
from webapp.persistence.database import reading, writing
from webapp.persistence.photos import PhotoRow, VariantRow
from webapp.persistence.tables import PhotoOpening
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators

__all__ = ["PhotoRow"]

LONGEST_REASON = 300
OPENING_SPAN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PhotoItem:
    """A photo, and everything that whoever asked may do with it."""

    row: PhotoRow
    acts: frozenset[Act]


@dataclass(frozen=True, slots=True)
class Gallery:
    """The photos of one client that somebody may meet, the newest first."""

    client_id: int
    consents: frozenset[ConsentKind]
    photos: list[PhotoItem]


@dataclass(frozen=True, slots=True)
class PhotoBytes:
    """A file of a photo. `content_hash` is its SHA-256; `open` gives the bytes piece by piece and
    raises FileNotFoundError, StoreUnreachableError."""

    content_type: str
    size: int
    content_hash: bytes
    open: Callable[[], Iterator[bytes]]


def viewer_of(person: SignedIn) -> Viewer:
    return Viewer(person.role, person.client_id)


def gallery(with_: Collaborators, by: SignedIn, client_id: int) -> Gallery:
    """Staff open a client's photos: one row in the audit. Raises NotFoundError, also for whoever
    may see no photos."""
    if not may_work_with_photos(by.role):
        raise NotFoundError
    found = gallery_within(reading(), by, client_id, Act.SEE)
    _note_opened(with_, by, client_id)
    return found


def mine(with_: Collaborators, person: SignedIn) -> Gallery:
    """A client opens the photos that the clinic shares with them: one row in the audit."""
    if person.client_id is None:
        raise NotFoundError
    found = gallery_within(reading(), person, person.client_id, Act.SEE)
    _note_opened(with_, person, person.client_id)
    return found


def bin_of(by: SignedIn, client_id: int) -> Gallery:
    """What lies in the bin of a client. Raises NotFoundError."""
    if not may_work_with_photos(by.role):
        raise NotFoundError
    return gallery_within(reading(), by, client_id, Act.SEE_BINNED)


def locked_of(by: SignedIn, client_id: int) -> Gallery:
    """What is locked: for the owner, who still has to say why before seeing one."""
    if not by.is_owner:
        raise NotFoundError
    return gallery_within(reading(), by, client_id, Act.SEE_LOCKED)


def one(by: SignedIn, public_id: str, act: Act = Act.SEE) -> PhotoItem:
    """A photo with which this person may do `act`. Raises NotFoundError."""
    return found_for(reading(), by, public_id, act)


def opened(with_: Collaborators, person: SignedIn, public_id: str) -> PhotoItem:
    """A client opens one photo on a page of its own: one row in the audit, as for all of them.
    Raises NotFoundError."""
    item = one(person, public_id)
    _note_opened(with_, person, item.row.client_id)
    return item


def found_for(reader: Session, by: SignedIn, public_id: str, act: Act) -> PhotoItem:
    """The same within a transaction of the caller."""
    row = photos.by_public_id(reader, public_id)
    if row is None:
        raise NotFoundError
    (item,) = items_of(reader, by, [row])
    if act not in item.acts:
        raise NotFoundError
    return item


def items_of(reader: Session, by: SignedIn, rows: Sequence[PhotoRow]) -> list[PhotoItem]:
    """Photos of any clients with what this person may do with each, in the order given."""
    agreed = photo_consents.standing(reader, {row.client_id for row in rows})
    return [_item(by, row, agreed[row.client_id]) for row in rows]


def _item(by: SignedIn, row: PhotoRow, agreed: frozenset[ConsentKind]) -> PhotoItem:
    return PhotoItem(row, acts(viewer_of(by), facts_of(row, agreed)))


def facts_of(row: PhotoRow, agreed: frozenset[ConsentKind]) -> PhotoFacts:
    """What access to a photo depends on."""
    return PhotoFacts(
        row.client_id,
        is_shared=row.shared_at is not None,
        is_binned=row.binned_at is not None,
        is_locked=row.locked_at is not None,
        consents=agreed,
    )


def picture(
    with_: Collaborators, by: SignedIn, public_id: str, wanted: tuple[int, Format]
) -> PhotoBytes:
    """A size of a photo for a page: (longer side in pixels, format), the nearest that is made.

    The gallery's row in the audit stands for it. Until there are sizes, or where there never will
    be, it is the master. Raises NotFoundError.
    """
    row = found_for(reading(), by, public_id, Act.SEE).row
    return _sized(with_, row, wanted)


def unlock(with_: Collaborators, by: SignedIn, public_id: str, reason: str) -> None:
    """The owner says why a locked photo has to be looked at: `locked_picture` gives it to them for
    ten minutes. Raises NotFoundError, ValueError without a reason."""
    why = reason.strip()[:LONGEST_REASON]
    if not why:
        raise ValueError
    now = with_.clock.now()
    with writing() as writer:
        row = found_for(writer, by, public_id, Act.SEE_LOCKED).row
        opening = PhotoOpening(photo_id=row.id, reason=why, opened_at=now, opened_by=by.account_id)
        photos.open_locked(writer, opening)
        audit.record(writer, now, by.account_id, "photo-unlocked", ("photo", row.id))


def locked_picture(
    with_: Collaborators, by: SignedIn, public_id: str, wanted: tuple[int, Format]
) -> PhotoBytes:
    """A size of a locked photo, for the owner who has just said why. Raises NotFoundError."""
    row = found_for(reading(), by, public_id, Act.SEE_LOCKED).row
    since = with_.clock.now() - OPENING_SPAN
    if not photos.is_open(reading(), row.id, by.account_id, since):
        raise NotFoundError
    return _sized(with_, row, wanted)


def download(with_: Collaborators, by: SignedIn, public_id: str) -> PhotoBytes:
    """The master of a photo, to keep: one row in the audit. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        row = found_for(writer, by, public_id, Act.DOWNLOAD).row
        audit.record(writer, now, by.account_id, "photo-downloaded", ("photo", row.id))
    return _master(with_, row)


def gallery_within(reader: Session, by: SignedIn, client_id: int, act: Act) -> Gallery:
    """The photos of a client with which this person may do `act`. Raises NotFoundError where
    there is no such client."""
    if clients.read(reader, client_id) is None:
        raise NotFoundError
    agreed = photo_consents.standing(reader, [client_id])[client_id]
    found = [_item(by, row, agreed) for row in photos.of_client(reader, client_id)]
    return Gallery(client_id, agreed, [item for item in found if act in item.acts])


def _note_opened(with_: Collaborators, by: SignedIn, client_id: int) -> None:
    with writing() as writer:
        now = with_.clock.now()
        audit.record(writer, now, by.account_id, "photos-opened", ("client", client_id))


def _sized(with_: Collaborators, row: PhotoRow, wanted: tuple[int, Format]) -> PhotoBytes:
    side, kind = wanted
    made = [v for v in photos.variants_of(reading(), [row.id]) if v.format == kind]
    nearest = side_for(side, [variant.side for variant in made])
    if nearest is None:
        return _master(with_, row)
    variant = next(variant for variant in made if variant.side == nearest)
    return _bytes(with_, variant, kind)


def _master(with_: Collaborators, row: PhotoRow) -> PhotoBytes:
    return _bytes(with_, row, Format.JPEG)


def _bytes(with_: Collaborators, row: PhotoRow | VariantRow, kind: Format) -> PhotoBytes:
    open_it = partial(with_.objects.stream, row.key)
    return PhotoBytes(kind.content_type, row.size, row.content_hash, open_it)
