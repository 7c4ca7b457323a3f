"""The end of a session at the chair, and what follows it: code, one question, next session."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp.domain.course import TreatmentSession
from webapp.domain.course_edits import Edit, EndSession
from webapp.domain.plan import plan_for
from webapp.services import courses
from webapp.services.course_preview import preview
from webapp.services.courses import CourseFile
from webapp.web import made_codes
from webapp.web.access import staff_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.editing import (
    Editing,
    Look,
    answer,
    course_or_404,
    desk,
    instant_or_404,
    session_or_404,
)
from webapp.web.forms.texts import YES_NO
from webapp.web.forms.treatment_sessions import EndForm
from webapp.web.page import render, say
from webapp.web.presenters import endings
from webapp.web.presenters.codes import client_card
from webapp.web.presenters.course_sessions import session_url
from webapp.web.presenters.courses import course_url
from webapp.web.views.invitations_desk import about_client, offer_code

blueprint = Blueprint("session_ends", __name__)
ADDRESS = "/staff/courses/<int:course_id>/sessions/<int:number>"


@blueprint.route(f"{ADDRESS}/end", methods=["GET", "POST"])
@staff_only
def end(course_id: int, number: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    treatment = session_or_404(file, number)
    if treatment.is_performed and request.method == "GET":
        return redirect(session_url(file, number, "done"), 303)
    answered = answer(_editing(file, treatment))
    if isinstance(answered, Response):
        offer_code(file.client_id, "desk")
    return answered


def _editing(file: CourseFile, treatment: TreatmentSession) -> Editing:
    form, number = _form(file, treatment), treatment.number
    return Editing(
        file,
        form,
        "staff/end.html",
        endings.end_page(file, treatment, desk()),
        lambda: _edit(form, number),
        _look(file),
        session_url(file, number, "done"),
    )


def _form(file: CourseFile, treatment: TreatmentSession) -> EndForm:
    preset = "" if endings.may_be_last(file, treatment.number) else "no"
    return EndForm(
        request.form or None,
        meta={"zone": file.course.zone},
        data={"starts_at": treatment.starts_at, "is_last": preset},
    )


def _edit(form: EndForm, number: int) -> Edit:
    starts_at = instant_or_404(form.starts_at.data)
    return EndSession(number, form.end(moment()), starts_at, form.is_last.data == "yes")


def _look(file: CourseFile) -> Look:
    def look(edit: Any) -> dict[str, Any] | None:
        preview(file, edit, moment())  # refuses what no second look could make right
        return endings.second_look(file, edit)

    return look


@blueprint.get(f"{ADDRESS}/done")
@staff_only
def done(course_id: int, number: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    treatment = session_or_404(file, number)
    if not treatment.is_performed:
        return redirect(session_url(file, number), 303)
    plan = plan_for(file.protocol, file.course, moment())
    made = made_codes.kept(signed_in(), moment(), about_client(file.client_id))
    code = client_card(made, file.course.zone, moment()) if made else None
    page = endings.done_page(file, treatment, plan, desk())
    return render("staff/ended.html", page=page, code=code)


@blueprint.post(f"{ADDRESS}/teach-back")
@staff_only
def teach_back(course_id: int, number: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    session_or_404(file, number)
    is_right = request.form.get("is_right")
    if is_right not in YES_NO:
        abort(422)
    courses.note_teach_back(collaborators(), signed_in(), file.id, number, is_right == "yes")
    say("good", endings.teach_back_words(is_right == "yes"), role="status")
    return redirect(course_url(file), 303)
