"""What a client reads about a photo: which part of the head, when, and after which session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.domain.photos import PhotoState, Zone
from webapp.services.photos import PhotoItem, PhotoRow
from webapp.web.language import gettext as _
from webapp.web.presenters.photo_words import zone_name
from webapp.web.presenters.times import on_date

ENDING = "320.jpg"
SHOW = "yes"
# The order of the parts of a head, as they are looked at.
ORDER = {zone.value: place for place, zone in enumerate(Zone)}


class Looking(NamedTuple):
    """How somebody looks: by the clock of the clinic's place, now (UTC), and whether pictures are
    blurred (`is_veiled`) until they are tapped."""

    zone: ZoneInfo
    now: datetime
    is_veiled: bool = False


class Picture(NamedTuple):
    """A photo as pages show it. `src` with a slash at its end; the pixels are the master's;
    `side` is the longer one to begin with. `is_missing`: there are no bytes to show."""

    src: str
    alt: str
    width: int
    height: int
    is_missing: bool


class Tile(NamedTuple):
    """One photo of the gallery, as components/photo_tile.html takes it. `shown_href` shows it at
    once, `href` as veiled as this client wants it."""

    picture: Picture
    title: str
    detail: str
    href: str
    shown_href: str


def shown(is_veiled: bool) -> dict[str, Any]:
    """What an address carries so that the pictures behind it are shown at once."""
    return {} if is_veiled else {"show": SHOW}


def tile(row: PhotoRow, looking: Looking) -> Tile:
    shown_href = url_for("gallery.one", public_id=row.public_id, show=SHOW)
    href = url_for("gallery.one", public_id=row.public_id) if looking.is_veiled else shown_href
    words = zone_name(row.zone), taken_on(row, looking)
    return Tile(picture(row, looking), *words, href, shown_href)


def picture(row: PhotoRow, looking: Looking) -> Picture:
    src = url_for("gallery.picture", public_id=row.public_id, side=320, ending="jpg")
    is_missing = row.state == PhotoState.MISSING
    return Picture(src.removesuffix(ENDING), alt(row, looking), row.width, row.height, is_missing)


def alt(row: PhotoRow, looking: Looking) -> str:
    """`Crown, after session 2, Sun 3 May`: what there is to say without seeing it."""
    return ", ".join((zone_name(row.zone), occasion(row), taken_on(row, looking)))


def occasion(row: PhotoRow) -> str:
    """`after session 2`, within a sentence."""
    if row.session_number is not None:
        return _("after session %(number)s", number=row.session_number)
    return _("sent by you") if row.is_from_client else _("taken by your clinic")


def taken_on(row: PhotoRow, looking: Looking) -> str:
    return on_date(row.taken_at, looking.zone, looking.now)


def zones_of(items: Iterable[PhotoItem]) -> list[str]:
    """The parts of the head that these photos show, in the order in which one looks."""
    return sorted({item.row.zone for item in items}, key=ORDER.__getitem__)
