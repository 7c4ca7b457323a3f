"""A client's event, such as a holiday: what it meets, and which dates would keep it free."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp.domain.people import SignedIn
from webapp.services.events import EventLook, look_at, wishes_of_client
from webapp.services.today import Facts
from webapp.web.access import clients_only
from webapp.web.context import moment, signed_in
from webapp.web.forms.events import EventForm
from webapp.web.forms.texts import errors_of
from webapp.web.page import ui_for
from webapp.web.presenters.answers import View
from webapp.web.presenters.events import present_event
from webapp.web.views.today import facts_of

blueprint = Blueprint("events", __name__)


@blueprint.get("/dates/event")
@clients_only
def show() -> ResponseReturnValue:
    """The days are part of the address: it can be opened again, and changes nothing."""
    person = signed_in()
    facts = facts_of(person)
    form = EventForm.of(request.args, moment().astimezone(facts.zone).date())
    page = present_event(
        facts, _look(facts, form, person), View(moment(), facts.zone, person.time_zone)
    )
    errors = errors_of(form)
    ui = ui_for(person, facts.clinic, page.help)
    body = render_template("client/event.html", ui=ui, page=page, form=form, errors=errors)
    return body, 422 if errors else 200


def _look(facts: Facts, form: EventForm, person: SignedIn) -> EventLook | None:
    if facts.plan is None or not form.is_complete():
        return None
    wishes = wishes_of_client(person.client_id or 0)
    return look_at(facts.plan, form.event, facts.is_closed, wishes)
