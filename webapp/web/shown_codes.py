"""Recovery codes just made, kept sealed for ten minutes in their maker's own browser.

As with other codes (decision 0009) the server keeps hashes only, and the page that shows them can
be loaded again until its reader says that they are kept.
"""

from __future__ import annotations

import json
from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from webapp.domain.people import SignedIn
from webapp.web.context import collaborators, moment, settings

NAME = "recovery"
PATH = "/staff/security/recovery"
SHOWN_SPAN = timedelta(minutes=10)


def keep(response: Response, person: SignedIn, codes: list[str]) -> None:
    """Let this browser show these codes to this login for ten minutes."""
    until = int((moment() + SHOWN_SPAN).timestamp())
    sealed = collaborators().seal.close(json.dumps([person.login_id, until, codes]))
    _set(response, sealed.decode("ascii"), SHOWN_SPAN)


def kept(person: SignedIn) -> list[str]:
    """The codes that this login has just made; none where it has not."""
    opened = collaborators().seal.open(request.cookies.get(NAME, "").encode("utf-8", "replace"))
    if opened is None:
        return []
    login_id, until, codes = json.loads(opened)
    return codes if login_id == person.login_id and moment().timestamp() < until else []


def forget(response: Response) -> None:
    """Show them no longer."""
    _set(response, "", timedelta())


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
