"""What a client agrees to concerning photos, as the staff see it and record it at the chair."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from webapp.services import course_choices, photo_consents
from webapp.web.context import collaborators, signed_in
from webapp.web.editing import desk
from webapp.web.forms.photos import ConsentForm
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.photo_door import photo_staff_only
from webapp.web.presenters.client_access import zone_of
from webapp.web.presenters.photo_agreements import agreements_page
from webapp.web.presenters.photo_timeline import photos_url
from webapp.web.views.clients import client_or_404

blueprint = Blueprint("photo_consents_desk", __name__)
ADDRESS = "/staff/clients/<int:client_id>/photos/consents"


@blueprint.get(ADDRESS)
@photo_staff_only
def show(client_id: int) -> ResponseReturnValue:
    client = client_or_404(client_id)
    agreed = photo_consents.standing(signed_in(), client_id)
    said = photo_consents.history(signed_in(), client_id)
    zone = zone_of(client, course_choices.locations())
    return render(
        "staff/photo_consents.html", page=agreements_page(client, agreed, said, zone, desk())
    )


@blueprint.post(ADDRESS)
@photo_staff_only
def record(client_id: int) -> ResponseReturnValue:
    client_or_404(client_id)
    form = ConsentForm(request.form)
    if not form.validate():
        abort(422)
    photo_consents.say(collaborators(), signed_in(), client_id, form.switch)
    say("good", _("Recorded, with your name beside it."), role="status")
    return redirect(photos_url(client_id, "consents"), 303)
