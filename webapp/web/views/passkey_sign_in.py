"""Signing in with a passkey in the place of a password."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.second_factors import PasskeyRefusedError
from webapp.services import passkey_sign_in
from webapp.services.second_steps import StepOverError
from webapp.web import step_cookie
from webapp.web.access import open_to_everybody
from webapp.web.context import collaborators
from webapp.web.forms.second_factors import AnswerForm
from webapp.web.forms.sign_in import StaffForm
from webapp.web.limits import STAFF_LIMIT, limited
from webapp.web.page import render
from webapp.web.presenters.second_factors import passkey_words
from webapp.web.presenters.sign_in import staff_page
from webapp.web.views.sign_in import signed_in_at

blueprint = Blueprint("passkey_sign_in", __name__)


@blueprint.post("/sign-in/passkey/options")
@limited(STAFF_LIMIT)
@open_to_everybody
def options() -> Response:
    token, asked = passkey_sign_in.ask_alone(collaborators())
    response = Response(asked, content_type="application/json")
    step_cookie.keep(response, token)
    return response


@blueprint.get("/sign-in/passkey")
@open_to_everybody
def show() -> Response:
    return redirect(url_for("sign_in.staff"), 303)


@blueprint.post("/sign-in/passkey")
@limited(STAFF_LIMIT)
@open_to_everybody
def enter() -> Response | tuple[str, int]:
    form, attempt = AnswerForm(request.form), step_cookie.attempt()
    try:
        token = passkey_sign_in.enter_alone(collaborators(), attempt, form.answer.data or "")
    except (PasskeyRefusedError, StepOverError):
        page = staff_page(StaffForm(), passkey_words(), "passkey")
        return render("public/staff_sign_in.html", **page), 422
    return signed_in_at(url_for("board.show"), token)
