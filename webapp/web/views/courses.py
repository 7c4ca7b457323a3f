"""Courses at the desk: where one stands, its length, its end, and taking a change back."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from webapp.domain.course_edits import ConfirmLast, SetPlannedSessions, WithdrawLast
from webapp.services import courses, preparing
from webapp.services.course_extras import CloseCourse, ReopenCourse
from webapp.web.access import clinicians_only, staff_only
from webapp.web.context import collaborators, signed_in
from webapp.web.editing import Editing, answer, course_or_404, desk, preview_of
from webapp.web.forms.courses import CloseForm, PlannedForm
from webapp.web.forms.treatment_sessions import VersionedForm
from webapp.web.page import render, say
from webapp.web.presenters import course_pages, edits
from webapp.web.presenters.courses import course_url

blueprint = Blueprint("courses", __name__)
ADDRESS = "/staff/courses/<int:course_id>"


@blueprint.get(ADDRESS)
@staff_only
def show(course_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    ticked = preparing.ticked(file.id)
    page = course_pages.course_page(file, courses.changes_of(file.id), ticked, desk())
    return render("staff/course.html", page=page)


@blueprint.route(f"{ADDRESS}/length", methods=["GET", "POST"])
@staff_only
def plan_length(course_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    now = {"planned_sessions": str(file.course.planned_sessions)}
    form = PlannedForm(request.form or None, data=now)
    page = course_pages.length_page(file, desk())
    return answer(
        Editing(
            file,
            form,
            "staff/length.html",
            page,
            lambda: SetPlannedSessions(form.planned_sessions.number),
            preview_of(file),
        )
    )


@blueprint.route(f"{ADDRESS}/last", methods=["GET", "POST"])
@staff_only
def confirm_last(course_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    page = course_pages.last_page(file, desk())
    form = VersionedForm(request.form or None)
    return answer(Editing(file, form, "staff/confirm.html", page, ConfirmLast))


@blueprint.route(f"{ADDRESS}/not-last", methods=["GET", "POST"])
@clinicians_only
def withdraw_last(course_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    page = course_pages.not_last_page(file, desk())
    form = VersionedForm(request.form or None)
    return answer(Editing(file, form, "staff/confirm.html", page, WithdrawLast))


@blueprint.route(f"{ADDRESS}/close", methods=["GET", "POST"])
@clinicians_only
def close(course_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    page = course_pages.close_page(file, desk())
    form = CloseForm(request.form or None)
    return answer(
        Editing(file, form, "staff/reason.html", page, lambda: CloseCourse(form.reason.data or ""))
    )


@blueprint.route(f"{ADDRESS}/reopen", methods=["GET", "POST"])
@clinicians_only
def reopen(course_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    if file.closed_at is None and request.method == "GET":
        return redirect(course_url(file), 303)
    page = course_pages.reopen_page(file, desk())
    form = CloseForm(request.form or None)
    return answer(
        Editing(file, form, "staff/reason.html", page, lambda: ReopenCourse(form.reason.data or ""))
    )


@blueprint.post(f"{ADDRESS}/changes/<int:change_id>/undo")
@staff_only
def undo(course_id: int, change_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    if change_id not in [change.id for change in courses.changes_of(file.id)]:
        abort(404)
    is_undone = courses.undo(collaborators(), signed_in(), change_id)
    kind, words = edits.undo_words(is_undone)
    say(kind, words, role="status")
    return redirect(course_url(file), 303)
