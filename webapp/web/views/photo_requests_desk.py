"""Asking a client for a photo of the healing, and looking at what came."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp.domain.photos import Zone
from webapp.services import course_choices, courses, photo_requests
from webapp.services.clients import ClientFile
from webapp.services.photo_requests import NewRequest, RequestRefusedError
from webapp.web.context import collaborators, signed_in
from webapp.web.editing import desk
from webapp.web.forms.photos import AskForm
from webapp.web.forms.texts import errors_of, whole_number
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.photo_door import photo_staff_only
from webapp.web.presenters.client_access import zone_of
from webapp.web.presenters.photo_asking import ask_page, suggested_day
from webapp.web.presenters.photo_timeline import photos_url
from webapp.web.views.clients import client_or_404

blueprint = Blueprint("photo_requests_desk", __name__)


@blueprint.route("/staff/clients/<int:client_id>/photos/ask", methods=["GET", "POST"])
@photo_staff_only
def ask(client_id: int) -> ResponseReturnValue:
    client = client_or_404(client_id)
    zone = zone_of(client, course_choices.locations())
    day = suggested_day(courses.running_of(client_id), zone, desk())
    form = AskForm(request.form or None, data={"due_on": day, "zone": Zone.HAIRLINE.value})
    if request.method != "POST":
        return _page(client, form)
    if not form.validate():
        return _page(client, form, errors_of(form)), 422
    return _asked(client, form)


@blueprint.post("/staff/photo-requests/<int:request_id>/cancel")
@photo_staff_only
def cancel(request_id: int) -> Response:
    photo_requests.cancel(collaborators(), signed_in(), request_id)
    say("good", _("Taken back. The client is not asked."), role="status")
    return redirect(photos_url(whole_number(request.form.get("client")), "ask"), 303)


@blueprint.post("/staff/photo-requests/<int:request_id>/seen")
@photo_staff_only
def see(request_id: int) -> Response:
    found = photo_requests.see(collaborators(), signed_in(), request_id)
    words = _("Noted: you have seen the photo of %(name)s.", name=found.client_name)
    say("good", words, role="status")
    location_id = whole_number(request.form.get("location")) or None
    return redirect(url_for("board.show", location=location_id), 303)


def _asked(client: ClientFile, form: AskForm) -> ResponseReturnValue:
    course = courses.running_of(client.id)
    assert form.day
    new = NewRequest(client.id, Zone(form.zone.data or ""), form.day, form.words.data or "",
                     course.id if course else None)  # fmt: skip
    try:
        photo_requests.ask(collaborators(), signed_in(), new)
    except RequestRefusedError:
        words = _("The day must be today or later, within a year.")
        return _page(client, form, [{"field": "due_on", "words": words}]), 422
    say("good", _("Asked. The client is told on the morning of that day."), role="status")
    return redirect(photos_url(client.id, "ask"), 303)


def _page(client: ClientFile, form: AskForm, errors: Any = ()) -> str:
    rows = photo_requests.of_client(signed_in(), client.id)
    page = ask_page(client, rows, desk())
    return render("staff/photo_ask.html", page=page, form=form, errors=errors)
