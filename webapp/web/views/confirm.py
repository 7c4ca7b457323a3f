"""The password again, before what is grave."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from webapp.services import staff_sign_in
from webapp.services.attempts import MustWaitError
from webapp.services.staff_sign_in import WrongPasswordError
from webapp.web.access import staff_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.sign_in import PasswordForm
from webapp.web.language import gettext as _
from webapp.web.limits import STAFF_LIMIT, limited
from webapp.web.onward import onward
from webapp.web.page import render
from webapp.web.presenters.codes import wait_words
from webapp.web.presenters.sign_in import errors_with

blueprint = Blueprint("confirm", __name__)


@blueprint.get("/staff/confirm")
@staff_only
def show() -> str:
    return _page(PasswordForm())


@blueprint.post("/staff/confirm")
@limited(STAFF_LIMIT)
@staff_only
def confirm() -> Response | tuple[str, int]:
    form = PasswordForm(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        staff_sign_in.confirm(collaborators(), signed_in(), form.password.data or "")
    except MustWaitError as error:
        return _page(form, wait_words(error, moment())), 422
    except WrongPasswordError:
        return _page(form, _("This is not your password.")), 422
    return redirect(onward(), 303)


def _page(form: PasswordForm, refusal: str = "") -> str:
    errors = errors_with(form, "password", refusal)
    return render("account/confirm.html", form=form, errors=errors, next=onward())
