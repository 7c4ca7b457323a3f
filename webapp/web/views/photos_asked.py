"""A client answers what the clinic asked for: a photo of the healing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError
from webapp.domain.photos import Zone
from webapp.services import photo_requests, photo_uploads, photos, wrong
from webapp.services.errors import NotFoundError
from webapp.services.photo_requests import RequestRow
from webapp.services.photo_uploads import NewPhoto
from webapp.web.access import clients_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.language import gettext as _
from webapp.web.limits import SLIP_LIMIT, limited
from webapp.web.page import framed_for, say
from webapp.web.presenters.photos_asked import present_asked, refusals, sent_words
from webapp.web.presenters.slips import whom_to_call
from webapp.web.sent_files import sent_files, shown_name
from webapp.web.views.gallery import looking_of
from webapp.web.views.today import facts_of

blueprint = Blueprint("photos_asked", __name__)
MOST_AT_ONCE = 4


@blueprint.get("/photos/asked/<int:request_id>")
@clients_only
def show(request_id: int) -> str:
    return _page(_own(request_id))


@blueprint.post("/photos/asked/<int:request_id>")
@limited(SLIP_LIMIT)
@clients_only
def send(request_id: int) -> ResponseReturnValue:
    asked = _own(request_id)
    try:
        files = sent_files("photos")
    except RequestEntityTooLarge:
        words = _("Together they are larger than 100 MB. Send fewer at once.")
        return _page(asked, _error(words)), 413
    if not 0 < len(files) <= MOST_AT_ONCE:
        return _page(asked, _error(_("Choose one to four photos."))), 422
    kept, refused = _receive(asked, files)
    if kept:
        say("good", sent_words(kept), role="status")
    if refused:
        return _page(_own(request_id), refusals(refused)), 422
    return redirect(url_for("photos_asked.show", request_id=request_id), 303)


def _own(request_id: int) -> RequestRow:
    """What this client can answer now. Raises NotFoundError."""
    for row in photo_requests.open_to(collaborators(), signed_in()):
        if row.id == request_id:
            return row
    raise NotFoundError


def _receive(asked: RequestRow, files: list[Any]) -> tuple[int, list[tuple[str, PhotoFault]]]:
    """Take in each file by itself, so that one does not spoil the others."""
    kept, refused = 0, []
    for file in files:
        new = NewPhoto(asked.client_id, Zone(asked.zone), request_id=asked.id)
        try:
            photo_uploads.receive(collaborators(), signed_in(), new, file.stream)
            kept += 1
        except PhotoRefusedError as refusal:
            refused.append((shown_name(file.filename), refusal.fault))
    return kept, refused


def _error(words: str) -> list[dict[str, str]]:
    return [{"field": "photos", "words": words}]


def _page(asked: RequestRow, errors: Any = ()) -> str:
    person = signed_in()
    facts = facts_of(person)
    found = photos.mine(collaborators(), person)
    page = present_asked(asked, facts, found, looking_of(person, facts))
    help_words = whom_to_call(wrong.where_to_turn(person), moment())
    values = {"page": page, "help": help_words, "errors": errors}
    return framed_for(person, facts, "photos/asked.html", **values)
