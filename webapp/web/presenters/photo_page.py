"""One photo as the staff see it, and what may be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from webapp.domain.photo_access import Act
from webapp.domain.photos import ConsentKind, PhotoState
from webapp.services.photos import PhotoItem, PhotoRow
from webapp.web.language import gettext as _
from webapp.web.presenters.course_sessions import session_name
from webapp.web.presenters.photo_timeline import Album, moment_of, photos_url, picture_src
from webapp.web.presenters.photo_words import state_words, zone_name

Parts = dict[str, Any]


def photo_page(item: PhotoItem, album: Album) -> Parts:
    """Values of staff/photo.html."""
    row, words = item.row, moment_of(item.row, album)[0]
    kind, state = state_words(row.state)
    return {
        "title": zone_name(row.zone),
        "lead": _("%(name)s · %(when)s", name=album.client.name, when=words),
        "back_href": photos_url(album.client.id),
        "src": picture_src(row.public_id),
        "alt": _("%(part)s, %(day)s", part=zone_name(row.zone), day=words),
        "size": (row.width, row.height),
        "is_missing": row.state == PhotoState.MISSING,
        "is_waiting": row.state == PhotoState.ARRIVED,
        "state": {"kind": kind, "words": state} if state else None,
        "facts": _facts(row, album),
        "compare_href": photos_url(album.client.id, "compare", a=row.public_id),
        "switches": _switches(item, album),
        "describe_action": photo_url(row, "describe"),
        "download_href": photo_url(row, "download"),
        "delete_href": photo_url(row, "delete"),
        **neighbours(row, [one.row for one in album.gallery.photos]),
    }


def photo_url(row: PhotoRow, verb: str) -> str:
    """The address of what is done with a photo."""
    view = "photo_files" if verb == "download" else "photo_pages"
    return url_for(f"{view}.{verb}", public_id=row.public_id)


def neighbours(row: PhotoRow, rows: Sequence[PhotoRow]) -> dict[str, str]:
    """The addresses of the newer and the older photo of the same part, as far as there are any."""
    alike = [one for one in rows if one.zone == row.zone]
    place = next(number for number, one in enumerate(alike) if one.id == row.id)
    newer = alike[place - 1] if place else None
    older = alike[place + 1] if place + 1 < len(alike) else None
    return {
        "newer_href": photo_url(newer, "show") if newer else "",
        "older_href": photo_url(older, "show") if older else "",
    }


def _facts(row: PhotoRow, album: Album) -> list[Parts]:
    session = session_name(row.session_number) if row.session_number else _("none")
    sender = (
        _("%(name)s, from home", name=row.uploaded_by) if row.is_from_client else row.uploaded_by
    )
    facts = [(_("Session"), session), (_("Taken by"), sender or _("not known"))]
    return [
        *({"term": term, "value": value} for term, value in facts),
        {"term": _("Shown to others"), "value": _released(row, album)},
    ]


def _released(row: PhotoRow, album: Album) -> str:
    """The client says it, in the app or at the chair."""
    if ConsentKind.MARKETING not in album.gallery.consents:
        return _("no: the client has not agreed")
    return _("yes, released by the client") if row.released_at else _("no: not released")


def _switches(item: PhotoItem, album: Album) -> list[Parts]:
    """What is turned on and off with one tap: forms of one button."""
    row, made = item.row, []
    if Act.SHARE in item.acts:
        made.append(_share_switch(row, album))
    if Act.DESCRIBE in item.acts:
        made.append(_mark_switch(row))
    return made


def _share_switch(row: PhotoRow, album: Album) -> Parts:
    is_on = row.shared_at is not None
    shown = ConsentKind.SHOWN in album.gallery.consents
    on = _("Shared with the client") if shown else _("Shared, but the client has turned it off")
    return {
        "action": photo_url(row, "share"),
        "value": "no" if is_on else "yes",
        "icon": "share",
        "state": on if is_on else _("Not shared"),
        "words": _("Take it back") if is_on else _("Share"),
        "label": _("Share with the client") if not is_on else _("Take it back from the client"),
    }


def _mark_switch(row: PhotoRow) -> Parts:
    is_on = row.marked_at is not None
    return {
        "action": photo_url(row, "mark"),
        "value": "no" if is_on else "yes",
        "icon": "eye",
        "state": _("Waits for the artist") if is_on else _("Not marked"),
        "words": _("Looked at") if is_on else _("Mark for the artist"),
        "label": "",
    }


def delete_page(row: PhotoRow, album: Album, word: str) -> Parts:
    """Values of staff/photo_delete.html."""
    return {
        "title": _("Delete this photo"),
        "lead": _("It disappears at once, from the client’s phone too. Until 30 days have passed "
                  "it lies in the bin and can be restored."),
        "src": picture_src(row.public_id),
        "alt": _("%(part)s, %(day)s", part=zone_name(row.zone), day=moment_of(row, album)[0]),
        "label": _("Type %(word)s", word=word),
        "back_href": photo_url(row, "show"),
    }  # fmt: skip
