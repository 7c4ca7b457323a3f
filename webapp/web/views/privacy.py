"""The privacy notice, and the client's consent to it."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.services import privacy
from webapp.services.errors import ChangedMeanwhileError
from webapp.web.access import clients_only, open_to_everybody
from webapp.web.context import collaborators, signed_in, signed_in_or_none
from webapp.web.forms.privacy import ConsentForm
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.privacy import consent_page, notice_page, record_page

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/privacy")
@open_to_everybody
def show() -> str:
    person, notice = signed_in_or_none(), privacy.in_force()
    if person is None or person.is_staff:
        return render("public/privacy.html", **notice_page(notice))
    if privacy.must_ask(collaborators(), person):
        return render("account/consent.html", **consent_page(notice, ConsentForm()))
    return render("account/privacy.html", **record_page(notice, privacy.given_by(person), person))


@blueprint.post("/privacy")
@clients_only
def consent() -> Response | tuple[str, int]:
    form = ConsentForm(request.form)
    if not form.validate():
        page = consent_page(privacy.in_force(), form)
        return render("account/consent.html", **page), 422
    try:
        privacy.consent(collaborators(), signed_in(), form.read_version)
    except ChangedMeanwhileError:
        say("info", _("The privacy notice changed while you were reading. This is the new one."))
        return redirect(url_for("privacy.show"), 303)
    return redirect(url_for("today.show"), 303)


@blueprint.post("/privacy/withdrawal")
@clients_only
def withdraw() -> Response:
    privacy.withdraw(collaborators(), signed_in())
    say("info", _("Your consent is withdrawn. The clinic will tell you what becomes of your data."))
    return redirect(url_for("privacy.show"), 303)
