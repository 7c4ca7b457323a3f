"""Rate limits, behind one file. The counting of wrong codes is in the database, not here."""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter, RouteLimit

from config import Settings
from webapp.services.attempts import network_of
from webapp.web.context import settings


def _network() -> str:
    return network_of(request.remote_addr or "")


limiter = Limiter(_network)
# An outer wall against floods, per network: whoever types at the desk never meets it.
CODE_LIMIT = "120 per minute"
STAFF_LIMIT = "30 per minute"
# Every phone in the waiting room compares its subscription once an opening.
PUSH_LIMIT = "60 per minute"
# A card opened in a salon, or made: nobody does either so often.
CARD_LIMIT = "30 per minute"
SLIP_LIMIT = "10 per minute"
# An artist sends a photo a second at most, and several may share a network.
UPLOAD_LIMIT = "120 per minute"
# Some calendars read the feeds of all their users from a few networks.
FEED_LIMIT = "120 per minute"


def limited(rate: str) -> RouteLimit:
    """Limit a view to a rate, such as `30 per minute`, for each network."""
    return limiter.limit(rate, exempt_when=_is_a_test)


def _is_a_test() -> bool:
    # Asked at each request: the limiter is one for all applications of a process.
    return settings().mode == "test"


def init_app(app: Flask, settings: Settings) -> None:
    """Attach the limiter; tests of many requests run without it unless they ask for it."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.limits_store
    app.config["RATELIMIT_ENABLED"] = settings.mode != "test"
    limiter.init_app(app)
