"""The owner words the warning signs."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.services import clinic_settings
from webapp.services.errors import ChangedMeanwhileError
from webapp.web.access import owner_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.clinic import SignsForm
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.warning_signs import signs_form, signs_page

blueprint = Blueprint("warning_signs", __name__)


@blueprint.get("/staff/settings/warning-signs")
@owner_only
def show() -> str:
    return render("settings/warning_signs.html", **signs_page(signs_form()))


@blueprint.post("/staff/settings/warning-signs")
@owner_only
def save() -> Response | tuple[str, int]:
    form = SignsForm(request.form)
    if not form.validate():
        return render("settings/warning_signs.html", **signs_page(form)), 422
    try:
        clinic_settings.save_warning_signs(
            collaborators(), signed_in(), form.lines(), form.opened_version
        )
    except ChangedMeanwhileError:
        page = signs_page(form, saved=signs_form())
        return render("settings/warning_signs.html", **page), 409
    say("good", _("Saved. Clients see it from now on."))
    return redirect(url_for("settings.show"), 303)
