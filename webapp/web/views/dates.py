"""The client's dates."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from webapp.domain.people import SignedIn
from webapp.services import dates
from webapp.web.access import clients_only
from webapp.web.compression import compressed
from webapp.web.context import moment, signed_in
from webapp.web.freshness import fresh, unchanged
from webapp.web.page import ui_for
from webapp.web.presenters.dates import present_dates
from webapp.web.presenters.dates_more import more_links

blueprint = Blueprint("dates", __name__)


@blueprint.get("/dates")
@clients_only
@compressed()
def show() -> Response:
    """Everything that has a date, past and to come."""
    person = signed_in()
    return unchanged(person) or _dates(person)


def _dates(person: SignedIn) -> Response:
    found = dates.dates_of(person.client_id or 0, moment())
    if found is None:
        abort(404)
    facts, visits = found
    page = present_dates(facts, visits, moment(), person.time_zone)
    ui = ui_for(person, facts.clinic, page.help)
    body = render_template("client/dates.html", ui=ui, page=page, more=more_links())
    return fresh(person, body, page.changes_at)
