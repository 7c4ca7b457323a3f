"""The owner ends a client's record: erased, or restricted where the law wants it kept."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.services import clients, course_choices, erasing
from webapp.services.clients import ClientFile
from webapp.services.erasing import Ending, ErasingRefused
from webapp.web.access import owner_only, password_again, second_factor_if_any
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.erasing import ErasingForm
from webapp.web.forms.texts import errors_of
from webapp.web.page import render, say
from webapp.web.presenters import erasing as words
from webapp.web.presenters.client_access import zone_of
from webapp.web.views.clients import ADDRESS

blueprint = Blueprint("erasing", __name__)


@blueprint.route(f"{ADDRESS}/erase", methods=["GET", "POST"])
@owner_only
@second_factor_if_any
@password_again
def show(client_id: int) -> ResponseReturnValue:
    client = clients.read_for_owner(signed_in(), client_id)
    form = ErasingForm(request.form or None, client_code=client.code)
    if request.method != "POST":
        return _page(client, form, [])
    if not form.validate():
        return _page(client, form, errors_of(form)), 422
    return _done(client, form)


def _done(client: ClientFile, form: ErasingForm) -> ResponseReturnValue:
    act = erasing.erase if form.ending is Ending.ERASED else erasing.restrict
    try:
        act(collaborators(), signed_in(), client.id, form.reason.data or "")
    except ErasingRefused as refused:
        return _page(client, form, [words.fault_error(refused.code)]), 422
    say("good", words.done_words(form.ending), role="status")
    return redirect(url_for("clients.search"), 303)


def _page(client: ClientFile, form: ErasingForm, errors: list[dict[str, str]]) -> str:
    zone = zone_of(client, course_choices.locations())
    page = words.erasing_page(client, erasing.decision_on(client), zone, moment())
    return render("staff/erase.html", page=page, form=form, errors=errors)
