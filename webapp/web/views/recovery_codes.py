"""Recovery codes: made, shown to their maker for a moment, and then no more."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from webapp.services import recovery_codes
from webapp.web.access import needs_second_factor, password_again, staff_only
from webapp.web.context import collaborators, signed_in
from webapp.web.page import render
from webapp.web.presenters.security import recovery_page
from webapp.web.shown_once import ShownOnce

blueprint = Blueprint("recovery_codes", __name__)
CODES = ShownOnce("recovery", "/staff/security/recovery")


@blueprint.get("/staff/security/recovery")
@staff_only
@needs_second_factor
@password_again
def show() -> str:
    person = signed_in()
    return render("security/recovery.html", **recovery_page(person, CODES.kept(person) or []))


@blueprint.post("/staff/security/recovery")
@staff_only
@needs_second_factor
@password_again
def make() -> Response:
    person = signed_in()
    codes = recovery_codes.make(collaborators(), person)
    response = redirect(url_for("recovery_codes.show"), 303)
    CODES.keep(response, person, codes)
    return response


@blueprint.post("/staff/security/recovery/kept")
@staff_only
def kept() -> Response:
    response = redirect(url_for("security.show"), 303)
    CODES.forget(response)
    return response
