"""The first owner sets the clinic up, by the link from the server's terminal."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from webapp.services import first_owner
from webapp.services.passwords import WeakPasswordError
from webapp.services.redemption import WrongCodeError
from webapp.services.staff_accounts import EmailTakenError
from webapp.web.access import open_to_everybody
from webapp.web.context import collaborators
from webapp.web.forms.staff import WelcomeForm
from webapp.web.language import gettext as _
from webapp.web.limits import STAFF_LIMIT, limited
from webapp.web.page import render, say
from webapp.web.presenters.welcome import refusal_of, welcome_page
from webapp.web.views.sign_in import signed_in_at

blueprint = Blueprint("welcome", __name__)


@blueprint.get("/welcome")
@open_to_everybody
def show() -> str:
    return render("public/welcome.html", **welcome_page(WelcomeForm()))


@blueprint.post("/welcome")
@limited(STAFF_LIMIT)
@open_to_everybody
def set_up() -> Response | tuple[str, int]:
    form = WelcomeForm(request.form)
    if not form.validate():
        return render("public/welcome.html", **welcome_page(form)), 422
    try:
        token = first_owner.set_up(collaborators(), form.attempt(), form.new_clinic())
    except (WeakPasswordError, WrongCodeError, EmailTakenError) as error:
        return render("public/welcome.html", **welcome_page(form, refusal_of(error))), 422
    response = signed_in_at(url_for("board.show"), token)
    say("good", _("Your clinic is set up. Next, fill in the privacy notice under Settings."))
    return response
