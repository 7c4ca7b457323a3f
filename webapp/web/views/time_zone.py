"""The phone says in which time zone it is."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from webapp.services import logins
from webapp.web.access import signed_in_only
from webapp.web.context import signed_in

blueprint = Blueprint("time_zone", __name__)


@blueprint.post("/time-zone")
@signed_in_only
def report() -> Response:
    if not logins.report_zone(signed_in(), request.form.get("zone", "")):
        abort(422)
    return Response(status=204)
