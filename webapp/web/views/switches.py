"""All switch times of a client, for a copy that works without the network."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp.domain.people import SignedIn
from webapp.web.access import clients_only
from webapp.web.compression import compressed
from webapp.web.context import moment, signed_in
from webapp.web.freshness import fresh, unchanged
from webapp.web.presenters.switches import switches_json
from webapp.web.views.today import facts_of

blueprint = Blueprint("switches", __name__)


@blueprint.get("/switches.json")
@clients_only
@compressed()
def show() -> Response:
    """From now on, as far as it can be known."""
    person = signed_in()
    return unchanged(person) or _switches(person)


def _switches(person: SignedIn) -> Response:
    facts = facts_of(person)
    body, changes_at = switches_json(facts, moment())
    return fresh(person, body, changes_at, "application/json")
