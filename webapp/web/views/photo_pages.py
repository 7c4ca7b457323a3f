"""One photo: looked at, described, shared, marked, thrown away and brought back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp.domain.photo_access import Act
from webapp.domain.photos import Zone
from webapp.services import photo_keeping, photos
from webapp.services.photo_keeping import UnreadableNoteError
from webapp.services.photos import PhotoItem
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.photos import DELETE_WORD, DeleteForm, DescribeForm
from webapp.web.forms.texts import UNREADABLE, errors_of
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.photo_door import photo_staff_only
from webapp.web.presenters.photo_page import delete_page, photo_page
from webapp.web.presenters.photo_timeline import photos_url
from webapp.web.presenters.photo_words import zone_options
from webapp.web.views.photo_desk import album_of

blueprint = Blueprint("photo_pages", __name__)
ADDRESS = "/staff/photos/<public_id>"


@blueprint.get(ADDRESS)
@photo_staff_only
def show(public_id: str) -> ResponseReturnValue:
    item = photos.one(signed_in(), public_id)
    form = DescribeForm(data={"zone": item.row.zone, "note": item.row.note})
    return _page(item, form)


@blueprint.post(f"{ADDRESS}/describe")
@photo_staff_only
def describe(public_id: str) -> ResponseReturnValue:
    item = photos.one(signed_in(), public_id, Act.DESCRIBE)
    form = DescribeForm(request.form)
    if not form.validate():
        return _page(item, form, errors_of(form)), 422
    words = Zone(form.zone.data or ""), form.note.data or ""
    try:
        photo_keeping.describe(collaborators(), signed_in(), public_id, words)
    except UnreadableNoteError:
        return _page(item, form, [{"field": "note", "words": _(UNREADABLE)}]), 422
    say("good", _("Saved."), role="status")
    return _to(public_id)


@blueprint.post(f"{ADDRESS}/share")
@photo_staff_only
def share(public_id: str) -> Response:
    if request.form.get("is_on") == "yes":
        photo_keeping.share(collaborators(), signed_in(), [public_id])
        say("good", _("Shared. The client is told."), role="status")
    else:
        photo_keeping.unshare(collaborators(), signed_in(), [public_id])
        say("good", _("Taken back. The client does not see it any more."), role="status")
    return _to(public_id)


@blueprint.post(f"{ADDRESS}/mark")
@photo_staff_only
def mark(public_id: str) -> Response:
    is_on = request.form.get("is_on") == "yes"
    photo_keeping.mark(collaborators(), signed_in(), public_id, is_on)
    words = _("It stands on the board for the artist.") if is_on else _("Off the artist’s list.")
    say("good", words, role="status")
    return _to(public_id)


@blueprint.route(f"{ADDRESS}/delete", methods=["GET", "POST"])
@photo_staff_only
def delete(public_id: str) -> ResponseReturnValue:
    row = photos.one(signed_in(), public_id, Act.BIN).row
    form = DeleteForm(request.form)
    if request.method == "POST" and form.validate():
        photo_keeping.put_in_bin(collaborators(), signed_in(), public_id)
        say("good", _("It lies in the bin, and can be restored for 30 days."), role="status")
        return redirect(photos_url(row.client_id), 303)
    album = album_of(photos.gallery(collaborators(), signed_in(), row.client_id))
    page, code = delete_page(row, album, _(DELETE_WORD)), 422 if form.errors else 200
    return render("staff/photo_delete.html", page=page, form=form, errors=errors_of(form)), code


@blueprint.post(f"{ADDRESS}/restore")
@photo_staff_only
def restore(public_id: str) -> Response:
    photo_keeping.restore(collaborators(), signed_in(), public_id)
    say("good", _("Restored, as it was."), role="status")
    return _to(public_id)


def _to(public_id: str) -> Response:
    return redirect(url_for("photo_pages.show", public_id=public_id), 303)


def _page(item: PhotoItem, form: DescribeForm, errors: Any = ()) -> str:
    album = album_of(photos.gallery(collaborators(), signed_in(), item.row.client_id))
    return render(
        "staff/photo.html",
        page=photo_page(item, album),
        form=form,
        errors=errors,
        zones=zone_options(),
    )
