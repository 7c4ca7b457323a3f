"""The devices somebody is signed in on."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from webapp.services import logins
from webapp.services.errors import NotFoundError
from webapp.web.access import signed_in_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.devices import device_rows
from webapp.web.presenters.zones import own_zone
from webapp.web.views.sign_in import signed_out

blueprint = Blueprint("devices", __name__)


@blueprint.get("/devices")
@signed_in_only
def show() -> str:
    person = signed_in()
    found = logins.devices_of(collaborators(), person)
    rows = device_rows(found, own_zone(person), moment())
    page = "account/staff_devices.html" if person.is_staff else "account/devices.html"
    return render(page, rows=rows, person=person)


@blueprint.post("/devices/<int:login_id>/sign-out")
@signed_in_only
def sign_out(login_id: int) -> Response:
    person = signed_in()
    if not logins.end(collaborators(), person, login_id):
        raise NotFoundError
    if login_id == person.login_id:
        return signed_out()
    say("good", _("That device is signed out."))
    return redirect(url_for("devices.show"), 303)
