"""The client's inbox. Looking at it marks nothing: a POST does, of a script or of a button."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.services import inbox
from webapp.web.access import clients_only
from webapp.web.compression import compressed
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.texts import whole_number
from webapp.web.page import ui_for
from webapp.web.presenters.answers import View
from webapp.web.presenters.help import help_of
from webapp.web.presenters.inbox import present_inbox
from webapp.web.views.today import facts_of

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/inbox")
@clients_only
@compressed()
def show() -> str:
    """What the client was told, the newest first."""
    person = signed_in()
    facts = facts_of(person)
    found = inbox.page_of(person, facts, whole_number(request.args.get("before")))
    view = View(moment(), facts.zone, person.time_zone)
    page = present_inbox(found, person.unread, view)
    ui = ui_for(person, facts.clinic, help_of(facts))
    return render_template("client/inbox.html", ui=ui, page=page)


@blueprint.post("/inbox/read")
@clients_only
def read() -> Response:
    """Note that the notices a page showed were read."""
    ids = [whole_number(text) for text in request.form.getlist("notice")[: inbox.PAGE_COUNT]]
    inbox.mark_read(collaborators(), signed_in(), ids)
    return _back()


@blueprint.post("/inbox/<int:notice_id>/acknowledge")
@clients_only
def acknowledge(notice_id: int) -> Response:
    """Note that the client has read what became stricter."""
    inbox.acknowledge(collaborators(), signed_in(), notice_id)
    return _back()


def _back() -> Response:
    is_from_today = request.form.get("from") == "today"
    return redirect(url_for("today.show" if is_from_today else "inbox.show"), 303)
