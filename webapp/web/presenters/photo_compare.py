"""Two photos of one part of the head, an earlier and a later one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from webapp.domain.photos import PhotoState
from webapp.services.errors import NotFoundError
from webapp.services.photos import Gallery, PhotoRow
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.gallery import TO_COMPARE
from webapp.web.presenters.photo_labels import (
    Looking,
    Picture,
    occasion,
    picture,
    shown,
    taken_on,
    zones_of,
)
from webapp.web.presenters.photo_words import zone_name


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for: a part of the head and two photos, or '' for each."""

    zone: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two: its picture, what it is called, and when it was taken."""

    picture: Picture
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything the page says; `halves` is empty where there are not two photos to compare."""

    title: str
    lead: str
    back_href: str
    tabs: list[dict[str, Any]]
    halves: list[Half]
    options: list[tuple[str, str]]
    chosen: tuple[str, str]
    zone: str
    show_href: str
    is_veiled: bool


def present_compare(found: Gallery, wanted: Wanted, looking: Looking) -> ComparePage:
    """Word the comparison: what is not named is the first and the newest photo of the part.

    Raises NotFoundError where a photo is named that this client does not meet.
    """
    rows = [item.row for item in reversed(found.photos) if item.row.state != PhotoState.MISSING]
    zone = wanted.zone or _zone_of(rows, wanted) or _fullest(rows)
    alike = [row for row in rows if row.zone == zone]
    pair = _pair(alike, wanted) if len(alike) >= TO_COMPARE else []
    chosen = (pair[0].public_id, pair[1].public_id) if pair else ("", "")
    named: dict[str, Any] = {"zone": zone, "first": chosen[0], "second": chosen[1]}
    return ComparePage(
        title=zone_name(zone) if zone else _("Compare"),
        lead=_apart(pair) if pair else "",
        back_href=url_for("gallery.show", **shown(looking.is_veiled)),
        tabs=_tabs(found, zone, looking),
        halves=_halves(pair, looking),
        options=[(row.public_id, _option(row, looking)) for row in alike],
        chosen=chosen,
        zone=zone,
        show_href=url_for("photo_compare.show", **named, **shown(is_veiled=False)),
        is_veiled=looking.is_veiled,
    )


def _zone_of(rows: Sequence[PhotoRow], wanted: Wanted) -> str:
    named = {wanted.first, wanted.second}
    return next((row.zone for row in rows if row.public_id in named), "")


def _fullest(rows: Sequence[PhotoRow]) -> str:
    """The part of the head of which there are most photos."""
    zones = [row.zone for row in rows]
    return max(zones, key=zones.count, default="")


def _pair(alike: Sequence[PhotoRow], wanted: Wanted) -> list[PhotoRow]:
    """An earlier photo and a later one, whichever of them was named first."""
    known = {row.public_id: row for row in alike}
    if {wanted.first, wanted.second} - {"", *known}:
        raise NotFoundError
    first, second = known.get(wanted.first), known.get(wanted.second)
    if first is None:
        first = alike[0] if second is not alike[0] else alike[-1]
    if second is None or second is first:
        second = alike[-1] if first is not alike[-1] else alike[0]
    return sorted([first, second], key=alike.index)


def _apart(pair: Sequence[PhotoRow]) -> str:
    days = (pair[1].taken_at - pair[0].taken_at).days
    return ngettext("%(num)s day lies between them", "%(num)s days lie between them", days)


def _halves(pair: Sequence[PhotoRow], looking: Looking) -> list[Half]:
    names = (_("Earlier"), _("Later"))
    return [
        Half(picture(row, looking), name, taken_on(row, looking))
        for name, row in zip(names, pair, strict=False)
    ]


def _option(row: PhotoRow, looking: Looking) -> str:
    return _("%(date)s, %(occasion)s", date=taken_on(row, looking), occasion=occasion(row))


def _tabs(found: Gallery, zone: str, looking: Looking) -> list[dict[str, Any]]:
    zones = zones_of(found.photos)
    if len(zones) < TO_COMPARE:
        return []
    return [
        {
            "words": zone_name(one),
            "href": url_for("photo_compare.show", zone=one, **shown(looking.is_veiled)),
            "is_current": one == zone,
        }
        for one in zones
    ]
