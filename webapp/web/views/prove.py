"""The second factor on a login that began without it, before what must not open otherwise."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.second_factors import PasskeyRefusedError, Standing
from webapp.services import passkey_sign_in, second_factors, second_steps
from webapp.services.attempts import MustWaitError
from webapp.services.second_steps import WrongSecondCodeError
from webapp.web.access import staff_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.second_factors import AnswerForm, SecondCodeForm
from webapp.web.limits import STAFF_LIMIT, limited
from webapp.web.onward import onward
from webapp.web.page import render
from webapp.web.presenters.second_factors import passkey_words, refusal_words, step_page

blueprint = Blueprint("prove", __name__)


@blueprint.get("/staff/prove/passkey")
@blueprint.get("/staff/prove")
@staff_only
def show() -> str | Response:
    if second_factors.standing(signed_in()) is Standing.MISSING:
        return redirect(url_for("security.show"), 303)
    return _page(SecondCodeForm())


@blueprint.post("/staff/prove")
@limited(STAFF_LIMIT)
@staff_only
def prove() -> Response | tuple[str, int]:
    form = SecondCodeForm(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        second_steps.prove_with_code(collaborators(), signed_in(), form.typed)
    except (WrongSecondCodeError, MustWaitError) as error:
        return _page(form, refusal_words(error)), 422
    return redirect(onward(), 303)


@blueprint.post("/staff/prove/options")
@limited(STAFF_LIMIT)
@staff_only
def options() -> Response:
    asked = passkey_sign_in.ask_to_prove(collaborators(), signed_in())
    return Response(asked, content_type="application/json")


@blueprint.post("/staff/prove/passkey")
@limited(STAFF_LIMIT)
@staff_only
def prove_with_passkey() -> Response | tuple[str, int]:
    form = AnswerForm(request.form)
    try:
        passkey_sign_in.prove_with_passkey(collaborators(), signed_in(), form.answer.data or "")
    except PasskeyRefusedError:
        return _page(SecondCodeForm(), passkey_words(), "passkey"), 422
    return redirect(onward(), 303)


def _page(form: SecondCodeForm, refusal: str = "", field: str = "") -> str:
    page = step_page(form, signed_in().account_id, (field or form.entered_in, refusal))
    return render("security/prove.html", **page, next=onward())
