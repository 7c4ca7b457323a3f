"""One appointment of the client's: its page, its checklist, its entry for a calendar."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.people import SignedIn
from webapp.services import calendars, dates, preparing
from webapp.services.calendars import DateKind
from webapp.services.errors import ChangedMeanwhileError
from webapp.services.today import Facts
from webapp.web.access import clients_only
from webapp.web.compression import compressed
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.freshness import fresh, unchanged
from webapp.web.language import gettext as _
from webapp.web.page import say, ui_for
from webapp.web.presenters.appointments import AppointmentPage, present_session, present_visit
from webapp.web.presenters.calendars import event_file

blueprint = Blueprint("appointments", __name__)
SESSION = "/dates/sessions/<int:number>"
VISIT = "/dates/visits/<int:visit_id>"


@blueprint.get(SESSION)
@clients_only
@compressed()
def session(number: int) -> Response:
    """A treatment session of the newest course."""
    person = signed_in()
    return unchanged(person) or _session(person, number)


def _session(person: SignedIn, number: int) -> Response:
    found = dates.session_of(person.client_id or 0, number, moment())
    page = present_session(found, moment(), person.time_zone)
    return _page(person, found.facts, page)


@blueprint.get(VISIT)
@clients_only
@compressed()
def visit(visit_id: int) -> Response:
    """A consultation or follow-up of the newest course."""
    person = signed_in()
    return unchanged(person) or _visit(person, visit_id)


def _visit(person: SignedIn, visit_id: int) -> Response:
    found = dates.visit_of(person.client_id or 0, visit_id, moment())
    page = present_visit(found, moment(), person.time_zone)
    return _page(person, found.facts, page)


def _page(person: SignedIn, facts: Facts, page: AppointmentPage) -> Response:
    ui = ui_for(person, facts.clinic, page.help)
    body = render_template("client/appointment.html", ui=ui, page=page)
    return fresh(person, body, page.changes_at)


@blueprint.post(f"{SESSION}/preparation")
@clients_only
def prepare(number: int) -> Response:
    """Tick one line of the checklist, or take the tick away."""
    item, is_done = request.form.get("item", ""), request.form.get("done") == "yes"
    try:
        preparing.set_tick(collaborators(), signed_in(), number, item, is_done)
    except ChangedMeanwhileError:
        say("wait", _("That has changed meanwhile. This is how it stands now."))
    return redirect(url_for("appointments.session", number=number, _anchor="prepare"), 303)


@blueprint.get(f"{SESSION}/event.ics")
@clients_only
def session_event(number: int) -> Response:
    """The session as one entry for a calendar."""
    return _event(DateKind.SESSION, number)


@blueprint.get(f"{VISIT}/event.ics")
@clients_only
def visit_event(visit_id: int) -> Response:
    """The visit as one entry for a calendar."""
    return _event(DateKind.VISIT, visit_id)


def _event(kind: DateKind, key: int) -> Response:
    """A phone shows it and asks which calendar it is for; other browsers keep it as a file."""
    found = calendars.single(collaborators(), signed_in(), kind, key)
    response = Response(event_file(found), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="appointment.ics"'
    return response
