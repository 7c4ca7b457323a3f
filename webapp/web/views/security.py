"""One's own second factors, and the authenticator app among them."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.services import authenticator_app, second_factors
from webapp.services.attempts import MustWaitError
from webapp.services.authenticator_app import AppExistsError, WrongAppCodeError
from webapp.web.access import password_again, second_factor_if_any, staff_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.second_factors import AppCodeForm
from webapp.web.language import gettext as _
from webapp.web.limits import STAFF_LIMIT, limited
from webapp.web.page import render, say
from webapp.web.presenters.security import app_page, app_refusal_words, overview

blueprint = Blueprint("security", __name__)


@blueprint.get("/staff/security")
@staff_only
def show() -> str:
    return render("security/show.html", **overview(signed_in(), request.args.get("why", "")))


@blueprint.get("/staff/security/app/remove")
@blueprint.get("/staff/security/app/key")
@blueprint.get("/staff/security/app")
@staff_only
@second_factor_if_any
@password_again
def app() -> str:
    return _app_page(AppCodeForm())


@blueprint.post("/staff/security/app/key")
@staff_only
@second_factor_if_any
@password_again
def make_key() -> Response:
    try:
        authenticator_app.begin(collaborators(), signed_in())
    except AppExistsError:
        say("wait", _("You have an app already. Remove it first."))
    return redirect(url_for("security.app"), 303)


@blueprint.post("/staff/security/app")
@limited(STAFF_LIMIT)
@staff_only
@second_factor_if_any
@password_again
def confirm_app() -> Response | tuple[str, int]:
    form = AppCodeForm(request.form)
    if not form.validate():
        return _app_page(form), 422
    try:
        authenticator_app.confirm(collaborators(), signed_in(), form.code.data or "")
    except (WrongAppCodeError, MustWaitError) as error:
        return _app_page(form, app_refusal_words(error)), 422
    say("good", _("Your app is set up."))
    return after_adding()


@blueprint.post("/staff/security/app/remove")
@staff_only
@second_factor_if_any
@password_again
def remove_app() -> Response:
    authenticator_app.remove(collaborators(), signed_in())
    say("good", _("Removed. Codes of that app do not work any more."))
    return redirect(url_for("security.show"), 303)


def after_adding() -> Response:
    """Go on to recovery codes where there are none yet, else back to the overview."""
    has_codes = second_factors.of(signed_in().account_id).codes_left
    return redirect(url_for("security.show" if has_codes else "recovery_codes.show"), 303)


def _app_page(form: AppCodeForm, refusal: str = "") -> str:
    return render("security/app.html", **app_page(signed_in(), form, refusal))
