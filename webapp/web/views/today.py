"""The client's start page."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from webapp.domain.people import SignedIn
from webapp.services import inbox, photo_requests, today
from webapp.services.today import Facts
from webapp.web.access import signed_in_only
from webapp.web.compression import compressed
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.freshness import fresh, unchanged
from webapp.web.page import drawn, framed, ui_for
from webapp.web.presenters.answers import View
from webapp.web.presenters.inbox import present_news
from webapp.web.presenters.photos_asked import Asked, asked_rows
from webapp.web.presenters.tell_me import tell_me
from webapp.web.presenters.today import present_today

blueprint = Blueprint("today", __name__)


@blueprint.get("/")
@signed_in_only
@compressed()
def show() -> Response:
    """Today, for clients; staff have a start page of their own."""
    person = signed_in()
    if person.is_staff:
        return redirect(url_for("board.show"))
    return unchanged(person) or _today(person)


def _today(person: SignedIn) -> Response:
    facts = facts_of(person)
    page = present_today(facts, moment(), person.time_zone)
    ui = ui_for(person, facts.clinic, page.help)
    view = View(moment(), facts.zone, person.time_zone)
    news = present_news(inbox.news_of(person, facts), person.unread, view)
    tell = tell_me(page, facts.zone, moment())
    wanted = _wanted(person)
    parts = drawn(
        "client/today_parts.html", page=page, news=news, tell=tell, wanted=wanted, asks=True
    )
    body = framed(ui, "client/today.html", parts)
    return fresh(person, body, page.changes_at)


def _wanted(person: SignedIn) -> list[Asked]:
    """The photos that the clinic asks for now."""
    if not person.asked_photos:
        return []
    open_ones = photo_requests.open_to(collaborators(), person)
    return asked_rows([row for row in open_ones if row.is_open])


def facts_of(person: SignedIn) -> Facts:
    """What this client's pages are made of."""
    facts = today.facts_of(person.client_id or 0, moment())
    if facts is None:
        abort(404)
    return facts
