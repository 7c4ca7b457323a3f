"""What a view asks of the running application: collaborators, settings, the present, the user."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, current_app, request
from flask_login import current_user

from config import Settings
from webapp.domain.people import SignedIn
from webapp.services.ports import Collaborators

# Nobody is treated beyond them, and at the ends of the calendar no day can be added or taken.
YEARS_TO_VISIT = range(2000, 2100)


@dataclass(slots=True)
class Visit:
    """What holds for a whole request, found out once: every way through Flask's proxies costs
    more than what it leads to, and a page would go there fifty times."""

    collaborators: Collaborators
    settings: Settings
    moment: datetime
    person: SignedIn | None = None


_visit: ContextVar[Visit | None] = ContextVar("visit", default=None)


def init_app(app: Flask) -> None:
    """Begin a visit with every request; the first of all hooks."""

    def begin() -> None:
        _visit.set(_new_visit(app))

    app.before_request(begin)
    app.teardown_request(_end)


def _end(error: BaseException | None) -> None:
    _visit.set(None)


def _here() -> Visit:
    """This request's visit; where none has begun, one that is found out anew each time."""
    return _visit.get() or _new_visit(current_app)


def _new_visit(app: Flask) -> Visit:
    outside = cast(Collaborators, app.extensions["collaborators"])
    chosen = cast(Settings, app.extensions["settings"])
    return Visit(outside, chosen, _travelled_to(chosen) or outside.clock.now())


def collaborators() -> Collaborators:
    """The outer world as create_app wired it."""
    return _here().collaborators


def settings() -> Settings:
    """The settings this process started with."""
    return _here().settings


def moment() -> datetime:
    """The instant this request speaks of: one and the same for the whole request, UTC.

    Outside production `?at=2026-03-06T17:00:00+04:00` travels in time; production ignores
    nothing silently: it refuses such a request before a view sees it.
    """
    return _here().moment


def _travelled_to(chosen: Settings) -> datetime | None:
    if chosen.is_production or not request.query_string:
        return None
    text = request.args.get("at", "")
    try:
        instant = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    if instant.utcoffset() is None or instant.year not in YEARS_TO_VISIT:
        return None
    return instant.replace(microsecond=0)


def let_in(person: SignedIn) -> None:
    """Remember for this request who may go on to a view."""
    visit = _visit.get()
    assert visit is not None
    visit.person = person


def signed_in() -> SignedIn:
    """Whoever was let in; only for views that are not open to everybody."""
    visit = _visit.get()
    assert visit is not None
    assert visit.person is not None
    return visit.person


def signed_in_or_none() -> SignedIn | None:
    """Whoever is signed in, or None."""
    return cast("SignedIn | None", getattr(current_user, "person", None))
