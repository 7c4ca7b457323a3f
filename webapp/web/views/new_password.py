"""A member of staff chooses a password, by a one-time link."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from webapp.services import new_password
from webapp.services.passwords import WeakPasswordError
from webapp.services.redemption import WrongCodeError
from webapp.web.access import open_to_everybody
from webapp.web.context import collaborators
from webapp.web.forms.sign_in import NewPasswordForm
from webapp.web.limits import STAFF_LIMIT, limited
from webapp.web.page import render
from webapp.web.presenters.welcome import new_password_page, refusal_of
from webapp.web.views.sign_in import admitted

blueprint = Blueprint("new_password", __name__)


@blueprint.get("/join-staff")
@blueprint.get("/new-password")
@open_to_everybody
def show() -> str:
    return render("public/new_password.html", **new_password_page(NewPasswordForm()))


@blueprint.post("/join-staff")
@blueprint.post("/new-password")
@limited(STAFF_LIMIT)
@open_to_everybody
def choose() -> Response | tuple[str, int]:
    form = NewPasswordForm(request.form)
    if not form.validate():
        return render("public/new_password.html", **new_password_page(form)), 422
    try:
        entry = new_password.choose(collaborators(), form.attempt(), form.password.data or "")
    except (WeakPasswordError, WrongCodeError) as error:
        page = new_password_page(form, refusal_of(error))
        return render("public/new_password.html", **page), 422
    return admitted(entry)
