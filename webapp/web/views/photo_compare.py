"""Two of a client's own photos beside each other, or one over the other."""

from __future__ import annotations

from flask import Blueprint, request

from webapp.services import photos
from webapp.web.access import clients_only
from webapp.web.compression import compressed
from webapp.web.context import collaborators, signed_in
from webapp.web.page import framed_for
from webapp.web.presenters.photo_compare import Wanted, present_compare
from webapp.web.views.gallery import looking_of, part_asked_for
from webapp.web.views.today import facts_of

blueprint = Blueprint("photo_compare", __name__)


@blueprint.get("/photos/compare")
@clients_only
@compressed()
def show() -> str:
    person = signed_in()
    facts = facts_of(person)
    found = photos.mine(collaborators(), person)
    wanted = Wanted(part_asked_for(), request.args.get("first", ""), request.args.get("second", ""))
    page = present_compare(found, wanted, looking_of(person, facts))
    return framed_for(person, facts, "photos/compare.html", page=page)
