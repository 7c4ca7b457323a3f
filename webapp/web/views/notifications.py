"""How somebody is told: the page of choices, and the sheet that says what turning on means."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.people import SignedIn
from webapp.services import notice_preferences, push_devices
from webapp.web.access import signed_in_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.notifications import PreferencesForm, QuietForm, filled
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.notifications import notifications_page
from webapp.web.presenters.turn_on import turn_on_page

blueprint = Blueprint("notifications", __name__)


@blueprint.get("/notifications")
@signed_in_only
def show() -> str:
    person = signed_in()
    form = filled(_form_of(person), notice_preferences.chosen_by(person))
    return _page(person, form)


@blueprint.post("/notifications")
@signed_in_only
def save() -> Response | tuple[str, int]:
    person = signed_in()
    form = _form_of(person)(request.form)
    if not form.validate():
        return _page(person, form), 422
    chosen = form.preferences(notice_preferences.chosen_by(person))
    notice_preferences.choose(person, chosen)
    say("good", _("Saved. It holds from the next message on."))
    return redirect(url_for("notifications.show"), 303)


@blueprint.get("/notifications/turn-on")
@signed_in_only
def turn_on() -> str:
    person, key = signed_in(), push_devices.public_key(collaborators())
    page = turn_on_page(person, notice_preferences.chosen_by(person), key)
    return render("account/turn_on.html", **page)


def _form_of(person: SignedIn) -> type[QuietForm]:
    return QuietForm if person.is_staff else PreferencesForm


def _page(person: SignedIn, form: QuietForm) -> str:
    devices = push_devices.devices_of(collaborators(), person)
    return render("account/notifications.html", **notifications_page(person, devices, form))
