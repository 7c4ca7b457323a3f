"""What the phone in hand keeps and may do."""

from __future__ import annotations

from flask import Blueprint

from webapp.web.access import clients_only
from webapp.web.page import render

blueprint = Blueprint("phone", __name__)


@blueprint.get("/phone")
@clients_only
def show() -> str:
    return render("account/phone.html")
