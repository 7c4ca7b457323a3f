"""The owner edits the privacy notice."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.services import privacy
from webapp.services.errors import ChangedMeanwhileError
from webapp.web.access import owner_only
from webapp.web.context import collaborators, signed_in
from webapp.web.forms.clinic import NoticeForm
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.notice import notice_edit_page, notice_form

blueprint = Blueprint("notice", __name__)


@blueprint.get("/staff/settings/privacy")
@owner_only
def show() -> str:
    return render("settings/notice.html", **notice_edit_page(notice_form(privacy.in_force())))


@blueprint.post("/staff/settings/privacy")
@owner_only
def publish() -> Response | tuple[str, int]:
    form = NoticeForm(request.form)
    if not form.validate():
        return render("settings/notice.html", **notice_edit_page(form)), 422
    text = (form.text.data or "").replace("\r\n", "\n")
    notice = (text, bool(form.asks_again.data))
    try:
        privacy.publish(collaborators(), signed_in(), notice, form.opened_version)
    except ChangedMeanwhileError:
        page = notice_edit_page(form, saved=notice_form(privacy.in_force()))
        return render("settings/notice.html", **page), 409
    say("good", _("The privacy notice is in force."))
    return redirect(url_for("settings.show"), 303)
