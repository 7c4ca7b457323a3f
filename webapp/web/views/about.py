"""About the treatment: open to everybody, before it and long after."""

from __future__ import annotations

from flask import Blueprint

from webapp.services import clinic_settings
from webapp.web.access import open_to_everybody
from webapp.web.compression import compressed
from webapp.web.context import signed_in_or_none
from webapp.web.page import layout_for, render
from webapp.web.presenters.about import present_about

blueprint = Blueprint("about", __name__)


@blueprint.get("/about-treatment")
@open_to_everybody
@compressed()
def show() -> str:
    """What the treatment is, and what the clinic offers."""
    person = signed_in_or_none()
    page = present_about(clinic_settings.current().details, is_signed_in=person is not None)
    return render("public/about.html", layout=layout_for(person), page=page)
