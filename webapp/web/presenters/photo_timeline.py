"""The photos of a client as the staff see them: by zone, grouped by session or day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.domain.photo_access import Act
from webapp.domain.photos import ConsentKind, PhotoState, Zone
from webapp.services.clients import ClientFile
from webapp.services.courses import CourseFile
from webapp.services.photo_requests import RequestRow
from webapp.services.photos import Gallery, PhotoItem, PhotoRow
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.course_sessions import Desk, session_name
from webapp.web.presenters.courses import client_url
from webapp.web.presenters.photo_words import ZONES, zone_name
from webapp.web.presenters.times import at_time, iso, long_date, on_date, when

Parts = dict[str, Any]
VIEWS = dict.fromkeys(("add", "add_all", "camera", "receive"), "photo_upload")
VIEWS |= dict.fromkeys(("locked", "export"), "photo_owner")
VIEWS |= {"consents": "photo_consents_desk", "ask": "photo_requests_desk"}
# What is called otherwise where it is shown.
SHOWN = {"consents": "show"}


@dataclass(frozen=True, slots=True)
class Album:
    """What a timeline is told from. `zone` is the time zone of the client's location; `part` the
    part of the head that is looked at, or None for all; `request` narrows it to an answer."""

    client: ClientFile
    gallery: Gallery
    zone: ZoneInfo
    desk: Desk
    part: Zone | None = None
    request: RequestRow | None = None

    @property
    def shown(self) -> list[PhotoItem]:
        rows = self.gallery.photos
        if self.request:
            return [one for one in rows if one.row.request_id == self.request.id]
        return [one for one in rows if self.part in (None, one.row.zone)]


def timeline_page(album: Album) -> Parts:
    """Values of staff/photos.html."""
    client_id = album.client.id
    return {
        "title": _("Photos"),
        "lead": album.client.name,
        "back_href": client_url(client_id),
        "may_take": ConsentKind.KEPT in album.gallery.consents,
        "camera_href": photos_url(client_id, "camera"),
        "add_href": photos_url(client_id, "add"),
        "compare_href": _compare_href(album),
        "tabs": [] if album.request else _tabs(album),
        "groups": _groups(album),
        "is_waiting": any(one.row.state == PhotoState.ARRIVED for one in album.shown),
        "consent": _consent_notice(album),
        "consent_href": photos_url(client_id, "consents"),
        "answer": _answer(album),
        "empty": _empty(album),
    }


def photos_url(client_id: int, verb: str = "show", **more: Any) -> str:
    """The address of a page about a client's photos."""
    return url_for(f"{VIEWS.get(verb, 'photo_desk')}.{SHOWN.get(verb, verb)}",
                   client_id=client_id, **more)  # fmt: skip


def _tabs(album: Album) -> list[Parts]:
    there = {one.row.zone for one in album.gallery.photos}
    if not there:
        return []
    client_id = album.client.id
    every = {"words": _("All"), "href": photos_url(client_id), "is_current": album.part is None}
    return [every] + [
        {
            "words": _(words),
            "href": photos_url(client_id, zone=zone.value),
            "is_current": zone == album.part,
        }
        for zone, words in ZONES.items()
        if zone in there or zone == album.part
    ]


def _groups(album: Album) -> list[Parts]:
    def key(one: PhotoItem) -> tuple[int, int, str]:
        row = one.row
        if row.course_id and row.session_number:
            return row.course_id, row.session_number, ""
        return 0, 0, row.taken_at.astimezone(album.zone).date().isoformat()

    return [_group(album, list(found)) for _key, found in groupby(_together(album, key), key)]


def _together(album: Album, key: Any) -> list[PhotoItem]:
    """The newest first, and what belongs to one session beside each other."""
    newest: dict[Any, int] = {}
    for place, one in enumerate(album.shown):
        newest.setdefault(key(one), place)
    return sorted(album.shown, key=lambda one: newest[key(one)])


def _group(album: Album, found: list[PhotoItem]) -> Parts:
    row = found[0].row
    day = long_date(row.taken_at, album.zone)
    is_session = bool(row.course_id and row.session_number)
    title = session_name(row.session_number or 0) if is_session else day
    count = ngettext("%(num)s photo", "%(num)s photos", len(found))
    detail = _("%(day)s · %(count)s", day=day, count=count) if is_session else count
    return {
        "title": title,
        "detail": detail,
        "share": _share_form(album, found) if is_session else None,
        "photos": [thumb(one.row, album) for one in found],
    }


def _share_form(album: Album, found: Sequence[PhotoItem]) -> Parts | None:
    """Sharing is of a whole session: it is offered where all of it is looked at."""
    unshared = [one for one in found if one.row.shared_at is None and Act.SHARE in one.acts]
    if not unshared or album.part or album.request:
        return None
    row = found[0].row
    return {
        "action": photos_url(album.client.id, "share_session"),
        "fields": {"session": f"{row.course_id}-{row.session_number}"},
        "words": _("Share this session"),
        "label": _("Share the photos of session %(number)s", number=row.session_number),
    }


def thumb(row: PhotoRow, album: Album) -> Parts:
    """Arguments of components/photo_thumb.html."""
    part, day = zone_name(row.zone), on_date(row.taken_at, album.zone, album.desk.now)
    marks = []
    if row.shared_at:
        marks.append(("share", _("shared")))
    if row.marked_at:
        marks.append(("eye", _("marked for the artist")))
    if row.is_from_client:
        marks.append(("user", _("sent by the client")))
    if row.state == PhotoState.ARRIVED:
        marks.append(("clock", _("being prepared")))
    return {
        "href": url_for("photo_pages.show", public_id=row.public_id),
        "src": picture_src(row.public_id),
        "alt": _("%(part)s, %(day)s", part=part, day=day),
        "caption": at_time(row.taken_at, album.zone) if album.part else part,
        "marks": marks,
        "is_missing": row.state == PhotoState.MISSING,
    }


def picture_src(public_id: str) -> str:
    """The address of a picture without its size and ending: `/staff/photos/…/`."""
    return url_for("photo_files.show", public_id=public_id, side=0, ending="jpg")[: -len("0.jpg")]


def _compare_href(album: Album) -> str:
    """Before and now: the oldest and the newest of what is shown, of one part if there are two."""
    rows = [one.row for one in album.shown]
    for newest in rows:
        older = [row for row in rows if row.zone == newest.zone and row is not newest]
        if older:
            pair = {"a": older[-1].public_id, "b": newest.public_id}
            return photos_url(album.client.id, "compare", **pair)
    return ""


def _consent_notice(album: Album) -> Parts | None:
    agreed, name = album.gallery.consents, album.client.name
    if ConsentKind.KEPT not in agreed:
        words = _("%(name)s has not agreed that photos are kept. None can be taken.", name=name)
        return {"kind": "wait", "words": words}
    if ConsentKind.SHOWN not in agreed and album.gallery.photos:
        words = _("%(name)s has not agreed to photos in the app: what you share is not shown.",
                  name=name)  # fmt: skip
        return {"kind": "info", "words": words}
    return None


def _answer(album: Album) -> Parts | None:
    request = album.request
    if request is None:
        return None
    told = _("You asked for: %(part)s.", part=zone_name(request.zone).lower())
    points = [request.words] if request.words else []
    title = _("Sent by %(name)s", name=request.client_name)
    if request.answered_at:
        told = _("%(asked)s It came %(when)s.", asked=told,
                 when=when(request.answered_at, album.zone, album.desk.now))  # fmt: skip
    see = url_for("photo_requests_desk.see", request_id=request.id)
    return {
        "notice": {"kind": "info", "words": told, "points": points, "title": title},
        "see_href": "" if request.seen_at else see,
    }


def _empty(album: Album) -> Mapping[str, str] | None:
    if album.shown:
        return None
    if album.gallery.photos:
        return {
            "title": _("None of this part yet"),
            "words": _("Choose this part in the camera; its last photo then lies over the "
                       "picture, so that the next one shows the same."),
        }  # fmt: skip
    return {
        "title": _("No photos yet"),
        "words": _("Take the same parts before and after each session: side by side they show "
                   "what words cannot. Photos go straight into the record and never into the "
                   "phone’s own gallery."),
    }  # fmt: skip


def moment_of(row: PhotoRow, album: Album) -> tuple[str, str]:
    """When a photo was taken, in words and for machines."""
    return when(row.taken_at, album.zone, album.desk.now), iso(row.taken_at)


def session_options(files: Sequence[CourseFile], album_zone: ZoneInfo, desk: Desk) -> list[Any]:
    """What a photo can belong to: the performed sessions, the newest first, and none."""
    done = [
        (one.ended_at, file.id, one.number)
        for file in files
        for one in file.course.sessions
        if one.is_performed and one.ended_at
    ]
    options = [
        (
            f"{course_id}-{number}",
            _("Session %(number)s, %(day)s", number=number,
              day=on_date(ended_at, album_zone, desk.now)),
        )
        for ended_at, course_id, number in sorted(done, reverse=True)
    ]  # fmt: skip
    return [*options, ("", _("No session: before the first, or in between"))]
