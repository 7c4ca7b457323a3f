"""A client makes a code for one more device of theirs."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from webapp.services import invitations
from webapp.services.invitations import TooManyCodesError
from webapp.web import made_codes
from webapp.web.access import clients_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.codes import code_card, open_rows
from webapp.web.presenters.zones import own_zone

blueprint = Blueprint("device_codes", __name__)


@blueprint.get("/devices/codes")
@clients_only
def show() -> str:
    person, now = signed_in(), moment()
    zone = own_zone(person)
    made = made_codes.kept(person, now, "device")
    rows = open_rows(invitations.open_device_codes(collaborators(), person), zone, now)
    card = code_card(made, zone, now) if made else None
    return render("account/device_code.html", card=card, rows=rows)


@blueprint.post("/devices/codes")
@clients_only
def make() -> Response:
    person = signed_in()
    try:
        made = invitations.make_device_code(collaborators(), person)
    except TooManyCodesError:
        say("wait", _("You have several unused codes. Use one, or revoke one first."))
    else:
        made_codes.keep(person, made, "device")
    return redirect(url_for("device_codes.show"), 303)


@blueprint.post("/devices/codes/<int:invitation_id>/revoke")
@clients_only
def revoke(invitation_id: int) -> Response:
    invitations.revoke(collaborators(), signed_in(), invitation_id)
    say("good", _("That code does not work any more."))
    return redirect(url_for("device_codes.show"), 303)
