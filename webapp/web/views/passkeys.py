"""One's own passkeys: added by a script, named and removed by plain forms."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.second_factors import PasskeyRefusedError
from webapp.services import passkeys
from webapp.services.passkeys import TooManyPasskeysError
from webapp.web.access import password_again, second_factor_if_any, staff_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.second_factors import NewPasskeyForm, PasskeyNameForm
from webapp.web.language import gettext as _
from webapp.web.limits import STAFF_LIMIT, limited
from webapp.web.page import render, say
from webapp.web.presenters.second_factors import passkey_words
from webapp.web.presenters.security import new_passkey_page, passkey_page
from webapp.web.views.security import after_adding
from webapp.web.visitor import device_words

blueprint = Blueprint("passkeys", __name__)


@blueprint.get("/staff/security/passkeys/new")
@staff_only
@second_factor_if_any
@password_again
def new() -> str:
    form = NewPasskeyForm(data={"name": device_words()})
    return render("security/new_passkey.html", **new_passkey_page(form))


@blueprint.post("/staff/security/passkeys/options")
@limited(STAFF_LIMIT)
@staff_only
@second_factor_if_any
@password_again
def options() -> Response:
    try:
        asked = passkeys.ask_to_add(collaborators(), signed_in())
    except TooManyPasskeysError:
        return Response("{}", 409, content_type="application/json")
    return Response(asked, content_type="application/json")


@blueprint.post("/staff/security/passkeys/new")
@staff_only
@second_factor_if_any
@password_again
def add() -> Response | tuple[str, int]:
    form, person = NewPasskeyForm(request.form), signed_in()
    if not form.validate():
        return render("security/new_passkey.html", **new_passkey_page(form)), 422
    try:
        passkeys.add(collaborators(), person, form.answer.data or "", form.name.data or "")
    except PasskeyRefusedError:
        page = new_passkey_page(form, passkey_words())
        return render("security/new_passkey.html", **page), 422
    say("good", _("Your passkey is set up."))
    return after_adding()


@blueprint.get("/staff/security/passkeys/<int:passkey_id>/remove")
@blueprint.get("/staff/security/passkeys/<int:passkey_id>")
@staff_only
@second_factor_if_any
@password_again
def show(passkey_id: int) -> str:
    found = passkeys.one(signed_in(), passkey_id)
    form = PasskeyNameForm(data={"name": found.name})
    return render("security/passkey.html", **passkey_page(found, form))


@blueprint.post("/staff/security/passkeys/<int:passkey_id>")
@staff_only
@second_factor_if_any
@password_again
def rename(passkey_id: int) -> Response | tuple[str, int]:
    form, found = PasskeyNameForm(request.form), passkeys.one(signed_in(), passkey_id)
    if not form.validate():
        return render("security/passkey.html", **passkey_page(found, form)), 422
    passkeys.rename(collaborators(), signed_in(), passkey_id, form.name.data or "")
    say("good", _("Saved."))
    return redirect(url_for("security.show"), 303)


@blueprint.post("/staff/security/passkeys/<int:passkey_id>/remove")
@staff_only
@second_factor_if_any
@password_again
def remove(passkey_id: int) -> Response:
    passkeys.remove(collaborators(), signed_in(), passkey_id)
    say("good", _("Removed. That passkey does not work any more."))
    return redirect(url_for("security.show"), 303)
