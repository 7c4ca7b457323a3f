"""The second step of signing in: after the password, and before there is a login."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.second_factors import PasskeyRefusedError
from webapp.services import passkey_sign_in, second_steps
from webapp.services.attempts import MustWaitError
from webapp.services.second_steps import StepOverError, WrongSecondCodeError
from webapp.web import step_cookie
from webapp.web.access import open_to_everybody
from webapp.web.context import collaborators
from webapp.web.forms.second_factors import AnswerForm, SecondCodeForm
from webapp.web.language import gettext as _
from webapp.web.limits import STAFF_LIMIT, limited
from webapp.web.page import render, say
from webapp.web.presenters.second_factors import passkey_words, refusal_words, step_page
from webapp.web.views.sign_in import signed_in_at

blueprint = Blueprint("second_step", __name__)


@blueprint.get("/sign-in/staff/second/passkey")
@blueprint.get("/sign-in/staff/second")
@open_to_everybody
def show() -> str | Response:
    return _page(SecondCodeForm())


@blueprint.post("/sign-in/staff/second")
@limited(STAFF_LIMIT)
@open_to_everybody
def enter() -> str | Response | tuple[str | Response, int]:
    form = SecondCodeForm(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        token = second_steps.enter_with_code(collaborators(), step_cookie.attempt(), form.typed)
    except (WrongSecondCodeError, MustWaitError) as error:
        return _page(form, refusal_words(error)), 422
    except StepOverError:
        return _over()
    return signed_in_at(url_for("board.show"), token)


@blueprint.post("/sign-in/staff/second/options")
@limited(STAFF_LIMIT)
@open_to_everybody
def options() -> Response:
    try:
        asked = passkey_sign_in.ask_second(collaborators(), step_cookie.held())
    except StepOverError:
        return Response("{}", 409, content_type="application/json")
    return Response(asked, content_type="application/json")


@blueprint.post("/sign-in/staff/second/passkey")
@limited(STAFF_LIMIT)
@open_to_everybody
def enter_with_passkey() -> str | Response | tuple[str | Response, int]:
    form, attempt = AnswerForm(request.form), step_cookie.attempt()
    try:
        token = passkey_sign_in.enter_with_passkey(collaborators(), attempt, form.answer.data or "")
    except PasskeyRefusedError:
        return _page(SecondCodeForm(), passkey_words(), "passkey"), 422
    except StepOverError:
        return _over()
    return signed_in_at(url_for("board.show"), token)


def _page(form: SecondCodeForm, refusal: str = "", field: str = "") -> str | Response:
    account_id = second_steps.waits_for(collaborators(), step_cookie.held())
    if account_id is None:
        return _over()
    page = step_page(form, account_id, (field or form.entered_in, refusal))
    return render("public/second_step.html", **page)


def _over() -> Response:
    say("wait", _("That took a while. Please begin with your password once more."))
    response = redirect(url_for("sign_in.staff"), 303)
    step_cookie.forget(response)
    return response
