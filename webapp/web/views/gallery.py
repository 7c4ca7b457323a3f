"""A client's own photos: the gallery, one photo, and the pictures themselves."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.domain.people import SignedIn
from webapp.domain.photos import Zone
from webapp.services import photo_consents, photo_keeping, photo_requests, photo_viewing, photos
from webapp.services.today import Facts
from webapp.web.access import clients_only
from webapp.web.compression import compressed
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.texts import YES_NO
from webapp.web.language import gettext as _
from webapp.web.page import framed_for, say
from webapp.web.photo_answers import size_or_404, streamed
from webapp.web.presenters.gallery import present_gallery, present_one
from webapp.web.presenters.photo_labels import SHOW, Looking, shown
from webapp.web.presenters.photo_words import download_name
from webapp.web.views.today import facts_of

blueprint = Blueprint("gallery", __name__)


@blueprint.get("/photos")
@clients_only
@compressed()
def show() -> str:
    """What the clinic shares, the newest first."""
    person = signed_in()
    facts = facts_of(person)
    found = photos.mine(collaborators(), person)
    asked = photo_requests.open_to(collaborators(), person)
    is_discreet = photo_viewing.is_discreet(person)
    looking = looking_of(person, facts)
    page = present_gallery(found, part_asked_for(), looking, is_discreet, asked)
    return framed_for(person, facts, "photos/gallery.html", page=page)


@blueprint.get("/photos/<public_id>")
@clients_only
@compressed()
def one(public_id: str) -> str:
    person = signed_in()
    item, facts = photos.opened(collaborators(), person, public_id), facts_of(person)
    agreed = photo_consents.standing(person, item.row.client_id)
    page = present_one(item, looking_of(person, facts), agreed)
    return framed_for(person, facts, "photos/one.html", page=page)


@blueprint.get("/photos/<public_id>/<int:side>.<ending>")
@clients_only
def picture(public_id: str, side: int, ending: str) -> Response:
    wanted = size_or_404(side, ending)
    return streamed(photos.picture(collaborators(), signed_in(), public_id, wanted))


@blueprint.get("/photos/<public_id>/download")
@clients_only
def download(public_id: str) -> Response:
    row = photos.one(signed_in(), public_id).row
    found = photos.download(collaborators(), signed_in(), public_id)
    return streamed(found, download_name(row))


@blueprint.post("/photos/<public_id>/release")
@clients_only
def release(public_id: str) -> ResponseReturnValue:
    """Say whether this one photo may be shown to others."""
    photo_keeping.release(collaborators(), signed_in(), public_id, _said_yes())
    here = url_for(
        "gallery.one", public_id=public_id, _anchor="release", **shown(not _asks_to_be_shown())
    )
    return redirect(here, 303)


@blueprint.post("/photos/discreet")
@clients_only
def be_discreet() -> ResponseReturnValue:
    """Remember whether pictures are blurred until they are tapped."""
    is_discreet = _said_yes()
    photo_viewing.choose(signed_in(), is_discreet)
    words = _("Pictures are blurred until you tap them.") if is_discreet else _(
        "Pictures are shown as soon as you open this page.")  # fmt: skip
    say("good", words, role="status")
    return redirect(url_for("gallery.show"), 303)


def looking_of(person: SignedIn, facts: Facts) -> Looking:
    """Blurred if this client wants it so, until the address itself asks for the picture."""
    is_veiled = not _asks_to_be_shown() and photo_viewing.is_discreet(person)
    return Looking(facts.zone, moment(), is_veiled)


def _asks_to_be_shown() -> bool:
    return request.args.get("show") == SHOW


def _said_yes() -> bool:
    return request.form.get("value") == YES_NO[0]


def part_asked_for() -> str:
    """The part of the head that is asked for; '' for all, and for what is none."""
    asked = request.args.get("zone", "")
    return asked if asked in {zone.value for zone in Zone} else ""
