"""What the phone in hand keeps and may do."""

from __future__ import annotations

from flask import Blueprint

from webapp.services import push_devices
from webapp.web.access import clients_only
from webapp.web.context import collaborators, signed_in
from webapp.web.page import render
from webapp.web.presenters.turn_on import undo_points

blueprint = Blueprint("phone", __name__)


@blueprint.get("/phone")
@clients_only
def show() -> str:
    devices = push_devices.devices_of(collaborators(), signed_in())
    is_on = any(device.is_this for device in devices)
    return render("account/phone.html", is_on=is_on, undo_points=undo_points())
