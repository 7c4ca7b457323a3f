"""The clinic's icon in its sizes."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.services import icons
from webapp.services.clinic import look
from webapp.web.access import open_to_everybody
from webapp.web.assets import FOREVER
from webapp.web.context import collaborators
from webapp.web.icons import icon_mark, initials

A_MINUTE = "public, max-age=60"

blueprint = Blueprint("icons", __name__)


@blueprint.get("/icons/<mark>/<picture>.png")
@open_to_everybody
def show(mark: str, picture: str) -> Response:
    """The icon as it is now; under the mark of another look for a minute only."""
    clinic = look()
    body = icons.icon(collaborators(), clinic, initials(clinic.name), picture)
    kept = FOREVER if mark == icon_mark(clinic) else A_MINUTE
    return Response(body, content_type="image/png", headers={"Cache-Control": kept})
