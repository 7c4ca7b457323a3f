"""What a page's script says and asks about push on the device in hand; all but one as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from webapp.domain.pushes import SubscriptionError
from webapp.services import push_devices
from webapp.services.push_devices import Reach
from webapp.web.access import signed_in_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.push import held_in, offered_in
from webapp.web.language import gettext as _
from webapp.web.limits import PUSH_LIMIT, limited
from webapp.web.page import say

blueprint = Blueprint("push", __name__)


@blueprint.get("/push/key")
@signed_in_only
def key() -> Response:
    """The public key that a browser subscribes with."""
    return jsonify(key=push_devices.public_key(collaborators()))


@blueprint.post("/push/subscriptions")
@limited(PUSH_LIMIT)
@signed_in_only
def turn_on() -> Response:
    """Its holder asked for push on this device."""
    offered = offered_in(request.get_data())
    return _standing(push_devices.turn_on(collaborators(), signed_in(), offered))


@blueprint.post("/push/comparison")
@limited(PUSH_LIMIT)
@signed_in_only
def compare() -> Response:
    """What this browser holds, at an opening of the app; the answer says what is so."""
    held, person = held_in(request.get_data()), signed_in()
    return _standing(push_devices.compare(collaborators(), person, held.offered, held.account))


@blueprint.post("/push/subscriptions/<int:subscription_id>/remove")
@signed_in_only
def turn_off(subscription_id: int) -> AnyResponse:
    push_devices.turn_off(collaborators(), signed_in(), subscription_id)
    say("good", _("That device is told no more. Everything is still here."))
    return redirect(url_for("notifications.show"), 303)


@blueprint.errorhandler(SubscriptionError)
def _refuse(error: SubscriptionError) -> tuple[Response, int]:
    words = _("This browser cannot be reached by us. Everything is still here in the app.")
    return jsonify(error=words), 422


def _standing(reach: Reach) -> Response:
    """How the device stands, and for whom: its browser remembers that."""
    return jsonify(state=reach, account=signed_in().account_id)
