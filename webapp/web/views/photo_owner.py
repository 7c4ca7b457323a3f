"""What only the owner does with photos: everything in one archive, and what is locked."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, cast

from flask import Blueprint, Response, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from webapp.domain.photo_access import Act
from webapp.services import clients, photo_export, photos
from webapp.web.access import password_again
from webapp.web.context import collaborators, signed_in
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.photo_answers import size_or_404, streamed
from webapp.web.photo_door import photo_owner_only
from webapp.web.presenters.photo_locked import locked_page, opened_page
from webapp.web.security import PRIVATE
from webapp.web.views.photo_desk import ADDRESS, album_of

blueprint = Blueprint("photo_owner", __name__)
ONE = "/staff/photos/<public_id>/locked"


@blueprint.get(f"{ADDRESS}/export")
@photo_owner_only
@password_again
def export(client_id: int) -> Response:
    client = clients.read_for_owner(signed_in(), client_id)
    # The server closes it when it is sent.
    archive = cast(IO[bytes], TemporaryFile())  # noqa: SIM115
    photo_export.export(collaborators(), signed_in(), client_id, archive)
    archive.seek(0)
    name = f"photos-{client.code}.zip"
    response = send_file(archive, "application/zip", as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = PRIVATE
    return response


@blueprint.get(f"{ADDRESS}/locked")
@photo_owner_only
def locked(client_id: int) -> ResponseReturnValue:
    album = album_of(photos.locked_of(signed_in(), client_id))
    return render("staff/photo_locked.html", page=locked_page(album))


@blueprint.get(ONE)
@photo_owner_only
def opened(public_id: str) -> ResponseReturnValue:
    row = photos.one(signed_in(), public_id, Act.SEE_LOCKED).row
    album = album_of(photos.locked_of(signed_in(), row.client_id))
    return render("staff/photo_opened.html", page=opened_page(row, album))


@blueprint.post(ONE)
@photo_owner_only
def unlock(public_id: str) -> ResponseReturnValue:
    row = photos.one(signed_in(), public_id, Act.SEE_LOCKED).row
    try:
        photos.unlock(collaborators(), signed_in(), public_id, request.form.get("reason", ""))
    except ValueError:
        say("no", _("Say why you have to see it. The reason is kept."), role="alert")
        return redirect(url_for("photo_owner.locked", client_id=row.client_id), 303)
    return redirect(url_for("photo_owner.opened", public_id=public_id), 303)


@blueprint.get(f"{ONE}/<int:side>.<ending>")
@photo_owner_only
def picture(public_id: str, side: int, ending: str) -> Response:
    wanted = size_or_404(side, ending)
    return streamed(photos.locked_picture(collaborators(), signed_in(), public_id, wanted))
