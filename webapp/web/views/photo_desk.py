"""The photos of a client: the timeline, two side by side, the bin, sharing a session."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from webapp.domain.photos import Zone
from webapp.services import course_choices, photo_keeping, photo_requests, photos
from webapp.services.photo_requests import RequestRow
from webapp.services.photos import Gallery
from webapp.web.context import collaborators, signed_in
from webapp.web.editing import desk
from webapp.web.forms.texts import whole_number
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.page import render, say
from webapp.web.photo_door import photo_staff_only
from webapp.web.presenters.client_access import zone_of
from webapp.web.presenters.photo_pairs import bin_page, compare_page
from webapp.web.presenters.photo_sending import line_values
from webapp.web.presenters.photo_timeline import Album, photos_url, timeline_page
from webapp.web.presenters.photo_ways import ways_of
from webapp.web.views.clients import client_or_404

blueprint = Blueprint("photo_desk", __name__)
ADDRESS = "/staff/clients/<int:client_id>/photos"


@blueprint.get(ADDRESS)
@photo_staff_only
def show(client_id: int) -> ResponseReturnValue:
    found = photos.gallery(collaborators(), signed_in(), client_id)
    album = album_of(found, _part(), _request_of(client_id))
    page = timeline_page(album)
    return render("staff/photos.html", page=page, ways=ways_of(album), line=line_values(album))


@blueprint.get(f"{ADDRESS}/compare")
@photo_staff_only
def compare(client_id: int) -> ResponseReturnValue:
    album = album_of(photos.gallery(collaborators(), signed_in(), client_id))
    first, second = request.args.get("a", ""), request.args.get("b", "")
    if not first:
        return redirect(photos_url(client_id), 303)
    page = compare_page(album, first, second)
    if page is None:
        abort(404)
    return render("staff/photo_pair.html", page=page)


@blueprint.get(f"{ADDRESS}/bin")
@photo_staff_only
def bin_of(client_id: int) -> ResponseReturnValue:
    album = album_of(photos.bin_of(signed_in(), client_id))
    return render("staff/photo_bin.html", page=bin_page(album))


@blueprint.post(f"{ADDRESS}/share")
@photo_staff_only
def share_session(client_id: int) -> ResponseReturnValue:
    course, _dash, number = request.form.get("session", "").partition("-")
    session = whole_number(course), whole_number(number)
    count = photo_keeping.share_session(collaborators(), signed_in(), client_id, session)
    words = ngettext("%(num)s photo is shared.", "%(num)s photos are shared.", count)
    say("good", words if count else _("All of them were shared before."), role="status")
    return redirect(photos_url(client_id), 303)


def album_of(found: Gallery, part: Zone | None = None, asked: RequestRow | None = None) -> Album:
    """What a page of these photos is told from."""
    client = client_or_404(found.client_id)
    zone = zone_of(client, course_choices.locations())
    return Album(client, found, zone, desk(), part, asked)


def _part() -> Zone | None:
    """The part of the head that is looked at; 404 for one that nobody has."""
    wanted = request.args.get("zone", "")
    if wanted and wanted not in list(Zone):
        abort(404)
    return Zone(wanted) if wanted else None


def _request_of(client_id: int) -> RequestRow | None:
    wanted = whole_number(request.args.get("request"))
    if not wanted:
        return None
    rows = photo_requests.of_client(signed_in(), client_id)
    found = next((row for row in rows if row.id == wanted), None)
    return found or abort(404)
