"""Something is wrong: open to everybody, from the first day on."""

from __future__ import annotations

from flask import Blueprint, url_for

from webapp.services import wrong
from webapp.web.access import open_to_everybody
from webapp.web.compression import compressed
from webapp.web.context import moment, signed_in_or_none
from webapp.web.page import layout_for, render
from webapp.web.presenters.wrong import present_wrong

blueprint = Blueprint("wrong", __name__)


@blueprint.get("/something-is-wrong")
@open_to_everybody
@compressed()
def show() -> str:
    """What is to be expected, what is not, and whom to call."""
    person = signed_in_or_none()
    page = present_wrong(wrong.where_to_turn(person), moment())
    slip_href = url_for("slips.show") if person and not person.is_staff else ""
    return render("public/wrong.html", layout=layout_for(person), page=page, slip_href=slip_href)
