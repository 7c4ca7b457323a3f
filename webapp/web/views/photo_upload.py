"""Photos on their way in: chosen, dropped or taken at the chair; one request each with scripts,
one form without."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError
from webapp.services import courses, photo_uploads, photos
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.photos import PlaceForm, taken_at
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.limits import UPLOAD_LIMIT, limited
from webapp.web.page import render, say
from webapp.web.photo_door import photo_staff_only
from webapp.web.presenters.photo_sending import (
    add_page,
    camera_page,
    file_answer,
    lost_answer,
    refusals,
)
from webapp.web.presenters.photo_timeline import Album, photos_url, session_options
from webapp.web.sent_files import LostOnTheWayError, sent_file, sent_files, shown_name
from webapp.web.views.clients import client_or_404
from webapp.web.views.photo_desk import ADDRESS, album_of

blueprint = Blueprint("photo_upload", __name__)
CAMERA_FOR_US = "camera=(self), geolocation=(), microphone=(), payment=()"


@blueprint.get(f"{ADDRESS}/new")
@photo_staff_only
def add(client_id: int) -> ResponseReturnValue:
    album = album_of(photos.gallery(collaborators(), signed_in(), client_id))
    return _add_page(album, _place_form(album, request.args))


@blueprint.post(f"{ADDRESS}/new")
@limited(UPLOAD_LIMIT)
@photo_staff_only
def add_all(client_id: int) -> ResponseReturnValue:
    album = album_of(photos.gallery(collaborators(), signed_in(), client_id))
    try:
        files = sent_files("photos")
        form = _place_form(album, request.form)
    except RequestEntityTooLarge:
        words = _("Together they are larger than 100 MB. Send fewer at once.")
        return _add_page(album, _place_form(album, {}), [{"field": "photos", "words": words}]), 413
    if not form.validate() or not files:
        none = [] if files else [{"field": "photos", "words": _("Choose at least one photo.")}]
        return _add_page(album, form, [*errors_of(form), *none]), 422
    return _received(album, form, files)


@blueprint.get(f"{ADDRESS}/camera")
@photo_staff_only
def camera(client_id: int) -> ResponseReturnValue:
    album = album_of(photos.gallery(collaborators(), signed_in(), client_id))
    page = camera_page(album, _options(album))
    body = render("staff/photo_camera.html", page=page, form=_place_form(album, request.args))
    # Here alone may a camera be used at all.
    return Response(body, headers={"Permissions-Policy": CAMERA_FOR_US})


@blueprint.post(f"{ADDRESS}/files")
@limited(UPLOAD_LIMIT)
@photo_staff_only
def receive(client_id: int) -> ResponseReturnValue:
    client_or_404(client_id)
    form = PlaceForm(request.args, _session_values(client_id))
    if not form.validate():
        return file_answer(PhotoRefusedError(PhotoFault.DAMAGED))
    try:
        received = photo_uploads.receive(
            collaborators(), signed_in(), _new(client_id, form), sent_file()
        )
    except PhotoRefusedError as refusal:
        return file_answer(refusal)
    except LostOnTheWayError:
        return lost_answer()
    return file_answer(received)


def _received(album: Album, form: PlaceForm, files: list[Any]) -> ResponseReturnValue:
    """Take in what a form brought: each file by itself, so that one does not spoil the others."""
    kept, refused = 0, []
    for file in files:
        try:
            new = _new(album.client.id, form)
            photo_uploads.receive(collaborators(), signed_in(), new, file.stream)
            kept += 1
        except PhotoRefusedError as refusal:
            refused.append((shown_name(file.filename), refusal.fault))
    if kept:
        words = ngettext("%(num)s photo is in the record.", "%(num)s photos are in the record.",
                         kept)  # fmt: skip
        say("good", words, role="status")
    if refused:
        return _add_page(album, form, refusals(refused)), 422
    return redirect(photos_url(album.client.id), 303)


def _new(client_id: int, form: PlaceForm) -> photo_uploads.NewPhoto:
    course_id, number = form.treatment
    taken = taken_at(request.args.get("taken"))
    return photo_uploads.NewPhoto(client_id, form.part, course_id, number, taken)


def _add_page(album: Album, form: PlaceForm, errors: Any = ()) -> str:
    page = add_page(album, _options(album))
    return render("staff/photo_new.html", page=page, form=form, errors=errors)


def _place_form(album: Album, said: Any) -> PlaceForm:
    """The part of the head and the session: as they were said, else the newest session."""
    values = _session_values(album.client.id)
    form = PlaceForm(said if "session" in said else None, values)
    if "session" not in said:
        form.session.data = values[0] if values else ""
        form.zone.data = said.get("zone") or form.zone.data
    return form


def _options(album: Album) -> list[Any]:
    return session_options(courses.all_of(album.client.id), album.zone, album.desk)


def _session_values(client_id: int) -> list[str]:
    """Every session that took place, the newest first."""
    done = [
        (one.ended_at, f"{file.id}-{one.number}")
        for file in courses.all_of(client_id)
        for one in file.course.sessions
        if one.is_performed and one.ended_at
    ]
    return [value for _ended, value in sorted(done, reverse=True)]
