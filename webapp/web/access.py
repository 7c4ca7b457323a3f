"""Who may open which view. Nothing is open by oversight: a view that says nothing is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.people import STAFF_ROLES, Role, SignedIn
from webapp.domain.second_factors import Standing
from webapp.services import privacy, second_factors, staff_sign_in
from webapp.web.context import collaborators, let_in, signed_in_or_none


class FactorRule(Enum):
    """What a view asks of the second factor."""

    NONE = 0
    IF_ANY = 1
    NEEDED = 2


View = TypeVar("View", bound=Callable[..., Any])
EVERYBODY = frozenset[Role]()
# What a client may open before consenting to the privacy notice.
OPEN_BEFORE_CONSENT = frozenset(
    {
        "about",
        "assets",
        "card",
        "calendar_feed",
        "favicon",
        "health",
        "icons",
        "manifest",
        "privacy",
        "service_worker",
        "sign_in",
        "time_zone",
        "wrong",
    }
)


def open_to(*roles: Role) -> Callable[[View], View]:
    """Declare the roles that may call a view; everybody else gets 404, or the sign-in page."""

    def declare(view: View) -> View:
        view.audience = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


staff_only = open_to(*STAFF_ROLES)
clinicians_only = open_to(Role.OWNER, Role.ARTIST)
owner_only = open_to(Role.OWNER)
clients_only = open_to(Role.CLIENT)
signed_in_only = open_to(*Role)


def open_to_everybody(view: View) -> View:
    """Declare that a view needs no sign-in."""
    view.audience = EVERYBODY  # type: ignore[attr-defined]
    return view


def password_again(view: View) -> View:
    """Declare that the password must have been typed within the last ten minutes."""
    view.asks_password = True  # type: ignore[attr-defined]
    return view


def needs_second_factor(view: View) -> View:
    """Declare that a second factor must have been shown on this login. Whoever has none is led to
    where one is set up; below it stands who may call the view at all:

        @blueprint.get("/staff/…")
        @clinicians_only
        @needs_second_factor
    """
    view.factor_rule = FactorRule.NEEDED  # type: ignore[attr-defined]
    return view


def second_factor_if_any(view: View) -> View:
    """Declare the same for whoever has a second factor; who has none yet may come in without."""
    view.factor_rule = FactorRule.IF_ANY  # type: ignore[attr-defined]
    return view


def audience_of(app: Flask, endpoint: str) -> frozenset[Role]:
    """The roles a view is open to; empty for everybody. Raises where a view says nothing."""
    view = app.view_functions[endpoint]
    audience: frozenset[Role] | None = getattr(view, "audience", None)
    if audience is None:
        raise RuntimeError(f"the view {endpoint} does not declare who may open it")
    return audience


@dataclass(frozen=True, slots=True)
class Door:
    """What a view declares: to whom it is open, whether before consent too, whether only after
    the password was typed again, and whether only after a second factor."""

    audience: frozenset[Role]
    is_free: bool
    asks_password: bool
    factor_rule: FactorRule


def init_app(app: Flask) -> None:
    """Check every declaration once, and every request against them."""
    doors = {rule.endpoint: _door(app, rule.endpoint) for rule in app.url_map.iter_rules()}

    def admit() -> Response | None:
        endpoint = request.endpoint
        return None if endpoint is None else _admit(doors[endpoint])

    app.before_request(admit)


def _door(app: Flask, endpoint: str) -> Door:
    section = endpoint.rpartition(".")[0] or endpoint
    view = app.view_functions[endpoint]
    return Door(
        audience_of(app, endpoint),
        section in OPEN_BEFORE_CONSENT,
        getattr(view, "asks_password", False),
        getattr(view, "factor_rule", FactorRule.NONE),
    )


def _admit(door: Door) -> Response | None:
    if door.audience == EVERYBODY and door.is_free:
        return None
    person = signed_in_or_none()
    if door.audience != EVERYBODY:
        if person is None:
            to = "staff" if _is_for_staff(door.audience) else None
            return redirect(url_for("sign_in.show", to=to))
        if person.role not in door.audience:
            abort(404)
    if person is None:
        return None
    let_in(person)
    return _first_to(person, door)


def _first_to(person: SignedIn, door: Door) -> Response | None:
    """Where this person goes before the view they asked for: to consent, to the second factor, or
    to the password."""
    if not door.is_free and privacy.must_ask(collaborators(), person):
        return redirect(url_for("privacy.show"), 303)
    if door.factor_rule is not FactorRule.NONE:
        standing = second_factors.standing(person)
        if standing is Standing.UNPROVED:
            return redirect(url_for("prove.show", next=request.path), 303)
        if standing is Standing.MISSING and door.factor_rule is FactorRule.NEEDED:
            return redirect(url_for("security.show", why="needed"), 303)
    if door.asks_password and not staff_sign_in.is_confirmed(collaborators(), person):
        return redirect(url_for("confirm.show", next=request.path), 303)
    return None


def _is_for_staff(audience: frozenset[Role]) -> bool:
    return Role.CLIENT not in audience
