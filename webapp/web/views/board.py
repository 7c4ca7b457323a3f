"""The staff's start page: what this day holds, and what waits for somebody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from webapp.services import (
    board,
    clients,
    course_choices,
    photo_keeping,
    photo_requests,
    reach,
    sending_health,
    slips,
)
from webapp.services.photos import PhotoRow
from webapp.web.access import staff_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.editing import desk
from webapp.web.forms.texts import whole_number
from webapp.web.page import render
from webapp.web.presenters.board import board_page
from webapp.web.presenters.photo_asking import answer_rows, marked_rows
from webapp.web.presenters.reach import reach_rows
from webapp.web.presenters.sending import sending_alarm
from webapp.web.presenters.slips import slip_rows

blueprint = Blueprint("board", __name__)


@blueprint.get("/staff")
@staff_only
def show() -> ResponseReturnValue:
    places = course_choices.locations()
    location_id = whole_number(request.args.get("location")) or None
    if location_id is not None and location_id not in [place.id for place in places]:
        abort(404)
    found = board.today(collaborators(), moment(), location_id)
    page = board_page(found, places, location_id, desk())
    unreached = reach_rows(reach.not_reached(moment(), location_id), location_id, desk())
    told = slip_rows(slips.unseen(location_id), location_id, desk())
    photos = {
        "answers": answer_rows(
            photo_requests.unseen(signed_in(), location_id), location_id, desk()
        ),
        "marked": marked_rows(_marked(location_id)),
    }
    rows = {"unreached": unreached, "slips": told, "alarm": _alarm(), **photos}
    return render("staff/board.html", page=page, **rows)


def _marked(location_id: int | None) -> list[tuple[str, PhotoRow]]:
    """Photos that wait for the artist, with their clients' names; answers wait by themselves."""
    if not desk().is_clinician:
        return []
    items = photo_keeping.waiting_for_artist(signed_in(), location_id)
    rows = [item.row for item in items if item.row.request_id is None]
    found = [(clients.read(row.client_id), row) for row in rows]
    return [(client.name, row) for client, row in found if client]


def _alarm() -> dict[str, Any] | None:
    """To the owner, who can see to it: that notices do not go out."""
    return sending_alarm(sending_health.health(collaborators())) if signed_in().is_owner else None
