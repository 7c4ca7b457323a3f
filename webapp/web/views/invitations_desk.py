"""A client's way in, made by the staff: at the desk, or to be sent."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.services import course_choices, invitations
from webapp.services.client_access import access_of
from webapp.services.errors import NotFoundError
from webapp.services.invitations import NoticeMissingError
from webapp.web import made_codes
from webapp.web.access import staff_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.editing import desk
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters import client_access as words
from webapp.web.presenters.codes import client_card
from webapp.web.presenters.courses import client_url
from webapp.web.views.clients import client_or_404

blueprint = Blueprint("invitations_desk", __name__)
ADDRESS = "/staff/clients/<int:client_id>/code"


@blueprint.get(ADDRESS)
@staff_only
def show(client_id: int) -> ResponseReturnValue:
    client = client_or_404(client_id)
    made = made_codes.kept(signed_in(), moment(), about_client(client.id))
    zone = words.zone_of(client, course_choices.locations())
    code = client_card(made, zone, moment()) if made else None
    access = access_of(collaborators(), client)
    return render("staff/code.html", page=words.code_page(client, access, zone, desk()), code=code)


@blueprint.post(ADDRESS)
@staff_only
def make(client_id: int) -> ResponseReturnValue:
    client = client_or_404(client_id)
    kind = request.form.get("kind", "desk")
    if kind not in ("desk", "sent"):
        abort(422)
    offer_code(client.id, kind)
    return redirect(url_for("invitations_desk.show", client_id=client.id), 303)


def offer_code(client_id: int, kind: str) -> None:
    """Make a code and keep it for the next page; say so where nobody can be invited yet."""
    make_code = invitations.make_sent_code if kind == "sent" else invitations.make_desk_code
    person = signed_in()
    try:
        made_codes.keep(
            person, make_code(collaborators(), person, client_id), about_client(client_id)
        )
    except NoticeMissingError:
        words = _(
            "The client cannot be invited yet: the owner has to publish the privacy notice first."
        )
        say("wait", words)


def about_client(client_id: int) -> str:
    """For whom a code is kept."""
    return f"client-{client_id}"


@blueprint.post(f"{ADDRESS}/<int:invitation_id>/revoke")
@staff_only
def revoke(client_id: int, invitation_id: int) -> ResponseReturnValue:
    client = client_or_404(client_id)
    open_ones = [code.invitation_id for code in access_of(collaborators(), client).codes]
    if invitation_id not in open_ones:
        abort(404)
    try:
        invitations.revoke(collaborators(), signed_in(), invitation_id)
    except NotFoundError:
        abort(404)
    say("good", _("The code no longer opens anything."), role="status")
    return redirect(client_url(client.id), 303)
