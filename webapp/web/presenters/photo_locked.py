"""Photos that are locked: kept because the law obliges the clinic, and seen with a reason only."""

from __future__ import annotations

from typing import Any

from flask import url_for

from webapp.services.photos import PhotoRow
from webapp.web.language import gettext as _
from webapp.web.presenters.photo_timeline import Album, moment_of, photos_url
from webapp.web.presenters.photo_words import zone_name


def locked_page(album: Album) -> dict[str, Any]:
    """Values of staff/photo_locked.html."""
    return {
        "title": _("Locked photos"),
        "lead": album.client.name,
        "back_href": photos_url(album.client.id),
        "rows": [_row(one.row, album) for one in album.gallery.photos],
    }


def _row(row: PhotoRow, album: Album) -> dict[str, str]:
    part, taken = zone_name(row.zone), moment_of(row, album)[0]
    return {
        "field": f"reason-{row.id}",
        "title": part,
        "detail": _("Taken %(when)s", when=taken),
        "action": url_for("photo_owner.unlock", public_id=row.public_id),
        "label": _("Look at it: %(part)s, %(when)s", part=part, when=taken),
    }


def opened_page(row: PhotoRow, album: Album) -> dict[str, Any]:
    """Values of staff/photo_opened.html."""
    part, taken = zone_name(row.zone), moment_of(row, album)[0]
    return {
        "title": part,
        "lead": _("%(name)s · %(when)s", name=album.client.name, when=taken),
        "back_href": url_for("photo_owner.locked", client_id=album.client.id),
        "src": f"{url_for('photo_owner.opened', public_id=row.public_id)}/",
        "alt": _("%(part)s, %(day)s", part=part, day=taken),
        "size": (row.width, row.height),
    }
