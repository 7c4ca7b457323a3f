"""What the phone keeps for the time without a network."""

from __future__ import annotations

import json

from flask import Blueprint, Response, abort
from werkzeug.wrappers import Response as AnyResponse

from webapp.domain.people import SignedIn
from webapp.services import can_i, dates, wrong
from webapp.services.clinic import look
from webapp.web.access import clients_only, open_to_everybody
from webapp.web.assets import shell_urls, style_url
from webapp.web.compression import compressed
from webapp.web.context import moment, signed_in
from webapp.web.freshness import asked_each_time, fresh, unchanged
from webapp.web.icons import icon_mark, icon_url
from webapp.web.offline_copy import Copied, copy_json
from webapp.web.page import drawn, render
from webapp.web.presenters.times import next_quarter
from webapp.web.presenters.wrong import WrongPage, present_wrong, without_now

blueprint = Blueprint("offline", __name__)


@blueprint.get("/offline.json")
@clients_only
@compressed()
def copy() -> AnyResponse:
    """A client's own pages, ready worded for the next two weeks."""
    person = signed_in()
    return unchanged(person) or _copy(person)


def _copy(person: SignedIn) -> Response:
    now = moment()
    found = dates.dates_of(person.client_id or 0, now)
    if found is None:
        abort(404)
    facts, visits = found
    names = can_i.short_names(facts.plan.protocol) if facts.plan else ()
    copied = Copied(person, facts, visits, wrong.where_to_turn(person), now, names)
    switch = facts.plan.next_switch_after(now) if facts.plan else None
    changes_at = min(filter(None, (switch, next_quarter(now))))
    return fresh(person, copy_json(copied), changes_at, "application/json")


@blueprint.get("/offline/shell.json")
@open_to_everybody
@compressed()
def shell() -> Response:
    """The addresses of everything that pages are dressed in: nothing of a person."""
    clinic = look()
    own = [style_url(clinic.accent_colour), icon_url(icon_mark(clinic), "favicon-48")]
    body = json.dumps([*shell_urls(), *own])
    return asked_each_time(Response(body, content_type="application/json"))


@blueprint.get("/offline/no-copy")
@open_to_everybody
def no_copy() -> Response:
    """Shown where there is neither a network nor a copy."""
    return asked_each_time(Response(render("offline/no_copy.html", page=_whom_to_call())))


@blueprint.get("/offline/signed-out")
@open_to_everybody
def signed_out() -> Response:
    """Shown after signing out without a network, until there is one."""
    return asked_each_time(Response(render("offline/signed_out.html", page=_whom_to_call())))


def _whom_to_call() -> WrongPage:
    return without_now(present_wrong(wrong.where_to_turn(None), moment()))


@blueprint.get("/offline/update")
@open_to_everybody
def update() -> Response:
    """The offer of a new version, put into whatever page is open."""
    return asked_each_time(Response(drawn("offline/update.html")))
