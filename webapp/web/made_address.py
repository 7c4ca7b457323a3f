"""The address of a calendar just made, kept for ten minutes in its maker's own browser.

As with codes (decision 0009) the server keeps a hash only, and the page that shows the address can
be loaded again: whoever pastes it elsewhere comes back to a page that their phone has let go of.
The cookie is its own, because the shared one would keep every page from being stored.
"""

from __future__ import annotations

from datetime import timedelta

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from webapp.domain.people import SignedIn
from webapp.web.context import moment, settings

NAME = "calendar"
PATH = "/dates/calendar"
SHOWN_SPAN = timedelta(minutes=10)


def keep(response: Response, person: SignedIn, made: tuple[int, str]) -> None:
    """Let this browser show (feed id, token) to this login for ten minutes."""
    until = int((moment() + SHOWN_SPAN).timestamp())
    _set(response, _signer().dumps([person.login_id, until, *made]), SHOWN_SPAN)


def forget(response: Response) -> None:
    """Show it no longer."""
    _set(response, "", timedelta())


def kept(person: SignedIn, feed_id: int) -> str:
    """The token of the feed with this id, where this login has just made it; else ''."""
    try:
        login_id, until, made_id, token = _signer().loads(request.cookies.get(NAME, ""))
    except (BadSignature, ValueError, TypeError):
        return ""
    is_shown = (login_id, made_id) == (person.login_id, feed_id) and moment().timestamp() < until
    return str(token) if is_shown else ""


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt="calendar address")


def _set(response: Response, value: str, span: timedelta) -> None:
    response.set_cookie(
        NAME,
        value,
        max_age=span,
        path=PATH,
        secure=settings().is_secure,
        httponly=True,
        samesite="Lax",
    )
