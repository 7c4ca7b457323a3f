"""Two photos side by side, and what lies in the bin."""

from __future__ import annotations

from typing import Any

from flask import url_for

from webapp.services.photos import PhotoRow
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.photo_timeline import (
    Album,
    moment_of,
    photos_url,
    picture_src,
    thumb,
)
from webapp.web.presenters.photo_words import zone_name
from webapp.web.presenters.times import when


def compare_page(album: Album, first: str, second: str) -> dict[str, Any] | None:
    """Values of staff/photo_pair.html; None where one of the two is not there. Without a second
    one it is the oldest of the same part, else whatever there is."""
    rows = [one.row for one in album.gallery.photos]
    found = {row.public_id: row for row in rows}
    before = found.get(first)
    others = [row for row in rows if row is not before]
    if before is None or (second and second not in found):
        return None
    alike = [row for row in others if row.zone == before.zone]
    others = alike + [row for row in others if row not in alike]
    after = found[second] if second else next(iter(alike[::-1] or others), None)
    return {
        "title": _("Compare"),
        "lead": album.client.name,
        "back_href": photos_url(album.client.id),
        "pair": [
            _side(row, album) | {"exchange_href": _exchange_url(album, row, (before, after))}
            for row in _in_time(before, after)
        ],
        "choice_words": _("Beside %(photo)s", photo=_name(before, album)),
        "choices": [
            thumb(row, album) | {"href": _pair_url(album, first, row.public_id)}
            for row in others
            if after is None or row.public_id != after.public_id
        ],
    }


def _in_time(one: PhotoRow, other: PhotoRow | None) -> list[PhotoRow]:
    """The earlier one first, wherever a reader begins."""
    return sorted((row for row in (one, other) if row), key=lambda row: (row.taken_at, row.id))


def _side(row: PhotoRow, album: Album) -> dict[str, Any]:
    words, at = moment_of(row, album)
    return {
        "src": picture_src(row.public_id),
        "alt": _name(row, album),
        "part": zone_name(row.zone),
        "when": words,
        "at": at,
        "href": url_for("photo_pages.show", public_id=row.public_id),
    }


def _name(row: PhotoRow, album: Album) -> str:
    return _("%(part)s, %(day)s", part=zone_name(row.zone), day=moment_of(row, album)[0])


def _exchange_url(album: Album, row: PhotoRow, pair: tuple[PhotoRow, PhotoRow | None]) -> str:
    """Where another photo is chosen in the place of this one: it is the second that changes."""
    first, second = pair
    if second is None or row is second:
        return "#choices"
    return f"{_pair_url(album, second.public_id, first.public_id)}#choices"


def _pair_url(album: Album, first: str, second: str) -> str:
    return photos_url(album.client.id, "compare", a=first, b=second)


def bin_page(album: Album) -> dict[str, Any]:
    """Values of staff/photo_bin.html."""
    count = len(album.gallery.photos)
    return {
        "title": _("Bin"),
        "lead": album.client.name,
        "back_href": photos_url(album.client.id),
        "count": ngettext("%(num)s photo", "%(num)s photos", count),
        "rows": [_binned(one.row, album) for one in album.gallery.photos],
    }


def _binned(row: PhotoRow, album: Album) -> dict[str, str]:
    part, taken = zone_name(row.zone), moment_of(row, album)[0]
    until = when(row.erase_at, album.zone, album.desk.now) if row.erase_at else ""
    return {
        "title": part,
        "detail": _("Taken %(when)s", when=taken),
        "until": _("Erased for good after %(when)s", when=until),
        "action": url_for("photo_pages.restore", public_id=row.public_id),
        "label": _("Restore: %(part)s, %(when)s", part=part, when=taken),
    }
