"""The words of photos that staff and clients share: zones, states, and why one is not taken."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.domain.photo_faults import PhotoFault
from webapp.domain.photos import ConsentKind, PhotoState, Zone
from webapp.services.photos import PhotoRow
from webapp.web.language import gettext as _
from webapp.web.language import later

ZONES: Mapping[Zone, str] = {
    Zone.HAIRLINE: later("Hairline"),
    Zone.PARTING: later("Parting"),
    Zone.CROWN: later("Crown"),
    Zone.LEFT: later("Left side"),
    Zone.RIGHT: later("Right side"),
    Zone.BACK: later("Back of the head"),
}
STATES: Mapping[PhotoState, tuple[str, str]] = {
    PhotoState.ARRIVED: ("wait", later("Safe. Its smaller sizes are being made.")),
    PhotoState.FAILED: ("info", later("Safe. It is shown in one size only.")),
    PhotoState.MISSING: ("no", later("The file is missing. Send the same photo again.")),
}
CONSENTS: Mapping[ConsentKind, tuple[str, str]] = {
    ConsentKind.KEPT: (
        later("Keeping photos in the record"),
        later("Without it no photo can be taken or kept."),
    ),
    ConsentKind.SHOWN: (
        later("Showing photos in the app"),
        later("What you share appears on the client’s phone."),
    ),
    ConsentKind.MARKETING: (
        later("Showing photos to others"),
        later("Each photo is released by itself as well."),
    ),
}
FAULTS: Mapping[PhotoFault, str] = {
    PhotoFault.EMPTY: later("This file is empty. Choose it again."),
    PhotoFault.TOO_LARGE: later("This file is larger than 25 MB. Send a smaller one."),
    PhotoFault.TOO_MANY_PIXELS: later(
        "This picture has more than 64 megapixels. Send a smaller one."
    ),
    PhotoFault.NOT_A_PHOTO: later(
        "This is not a photo that we can read. JPEG, PNG, WebP, HEIC and AVIF are taken."
    ),
    PhotoFault.MORE_THAN_A_PHOTO: later(
        "This file holds more than a picture. Take the photo again, or send a screenshot of it."
    ),
    PhotoFault.DAMAGED: later("This photo is damaged. Take it anew, or choose another one."),
    PhotoFault.TOO_HARD: later("This photo could not be read in time. Send a smaller one."),
    PhotoFault.BUSY: later("Many photos arrive just now. Send it again in a moment."),
    PhotoFault.NO_ROOM: later("There is no room for it at present. Tell the owner of the clinic."),
    PhotoFault.UNREACHABLE: later("Photos cannot be stored just now. Send it again in a moment."),
    PhotoFault.NO_CONSENT: later(
        "The client has not agreed that photos are kept. Record the consent first."
    ),
}


def zone_name(zone: str) -> str:
    """`Crown`."""
    return _(ZONES[Zone(zone)])


def zone_options() -> list[tuple[str, str]]:
    """Options of components/select.html and components/choices.html."""
    return [(zone.value, _(words)) for zone, words in ZONES.items()]


def fault_words(fault: PhotoFault) -> str:
    """Why a photo was not taken, and what to do."""
    return _(FAULTS[fault])


def state_words(state: str) -> tuple[str, str]:
    """(kind, words) of a badge; empty where there is nothing to say."""
    kind, words = STATES.get(PhotoState(state), ("", ""))
    return kind, _(words) if words else ""


def download_name(row: PhotoRow) -> str:
    """The name of a saved file: it says nothing of whose head it is."""
    return f"{row.zone}-{row.taken_at:%Y-%m-%d}-{row.id}.jpg"
