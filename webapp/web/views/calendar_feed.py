"""The feed that a calendar reads: open to whoever has its token, and to no cookie."""

from __future__ import annotations

from hashlib import sha256

from flask import Blueprint, Response, request

from webapp.services import calendars
from webapp.web.access import open_to_everybody
from webapp.web.context import collaborators, moment
from webapp.web.limits import FEED_LIMIT, limited
from webapp.web.presenters.calendars import feed_file

blueprint = Blueprint("calendar_feed", __name__)
FILE = "text/calendar; charset=utf-8"


@blueprint.get("/calendar/<feed_token>.ics")
@limited(FEED_LIMIT)
@open_to_everybody
def show(feed_token: str) -> Response:
    """All dates of the client who made this address, in neutral words."""
    body = feed_file(calendars.read(collaborators(), feed_token, moment()))
    response = Response(body, content_type=FILE)
    response.set_etag(sha256(body).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = 'inline; filename="appointments.ics"'
    response.make_conditional(request)
    return response
