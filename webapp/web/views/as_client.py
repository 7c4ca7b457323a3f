"""Today as the client sees it, for the staff: read only."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from webapp.services import today
from webapp.web.access import staff_only
from webapp.web.context import moment
from webapp.web.language import gettext as _
from webapp.web.page import render
from webapp.web.presenters.courses import client_url
from webapp.web.presenters.today import present_today
from webapp.web.quoted import quoted
from webapp.web.views.clients import client_or_404

blueprint = Blueprint("as_client", __name__)


@blueprint.get("/staff/clients/<int:client_id>/as-client")
@staff_only
def show(client_id: int) -> ResponseReturnValue:
    client = client_or_404(client_id)
    facts = today.facts_of(client.id, moment())
    if facts is None:
        abort(404)
    frame = {
        "title": _("As the client sees it"),
        "label": client.name,
        "lead": _("For reading only: nothing here can be pressed or changed."),
        "region": _("The client’s own page"),
        "back_href": client_url(client.id),
        "back_words": _("Client"),
    }
    page = present_today(facts, moment(), "")
    shown = quoted(render_template("client/today_parts.html", page=page))
    return render("staff/as_client.html", shown=shown, frame=frame)
