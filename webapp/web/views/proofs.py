"""Tests of a device: asked for with a tap, answered honestly on a page of their own."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from webapp.services import proofs
from webapp.web.access import signed_in_only
from webapp.web.context import collaborators, signed_in
from webapp.web.limits import PUSH_LIMIT, limited
from webapp.web.page import render
from webapp.web.presenters.proofs import proof_page

blueprint = Blueprint("proofs", __name__)


@blueprint.post("/push/subscriptions/<int:subscription_id>/tests")
@limited(PUSH_LIMIT)
@signed_in_only
def ask(subscription_id: int) -> Response:
    proof_id = proofs.send_test(collaborators(), signed_in(), subscription_id)
    return redirect(url_for("proofs.show", proof_id=proof_id), 303)


@blueprint.get("/notifications/tests/<int:proof_id>")
@signed_in_only
def show(proof_id: int) -> str:
    person = signed_in()
    result = proofs.result_of(collaborators(), person, proof_id)
    return render("account/proof.html", **proof_page(person, result))
