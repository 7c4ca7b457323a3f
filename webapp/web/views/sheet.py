"""The aftercare on one sheet of paper: for the client, and for the staff who print it."""

from __future__ import annotations

from flask import Blueprint, url_for

from webapp.services import sheet
from webapp.web.access import clients_only, staff_only
from webapp.web.context import moment, signed_in
from webapp.web.editing import course_or_404
from webapp.web.language import gettext as _
from webapp.web.page import render
from webapp.web.presenters.courses import course_url
from webapp.web.presenters.sheet import present_sheet

blueprint = Blueprint("sheet", __name__)


@blueprint.get("/sheet")
@clients_only
def show() -> str:
    person = signed_in()
    found = sheet.sheet_of(person.client_id or 0, moment())
    page = present_sheet(found, person.name, moment())
    back = {"back_href": url_for("dates.show"), "back_words": _("Dates")}
    return render("client/sheet.html", page=page, **back)


@blueprint.get("/staff/courses/<int:course_id>/sheet")
@staff_only
def of_course(course_id: int) -> str:
    file = course_or_404(course_id)
    found = sheet.sheet_of_course(file.client_id, file.id, moment())
    page = present_sheet(found, file.client_name, moment())
    back = {"back_href": course_url(file), "back_words": _("Course")}
    return render("client/sheet.html", page=page, **back)
