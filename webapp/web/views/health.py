"""One word for whoever watches the server: nothing about anybody."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.services import sending_health
from webapp.services.sending_health import Health
from webapp.web.access import open_to_everybody
from webapp.web.context import collaborators

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@open_to_everybody
def show() -> Response:
    """`ok` with 200; with 503 `held`, `stopped` (no sign of the worker for a minute), `late`
    (something is due for more than five minutes) or `refused` (by a push service)."""
    found = sending_health.health(collaborators())
    return Response(found.value, 200 if found is Health.OK else 503, content_type="text/plain")
