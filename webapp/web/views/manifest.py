"""What a phone asks for before it keeps the app: its name, its colours, its icons."""

from __future__ import annotations

import json

from flask import Blueprint, Response

from webapp.services.clinic import look
from webapp.web.access import open_to_everybody
from webapp.web.freshness import asked_each_time
from webapp.web.presenters.manifest import present_manifest

blueprint = Blueprint("manifest", __name__)


@blueprint.get("/manifest.webmanifest")
@open_to_everybody
def show() -> Response:
    body = json.dumps(present_manifest(look()), ensure_ascii=False)
    response = Response(body, content_type="application/manifest+json; charset=utf-8")
    return asked_each_time(response)
