"""The smaller sizes of photos, made in the background: a job each, found again if it is lost."""

from __future__ import annotations

import structlog

from webapp.domain.photo_faults import PhotoRefusedError, StoreFullError, StoreUnreachableError
from webapp.domain.photos import MadePicture, PhotoState
from webapp.persistence import photos
from webapp.persistence.database import writing
from webapp.persistence.photos import PhotoRow, VariantRow
from webapp.services.photo_objects import digest, new_key
from webapp.services.ports import Collaborators

# The job's name.
MAKE = "make-photo-sizes"
# A photo that ended its process so often is left alone.
MOST_ATTEMPTS = 3
log = structlog.get_logger("photos")


def make_sizes(with_: Collaborators, photo_id: int) -> bool:
    """Make the sizes of a photo that has arrived; True where it has them now by this.

    The try is counted before it is made, so that a photo which ends its process is not tried for
    ever. A try that fails is made again by the sweep.
    """
    with writing() as writer:
        row = photos.begin_making(writer, photo_id, MOST_ATTEMPTS)
    if row is None:
        return False
    try:
        made = _made(with_, row)
    except FileNotFoundError:
        _note(photo_id, PhotoState.MISSING)
        return False
    except (PhotoRefusedError, StoreFullError, StoreUnreachableError) as error:
        log.warning("the sizes of a photo cannot be made", photo=photo_id, why=str(error))
        if row.attempts >= MOST_ATTEMPTS:
            _note(photo_id, PhotoState.FAILED)
        return False
    with writing() as writer:
        is_done = photos.finish_making(writer, photo_id, made)
    if not is_done:
        # Removed meanwhile, or another worker was quicker.
        with_.objects.remove([variant.key for variant in made])
    return is_done


def _made(with_: Collaborators, row: PhotoRow) -> list[VariantRow]:
    """The stored sizes. What is stored before something fails is left to the sweep."""
    return [
        _stored(with_, row.id, picture)
        for picture in with_.decoder.variants(with_.objects.read(row.key))
    ]


def _stored(with_: Collaborators, photo_id: int, picture: MadePicture) -> VariantRow:
    key = new_key()
    with_.objects.put(key, picture.data)
    what = (picture.side, picture.format.value, key, digest(picture.data))
    return VariantRow(photo_id, *what, len(picture.data), picture.width, picture.height)


def _note(photo_id: int, state: PhotoState) -> None:
    with writing() as writer:
        photos.change(writer, [photo_id], state=state.value)
