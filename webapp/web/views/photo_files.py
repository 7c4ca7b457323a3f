"""The pictures themselves, for the staff's pages; and one to keep."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.services import photos
from webapp.web.access import password_again
from webapp.web.context import collaborators, signed_in
from webapp.web.photo_answers import size_or_404, streamed
from webapp.web.photo_door import photo_staff_only
from webapp.web.presenters.photo_words import download_name

blueprint = Blueprint("photo_files", __name__)


@blueprint.get("/staff/photos/<public_id>/<int:side>.<ending>")
@photo_staff_only
def show(public_id: str, side: int, ending: str) -> Response:
    wanted = size_or_404(side, ending)
    return streamed(photos.picture(collaborators(), signed_in(), public_id, wanted))


@blueprint.get("/staff/photos/<public_id>/download")
@photo_staff_only
@password_again
def download(public_id: str) -> Response:
    row = photos.one(signed_in(), public_id).row
    found = photos.download(collaborators(), signed_in(), public_id)
    return streamed(found, download_name(row))
