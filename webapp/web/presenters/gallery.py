"""A client's own photos: all of them by session and part of the head, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from flask import url_for

from webapp.domain.photo_access import Act
from webapp.domain.photos import ConsentKind
from webapp.services.photo_requests import RequestRow
from webapp.services.photos import Gallery, PhotoItem, PhotoRow
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.photo_labels import (
    ORDER,
    Looking,
    Tile,
    occasion,
    picture,
    shown,
    taken_on,
    tile,
    zones_of,
)
from webapp.web.presenters.photo_words import zone_name
from webapp.web.presenters.photos_asked import Asked, asked_rows

AGREED = {ConsentKind.KEPT, ConsentKind.SHOWN}
TO_COMPARE = 2


class Group(NamedTuple):
    """The photos of one session."""

    title: str
    tiles: list[Tile]


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """Everything the gallery says. `is_discreet` is what the client chose, `is_veiled` how it is
    now."""

    lead: str
    asked: list[Asked]
    tabs: list[dict[str, Any]]
    groups: list[Group]
    compare_href: str
    show_href: str
    is_discreet: bool
    is_veiled: bool
    empty: dict[str, str]


def present_gallery(
    found: Gallery, part: str, looking: Looking, is_discreet: bool, asked: Sequence[RequestRow]
) -> GalleryPage:
    """Word the gallery; `part` is the part of the head that is looked at, or ''."""
    chosen = [item for item in found.photos if part in ("", item.row.zone)]
    count = len(chosen)
    return GalleryPage(
        lead=ngettext("%(num)s photo", "%(num)s photos", count) if count else "",
        asked=asked_rows(asked),
        tabs=_tabs(found, part, looking),
        groups=_groups(chosen, looking),
        compare_href=_compare_href(chosen, looking),
        show_href=_own_href(part, is_veiled=False),
        is_discreet=is_discreet,
        is_veiled=looking.is_veiled,
        empty=_empty(found),
    )


def _own_href(part: str, is_veiled: bool) -> str:
    more: dict[str, Any] = {"zone": part} if part else {}
    return url_for("gallery.show", **more, **shown(is_veiled))


def _tabs(found: Gallery, part: str, looking: Looking) -> list[dict[str, Any]]:
    zones = zones_of(found.photos)
    if len(zones) < TO_COMPARE:
        return []
    names = [("", _("All")), *((zone, zone_name(zone)) for zone in zones)]
    return [
        {
            "words": words,
            "href": _own_href(zone, looking.is_veiled),
            "is_current": zone == part,
        }
        for zone, words in names
    ]


def _compare_href(items: Sequence[PhotoItem], looking: Looking) -> str:
    """Where the photos of the part that has most of them are compared; '' where none has two."""
    counts = {zone: sum(one.row.zone == zone for one in items) for zone in zones_of(items)}
    most = max(counts, key=counts.__getitem__, default="")
    if not most or counts[most] < TO_COMPARE:
        return ""
    return url_for("photo_compare.show", zone=most, **shown(looking.is_veiled))


def _groups(items: Sequence[PhotoItem], looking: Looking) -> list[Group]:
    """By session, or else by day, the newest first; within one by part of the head."""
    groups = []
    for _session, alike in groupby(items, key=lambda item: _session_of(item.row, looking)):
        ordered = sorted(alike, key=lambda item: ORDER[item.row.zone])
        title = _group_title(ordered[0].row, looking)
        groups.append(Group(title, [tile(item.row, looking) for item in ordered]))
    return groups


def _session_of(row: PhotoRow, looking: Looking) -> tuple[object, ...]:
    if row.session_number is not None:
        return row.course_id, row.session_number
    return row.is_from_client, taken_on(row, looking)


def _group_title(row: PhotoRow, looking: Looking) -> str:
    words = occasion(row)
    title = words[:1].upper() + words[1:]
    if row.session_number is not None:
        return title
    return _("%(occasion)s, %(date)s", occasion=title, date=taken_on(row, looking))


def _empty(found: Gallery) -> dict[str, str]:
    """The arguments of components/empty_state.html where there is nothing to see."""
    agreed_to = found.consents >= AGREED
    words = _("When your clinic takes photos and shares them with you, they stand here by session, "
              "and you can lay two of them over each other.")  # fmt: skip
    if not agreed_to:
        words = _("Photos are kept and shown only if you agree. You decide about each by itself, "
                  "and can change your mind at any time.")  # fmt: skip
    return {
        "icon_name": "photo",
        "title": _("No photos yet") if agreed_to else _("Photos are off"),
        "words": words,
        "href": url_for("photo_switches.show"),
        "href_words": _("What I agree to"),
    }


def present_one(item: PhotoItem, looking: Looking, agreed: frozenset[ConsentKind]) -> Any:
    """Values of photos/one.html."""
    row = item.row
    here: dict[str, Any] = {"public_id": row.public_id}
    words = _group_title(row, looking)
    if row.session_number is not None:
        words = _("%(occasion)s, %(date)s", occasion=words, date=taken_on(row, looking))
    return {
        "title": zone_name(row.zone),
        "lead": words,
        "picture": picture(row, looking),
        "is_veiled": looking.is_veiled,
        "back_href": _own_href("", looking.is_veiled),
        "show_href": url_for("gallery.one", **here, **shown(is_veiled=False)),
        "compare_href": url_for(
            "photo_compare.show", zone=row.zone, second=row.public_id, **shown(looking.is_veiled)
        ),
        "download_href": url_for("gallery.download", **here),
        "release": _release(row, agreed, looking) if Act.RELEASE in item.acts else None,
    }


def _release(row: PhotoRow, agreed: frozenset[ConsentKind], looking: Looking) -> dict[str, Any]:
    is_released = row.released_at is not None
    note = _("Nobody outside your clinic sees it.")
    if is_released and ConsentKind.MARKETING in agreed:
        note = _("Your clinic may show this photo to others, without your name.")
    elif is_released:
        note = _("Your general consent is missing, so nobody outside your clinic sees it.")
    return {
        "action": url_for("gallery.release", public_id=row.public_id, **shown(looking.is_veiled)),
        "name": _("Your clinic may show this photo to others"),
        "is_on": is_released,
        "words": note,
        "needs_consent": ConsentKind.MARKETING not in agreed,
    }
