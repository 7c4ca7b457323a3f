"""Staff tell a client in person what a push could not."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.services import reach
from webapp.web.access import staff_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.texts import whole_number
from webapp.web.page import say
from webapp.web.presenters.reach import told_words
from webapp.web.views.clients import client_or_404

blueprint = Blueprint("reach", __name__)


@blueprint.post("/staff/clients/<int:client_id>/told-in-person")
@staff_only
def tell(client_id: int) -> Response:
    client = client_or_404(client_id)
    is_planned = reach.tell_in_person(collaborators(), signed_in(), client.id, _lifts_at())
    say(*told_words(is_planned, client.name), role="status")
    location_id = whole_number(request.form.get("location")) or None
    return redirect(url_for("board.show", location=location_id), 303)


def _lifts_at() -> datetime:
    try:
        instant = datetime.fromisoformat(request.form.get("lifts_at", ""))
    except ValueError:
        abort(422)
    return instant if instant.utcoffset() is not None else abort(422)
