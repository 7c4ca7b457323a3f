"""A client shares the dates with a calendar, and stops sharing them."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from webapp.services import calendars
from webapp.web.access import clients_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.calendars import calendar_page
from webapp.web.presenters.zones import own_zone
from webapp.web.shown_once import ShownOnce

blueprint = Blueprint("calendar", __name__)
ADDRESS = ShownOnce("calendar", "/dates/calendar")


@blueprint.get("/dates/calendar")
@clients_only
def show() -> str:
    """Whether the dates are shared, and for ten minutes the address just made."""
    person = signed_in()
    feed = calendars.feed_of(person)
    made_id, made = ADDRESS.kept(person) or (0, "")
    token = made if feed and feed.id == made_id else ""
    page = calendar_page(feed, token, own_zone(person), moment())
    return render("client/calendar.html", page=page)


@blueprint.post("/dates/calendar")
@clients_only
def make() -> Response:
    """A new address in the place of the one there was."""
    person = signed_in()
    response = redirect(url_for("calendar.show"), 303)
    ADDRESS.keep(response, person, calendars.make(collaborators(), person))
    return response


@blueprint.post("/dates/calendar/stop")
@clients_only
def stop() -> Response:
    """The address works no longer."""
    calendars.stop(collaborators(), signed_in())
    say("good", _("Your calendar is not shared any more. The address does not work."))
    response = redirect(url_for("calendar.show"), 303)
    ADDRESS.forget(response)
    return response
