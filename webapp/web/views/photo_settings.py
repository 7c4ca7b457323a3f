"""The clinic's logo, and whether the law obliges the clinic to keep photos."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.domain.photo_faults import PhotoRefusedError
from webapp.services import logos, photo_consents
from webapp.web.access import owner_only, staff_only
from webapp.web.context import collaborators, signed_in
from webapp.web.language import gettext as _
from webapp.web.limits import UPLOAD_LIMIT, limited
from webapp.web.page import render, say
from webapp.web.photo_answers import streamed
from webapp.web.presenters.photo_words import fault_words
from webapp.web.sent_files import sent_files

blueprint = Blueprint("photo_settings", __name__)
ADDRESS = "/staff/settings/photos"


@blueprint.get(ADDRESS)
@owner_only
def show() -> ResponseReturnValue:
    return _page()


@blueprint.post(f"{ADDRESS}/logo")
@limited(UPLOAD_LIMIT)
@owner_only
def replace() -> ResponseReturnValue:
    files = sent_files("logo")
    if not files:
        return _page([{"field": "logo", "words": _("Choose a picture.")}]), 422
    try:
        logos.receive(collaborators(), signed_in(), files[0].stream)
    except PhotoRefusedError as refusal:
        return _page([{"field": "logo", "words": fault_words(refusal.fault)}]), 422
    say("good", _("Saved. It stands at the head of your pages."), role="status")
    return redirect(url_for("photo_settings.show"), 303)


@blueprint.post(f"{ADDRESS}/logo/remove")
@owner_only
def remove() -> ResponseReturnValue:
    logos.remove(collaborators(), signed_in())
    say("good", _("Removed. The clinic’s initials stand there again."), role="status")
    return redirect(url_for("photo_settings.show"), 303)


@blueprint.post(f"{ADDRESS}/duty")
@owner_only
def say_duty() -> ResponseReturnValue:
    said = request.form.get("must_keep", "")
    if said not in ("yes", "no"):
        abort(422)
    photo_consents.say_must_keep(collaborators(), signed_in(), said == "yes")
    say("good", _("Saved. It counts from the next withdrawal on."), role="status")
    return redirect(url_for("photo_settings.show"), 303)


@blueprint.get("/staff/logo.png")
@staff_only
def logo() -> Response:
    found = logos.current(collaborators())
    if found is None:
        abort(404)
    response = streamed(found)
    # Its address changes with it, and it is no secret of anybody.
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def _page(errors: Any = ()) -> str:
    must_keep = "yes" if photo_consents.must_keep() else "no"
    return render("settings/photos.html", mark=logos.mark(), must_keep=must_keep, errors=errors)
