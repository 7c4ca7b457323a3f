"""What a client agrees to concerning photos."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.domain.photos import ConsentKind
from webapp.services import photo_consents
from webapp.web.access import clients_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.texts import YES_NO, whole_number
from webapp.web.page import framed_for, say
from webapp.web.presenters.photo_labels import Looking
from webapp.web.presenters.photo_switches import present_switches, said_words
from webapp.web.views.today import facts_of

blueprint = Blueprint("photo_switches", __name__)


@blueprint.get("/photos/consents")
@clients_only
def show() -> str:
    person = signed_in()
    facts, client_id = facts_of(person), person.client_id or 0
    agreed = photo_consents.standing(person, client_id)
    said = photo_consents.history(person, client_id)
    looking = Looking(facts.zone, moment())
    page = present_switches(agreed, said, photo_consents.must_keep(), looking)
    return framed_for(person, facts, "photos/switches.html", page=page)


@blueprint.post("/photos/consents/<kind>")
@clients_only
def turn(kind: str) -> ResponseReturnValue:
    """Agree, or withdraw: it counts from the next request on."""
    person, is_granted = signed_in(), request.form.get("value") == YES_NO[0]
    chosen = _kind_or_404(kind)
    photo_consents.say(collaborators(), person, person.client_id or 0, (chosen, is_granted))
    words = said_words(chosen, is_granted, photo_consents.must_keep())
    say("good" if is_granted else "info", words, role="status")
    return redirect(_back(), 303)


def _kind_or_404(kind: str) -> ConsentKind:
    if kind not in {one.value for one in ConsentKind}:
        abort(404)
    return ConsentKind(kind)


def _back() -> str:
    """The page of the request from which somebody agreed, else the switches."""
    request_id = whole_number(request.form.get("request"))
    if request_id:
        return url_for("photos_asked.show", request_id=request_id)
    return url_for("photo_switches.show")
