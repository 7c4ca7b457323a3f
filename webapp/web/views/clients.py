"""Clients at the desk: find, add, edit, begin a course."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.domain.edit_rules import EditRefused
from webapp.domain.people import Role
from webapp.services import clients, course_choices, courses, notice_history, reach, slips
from webapp.services.client_access import access_of
from webapp.services.clients import ClientFile, ClientRefused, NewClient
from webapp.services.courses import CourseRunning, NewCourse, StillHealing
from webapp.web.access import staff_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.editing import desk
from webapp.web.forms.clients import (
    LONGEST_QUERY,
    ClientForm,
    NewClientForm,
    PastSessionsForm,
)
from webapp.web.forms.courses import CourseForm
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters import clients as words
from webapp.web.presenters.client_access import zone_of
from webapp.web.presenters.courses import client_url
from webapp.web.presenters.notice_history import history_part
from webapp.web.presenters.reach import push_rows
from webapp.web.presenters.slips import slip_history

blueprint = Blueprint("clients", __name__)
ADDRESS = "/staff/clients/<int:client_id>"
MOST = 50
MOST_NOTICES = 3
FORM = "staff/client_form.html"


@blueprint.get("/staff/clients")
@staff_only
def search() -> ResponseReturnValue:
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    found = clients.search(query, MOST, signed_in())
    return render("staff/clients.html", page=words.search_page(query, found, MOST))


@blueprint.get(ADDRESS)
@staff_only
def show(client_id: int) -> ResponseReturnValue:
    client = client_or_404(client_id)
    access = access_of(collaborators(), client)
    zone = zone_of(client, course_choices.locations())
    page = words.client_page(client, courses.all_of(client.id), access, zone, desk())
    found = notice_history.history_of(client, MOST_NOTICES, zone.key)
    page["access"] += push_rows(reach.reach_of(client.account_id, moment()), zone, desk())
    page["slips"] = slip_history(slips.history_of(client.id, MOST_NOTICES), desk())
    return render("staff/client.html", page=page, notices=history_part(found, client.id, desk()))


@blueprint.route("/staff/clients/new", methods=["GET", "POST"])
@staff_only
def add() -> ResponseReturnValue:
    form = NewClientForm(
        request.form or None, locations=course_choices.locations(), **_artist_choice()
    )
    page = words.form_page(_("New client"), url_for("clients.search"), _("Add the client"))
    if request.method != "POST":
        return render(FORM, page=page, form=form, errors=[])
    if not form.validate():
        return render(FORM, page=page, form=form, errors=errors_of(form)), 422
    return _added(form, page, FORM)


@blueprint.route("/staff/clients/new-with-past", methods=["GET", "POST"])
@staff_only
def add_with_past() -> ResponseReturnValue:
    template = "staff/past_sessions.html"
    places = course_choices.locations()
    zone = _zone_of(places)
    form = PastSessionsForm(
        request.form or None, locations=places, meta={"zone": zone}, **_artist_choice()
    )
    page = words.past_page(zone, places, desk())
    if request.method != "POST":
        return render(template, page=page, form=form, errors=[])
    if not form.validate():
        return render(template, page=page, form=form, errors=errors_of(form)), 422
    return _added(form, page, template)


def _artist_choice() -> dict[str, Any]:
    """Who can be named as the artist of a new course; a clinician is, unless they say otherwise."""
    person = signed_in()
    own = "" if person.role is Role.RECEPTION else str(person.account_id)
    return {"artists": course_choices.artists(), "data": {"artist": own}}


def _zone_of(places: list[course_choices.LocationCard]) -> ZoneInfo:
    """The zone of the location that was chosen: times are meant as its clocks show them."""
    chosen = request.form.get("location", "")
    zones = [place.zone for place in places if str(place.id) == chosen]
    return ZoneInfo((zones or [place.zone for place in places] or ["UTC"])[0])


def _added(form: NewClientForm, page: dict[str, Any], template: str) -> ResponseReturnValue:
    course = NewCourse(0, form.location_id, artist_id=form.artist_id)
    if isinstance(form, PastSessionsForm):
        is_last = form.is_last.data == "yes"
        course = replace(course, past_sessions=form.past_sessions(), is_last=is_last)
    try:
        _id, course_id = clients.add_with_course(
            collaborators(), signed_in(), new_client(form), course
        )
    except ClientRefused as refused:
        errors = [words.fault_error(refused.code)]
    except EditRefused as refusal:
        errors = [words.past_error(refusal)]
    else:
        say("good", _("%(name)s was added, with a new course.", name=form.name.data), role="status")
        return redirect(url_for("courses.show", course_id=course_id), 303)
    return render(template, page=page, form=form, errors=errors), 422


def new_client(form: ClientForm) -> NewClient:
    """What the form says of a client."""
    return NewClient(
        form.name.data or "", form.phone.data or "", form.location_id, form.note.data or ""
    )


@blueprint.route(f"{ADDRESS}/edit", methods=["GET", "POST"])
@staff_only
def edit(client_id: int) -> ResponseReturnValue:
    client = client_or_404(client_id)
    form = ClientForm(
        request.form or None, locations=course_choices.locations(), data=words.form_data(client)
    )
    page = words.edit_page(client)
    if request.method != "POST":
        return render(FORM, page=page, form=form, errors=[])
    if not form.validate():
        return render(FORM, page=page, form=form, errors=errors_of(form)), 422
    return _edited(client, form, page)


def _edited(client: ClientFile, form: ClientForm, page: dict[str, Any]) -> ResponseReturnValue:
    stale = None
    errors = []
    try:
        clients.edit(
            collaborators(), signed_in(), client.id, form.expected_version, new_client(form)
        )
    except ClientRefused as refused:
        errors = [words.fault_error(refused.code)]
    except clients.StaleClient:
        stale = words.stale(client)
        form.version.data = str(client.version)
    else:
        say("good", _("Saved."), role="status")
        return redirect(client_url(client.id), 303)
    code = 409 if stale else 422
    return render(FORM, page=page, form=form, errors=errors, stale=stale), code


@blueprint.route(f"{ADDRESS}/begin", methods=["GET", "POST"])
@staff_only
def begin(client_id: int) -> ResponseReturnValue:
    client = client_or_404(client_id)
    form = CourseForm(
        request.form or None, locations=course_choices.locations(), **_artist_choice()
    )
    page = words.begin_page(client, form.locations)
    if request.method != "POST":
        return render("staff/course_form.html", page=page, form=form, errors=[])
    if not form.validate():
        return render("staff/course_form.html", page=page, form=form, errors=errors_of(form)), 422
    return _begun(client, form, page)


def _begun(client: ClientFile, form: CourseForm, page: dict[str, Any]) -> ResponseReturnValue:
    new = NewCourse(client.id, form.location_id, form.kind.data or "", form.count, form.artist_id)
    try:
        course_id = courses.begin(collaborators(), signed_in(), new)
    except CourseRunning as running:
        return _refused(form, page, words.running_words(running.course_id))
    except StillHealing as healing:
        zone = zone_of(client, course_choices.locations())
        return _refused(form, page, words.healing_words(healing, zone, moment()))
    say("good", _("The course has begun. Plan its first session."), role="status")
    return redirect(url_for("courses.show", course_id=course_id), 303)


def _refused(form: CourseForm, page: dict[str, Any], notice: dict[str, Any]) -> ResponseReturnValue:
    template = "staff/course_form.html"
    return render(template, page=page, form=form, errors=[], running=notice), 409


def client_or_404(client_id: int) -> ClientFile:
    """The client, or the page that says there is none."""
    found = clients.read(client_id)
    if found is None:
        abort(404)
    return found
