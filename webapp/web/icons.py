"""Where the clinic's icon is found: each address names what it is drawn from, so that browsers
keep it for ever and take a new one when the clinic has another name or colour."""

from __future__ import annotations

import hashlib

from webapp.services.clinic import ClinicLook

# Raised whenever the same letters and colour are drawn in another way.
DRAWING = "2"


def initials(name: str) -> str:
    """One or two letters that stand for a name where no picture does."""
    parts = name.split()
    return "".join(part[0] for part in parts[:2]).upper()


def icon_mark(clinic: ClinicLook) -> str:
    """Another text whenever the clinic's icon looks otherwise."""
    drawn_from = "\0".join((initials(clinic.name), clinic.accent_colour.lower(), DRAWING))
    return hashlib.blake2b(drawn_from.encode(), digest_size=5).hexdigest()


def icon_url(mark: str, picture: str) -> str:
    """The address of a picture of the icon; see domain/icons.py for their names."""
    return f"/icons/{mark}/{picture}.png"
