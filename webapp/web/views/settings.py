"""Settings: of the clinic for its owner, of one's own for everybody on the staff."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.services import clinic_settings
from webapp.services.errors import ChangedMeanwhileError
from webapp.web.access import owner_only, staff_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.clinic import DetailsForm
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.settings import details_form, details_page, overview

blueprint = Blueprint("settings", __name__)


@blueprint.get("/staff/settings")
@staff_only
def show() -> str:
    return render("settings/show.html", **overview(signed_in()))


@blueprint.get("/staff/settings/clinic")
@owner_only
def details() -> str:
    current = clinic_settings.current()
    return render("settings/clinic.html", **details_page(details_form(current)))


@blueprint.post("/staff/settings/clinic")
@owner_only
def save_details() -> Response | tuple[str, int]:
    form = DetailsForm(request.form)
    if not form.validate():
        return render("settings/clinic.html", **details_page(form)), 422
    try:
        clinic_settings.save_details(
            collaborators(), signed_in(), form.details(), form.opened_version
        )
    except ChangedMeanwhileError:
        page = details_page(form, saved=details_form(clinic_settings.current()))
        return render("settings/clinic.html", **page), 409
    say("good", _("Saved. Clients see it from now on."))
    return redirect(url_for("settings.show"), 303)
