"""The owner keeps the clinic's locations."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.services import locations
from webapp.services.errors import ChangedMeanwhileError
from webapp.services.locations import LastLocationError, ZoneInUseError
from webapp.web.access import owner_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.clinic import LocationForm, VersionedForm
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.locations import (
    location_form,
    location_page,
    location_rows,
    zone_in_use_words,
)

blueprint = Blueprint("locations", __name__)


@blueprint.get("/staff/settings/locations")
@owner_only
def show() -> str:
    return render("settings/locations.html", rows=location_rows())


@blueprint.get("/staff/settings/locations/new")
@owner_only
def new() -> str:
    return render("settings/location.html", **location_page(LocationForm()))


@blueprint.post("/staff/settings/locations/new")
@owner_only
def add() -> Response | tuple[str, int]:
    form = LocationForm(request.form)
    if not form.validate():
        return render("settings/location.html", **location_page(form)), 422
    locations.add(collaborators(), signed_in(), form.details())
    say("good", _("The location is added."))
    return redirect(url_for("locations.show"), 303)


@blueprint.get("/staff/settings/locations/<int:location_id>")
@owner_only
def edit(location_id: int) -> str:
    record = locations.one(location_id)
    return render("settings/location.html", **location_page(location_form(record), record))


@blueprint.post("/staff/settings/locations/<int:location_id>")
@owner_only
def save(location_id: int) -> Response | tuple[str, int]:
    form, record = LocationForm(request.form), locations.one(location_id)
    if not form.validate():
        return render("settings/location.html", **location_page(form, record)), 422
    try:
        key = (location_id, form.opened_version)
        locations.save(collaborators(), signed_in(), key, form.details())
    except ChangedMeanwhileError:
        page = location_page(form, record, saved=location_form(locations.one(location_id)))
        return render("settings/location.html", **page), 409
    except ZoneInUseError:
        form.time_zone.errors = [zone_in_use_words()]
        return render("settings/location.html", **location_page(form, record)), 422
    say("good", _("Saved. Clients see it from now on."))
    return redirect(url_for("locations.show"), 303)


@blueprint.post("/staff/settings/locations/<int:location_id>/archive")
@owner_only
def archive(location_id: int) -> Response:
    key = (location_id, VersionedForm(request.form).opened_version)
    try:
        locations.archive(collaborators(), signed_in(), key)
    except LastLocationError:
        say("wait", _("This is the only location. Add another before you archive it."))
    except ChangedMeanwhileError:
        say("wait", _("Somebody changed this location meanwhile. Look at it and try again."))
    else:
        say("good", _("Archived. Running courses keep it; new ones cannot choose it."))
    return redirect(url_for("locations.show"), 303)


@blueprint.post("/staff/settings/locations/<int:location_id>/return")
@owner_only
def bring_back(location_id: int) -> Response:
    key = (location_id, VersionedForm(request.form).opened_version)
    try:
        locations.bring_back(collaborators(), signed_in(), key)
    except ChangedMeanwhileError:
        say("wait", _("Somebody changed this location meanwhile. Look at it and try again."))
    else:
        say("good", _("New courses can choose this location again."))
    return redirect(url_for("locations.show"), 303)
