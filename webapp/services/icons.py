"""The clinic's icon as a picture."""

from __future__ import annotations

from webapp.domain.icons import PICTURES, icon_drawing
from webapp.services.clinic import ClinicLook
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators


def icon(with_: Collaborators, clinic: ClinicLook, letters: str, picture: str) -> bytes:
    """The picture of this name (see domain/icons.py) as PNG. Raises NotFoundError."""
    if picture not in PICTURES:
        raise NotFoundError
    return with_.icons.draw(icon_drawing(picture, letters, clinic.accent_colour))
