"""The clinic's logo, through the same decoder and into the same store as photos."""

from __future__ import annotations

from typing import BinaryIO

from webapp.domain.people import SignedIn
from webapp.domain.photos import Format
from webapp.persistence import audit, logos
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Logo
from webapp.services import clinic_settings
from webapp.services.clinic import CLINIC_ID
from webapp.services.errors import NotFoundError
from webapp.services.photo_objects import digest, new_key, put
from webapp.services.photos import PhotoBytes
from webapp.services.ports import Collaborators

MARK_LENGTH = 12


def current(with_: Collaborators) -> PhotoBytes | None:
    """The logo as PNG, within 512 pixels; None where the clinic has none."""
    row = logos.newest(reading())
    if row is None:
        return None
    key = row.key
    return PhotoBytes(
        Format.PNG.content_type, row.size, row.content_hash, lambda: with_.objects.stream(key)
    )


def mark() -> str:
    """Another text for every logo; '' where the clinic has none."""
    row = logos.newest(reading())
    return row.content_hash.hex()[:MARK_LENGTH] if row else ""


def receive(with_: Collaborators, by: SignedIn, stream: BinaryIO) -> None:
    """Put another logo in place of the present one. Raises NotFoundError for anybody but the
    owner, PhotoRefusedError."""
    if not by.is_owner:
        raise NotFoundError
    with with_.uploads.taken(stream) as (file, _):
        made = with_.decoder.logo(file)
    key = new_key()
    put(with_, key, made.data)
    now = with_.clock.now()
    row = Logo(key=key, content_hash=digest(made.data), size=len(made.data), width=made.width)
    row.height, row.uploaded_at, row.uploaded_by = made.height, now, by.account_id
    with writing() as writer:
        old = logos.remove_all(writer)
        writer.add(row)
        clinic_settings.say_changed(writer)
        audit.record(writer, now, by.account_id, "logo", ("clinic", CLINIC_ID))
    with_.objects.remove(old)


def remove(with_: Collaborators, by: SignedIn) -> None:
    """Go without a logo. Raises NotFoundError for anybody but the owner."""
    if not by.is_owner:
        raise NotFoundError
    with writing() as writer:
        old = logos.remove_all(writer)
        if not old:
            return
        clinic_settings.say_changed(writer)
        now = with_.clock.now()
        audit.record(writer, now, by.account_id, "logo-removed", ("clinic", CLINIC_ID))
    with_.objects.remove(old)
