"""The owner sees whether notices go out, and releases what is held."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from webapp.services import sending, sending_health
from webapp.web.access import owner_only, password_again
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.sending import release_page, sending_page
from webapp.web.presenters.zones import own_zone

blueprint = Blueprint("sending", __name__)


@blueprint.get("/staff/settings/sending")
@owner_only
def show() -> str:
    found = sending_health.report(collaborators())
    page = sending_page(found, own_zone(signed_in()), moment())
    return render("settings/sending.html", page=page)


@blueprint.get("/staff/settings/sending/release")
@owner_only
@password_again
def release() -> str | Response:
    found = sending_health.report(collaborators())
    if not found.held_at:
        return redirect(url_for("sending.show"), 303)
    page = release_page(found, own_zone(signed_in()), moment())
    return render("settings/release_sending.html", page=page)


@blueprint.post("/staff/settings/sending/release")
@owner_only
@password_again
def let_go() -> Response:
    sending.release(collaborators(), signed_in().account_id)
    say("good", _("Released. What is still true goes out now."), role="status")
    return redirect(url_for("sending.show"), 303)
