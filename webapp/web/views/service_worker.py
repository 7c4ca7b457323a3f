"""The service worker, at the root so that it serves every page."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.services.clinic import look
from webapp.web.access import open_to_everybody
from webapp.web.assets import asset_url
from webapp.web.compression import compressed
from webapp.web.freshness import asked_each_time
from webapp.web.language import gettext as _
from webapp.web.offline_copy import PAGES
from webapp.web.worker_script import worker_script

blueprint = Blueprint("service_worker", __name__)


@blueprint.get("/service-worker.js")
@open_to_everybody
@compressed()
def show() -> Response:
    words = {
        "title": look().name,
        "body": _("There is something new to read."),
        "icon": asset_url("icons/icon-192.png"),
        "badge": asset_url("icons/badge-96.png"),
        "pages": " ".join(PAGES),
    }
    script = worker_script(tuple(words.items()))
    response = Response(script, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    return asked_each_time(response)
