"""The staff have seen what a client told."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.services import slips
from webapp.web.access import staff_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.texts import whole_number
from webapp.web.language import gettext as _
from webapp.web.page import say

blueprint = Blueprint("slips_desk", __name__)


@blueprint.post("/staff/clients/<int:client_id>/slips/<int:slip_id>/seen")
@staff_only
def see(client_id: int, slip_id: int) -> Response:
    found = slips.see(collaborators(), signed_in(), client_id, slip_id)
    words = _("Noted: you have seen what %(name)s told.", name=found.client_name)
    say("good", words, role="status")
    location_id = whole_number(request.form.get("location")) or None
    return redirect(url_for("board.show", location=location_id), 303)
