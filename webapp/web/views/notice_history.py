"""Everything a client was told, and what became of it, for the staff."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from webapp.services import course_choices, notice_history
from webapp.web.access import staff_only
from webapp.web.editing import desk
from webapp.web.language import gettext as _
from webapp.web.page import render
from webapp.web.presenters.client_access import zone_of
from webapp.web.presenters.courses import client_url
from webapp.web.presenters.notice_history import history_rows
from webapp.web.views.clients import client_or_404

blueprint = Blueprint("notice_history", __name__)
# More are not kept for long; nobody reads further back.
MOST = 200


@blueprint.get("/staff/clients/<int:client_id>/notices")
@staff_only
def show(client_id: int) -> ResponseReturnValue:
    client = client_or_404(client_id)
    zone = zone_of(client, course_choices.locations())
    found = notice_history.history_of(client, MOST, zone.key)
    page = {"label": client.name, "back_href": client_url(client.id), "back_words": _("Client")}
    return render("staff/notices.html", page=page, rows=history_rows(found, desk()))
