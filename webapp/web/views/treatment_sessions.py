"""Treatment sessions at the desk: plan, move, cancel, missed, correct. Ending has its own view."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from webapp.domain.course_edits import (
    CancelSession,
    CorrectSession,
    Edit,
    MissSession,
    MoveSession,
    PlanSession,
    ReopenSession,
)
from webapp.services import preparing
from webapp.services.courses import CourseFile
from webapp.web.access import clinicians_only, staff_only
from webapp.web.editing import (
    Editing,
    answer,
    course_or_404,
    desk,
    instant_or_404,
    preview_of,
    session_or_404,
)
from webapp.web.forms.treatment_sessions import (
    CorrectForm,
    VersionedForm,
    WhenForm,
    wished_start,
)
from webapp.web.page import render
from webapp.web.presenters import planning, sessions

blueprint = Blueprint("treatment_sessions", __name__)
ADDRESS = "/staff/courses/<int:course_id>/sessions"
WHEN = "staff/when.html"
CONFIRM = "staff/confirm.html"


@blueprint.get(f"{ADDRESS}/<int:number>")
@staff_only
def show(course_id: int, number: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    ticked = preparing.ticked(file.id).get(number, ())
    page = sessions.session_page(file, session_or_404(file, number), ticked, desk())
    return render("staff/session.html", page=page)


@blueprint.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@staff_only
def plan(course_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    form = _when_form(file)
    page = planning.plan_page(file, desk())
    look = preview_of(file)
    return answer(
        Editing(
            file, form, WHEN, page, lambda: PlanSession(instant_or_404(form.starts_at.data)), look
        )
    )


@blueprint.route(f"{ADDRESS}/<int:number>/move", methods=["GET", "POST"])
@staff_only
def move(course_id: int, number: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    booked = session_or_404(file, number)
    form = _when_form(file, booked.starts_at)

    def edit() -> Edit:
        return MoveSession(number, instant_or_404(form.starts_at.data))

    page, look = planning.move_page(file, booked, desk()), preview_of(file)
    return answer(Editing(file, form, WHEN, page, edit, look))


@blueprint.route(f"{ADDRESS}/<int:number>/correct", methods=["GET", "POST"])
@clinicians_only
def correct(course_id: int, number: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    wrong = session_or_404(file, number)
    times = {"starts_at": wrong.starts_at, "ended_at": wrong.ended_at}
    form = CorrectForm(request.form or None, meta={"zone": file.course.zone}, data=times)

    def edit() -> Edit:
        starts_at, ended_at = form.starts_at.data, form.ended_at.data
        return CorrectSession(number, instant_or_404(starts_at), instant_or_404(ended_at))

    page, look = planning.correct_page(file, wrong, desk()), preview_of(file)
    return answer(Editing(file, form, "staff/correct.html", page, edit, look))


@blueprint.route(f"{ADDRESS}/<int:number>/cancel", methods=["GET", "POST"])
@staff_only
def cancel(course_id: int, number: int) -> ResponseReturnValue:
    return _tap(course_id, number, CancelSession(number), sessions.cancel_words())


@blueprint.route(f"{ADDRESS}/<int:number>/missed", methods=["GET", "POST"])
@staff_only
def missed(course_id: int, number: int) -> ResponseReturnValue:
    return _tap(course_id, number, MissSession(number), sessions.missed_words())


@blueprint.route(f"{ADDRESS}/<int:number>/reopen", methods=["GET", "POST"])
@clinicians_only
def reopen(course_id: int, number: int) -> ResponseReturnValue:
    return _tap(course_id, number, ReopenSession(number), sessions.reopen_words())


def _when_form(file: CourseFile, starts_at: datetime | None = None) -> WhenForm:
    """The form, filled in with the start that the address wishes for, or else with the one there
    is. What is sent counts alone."""
    zone = file.course.zone
    shown = wished_start(request.args, zone) or starts_at
    return WhenForm(request.form or None, meta={"zone": zone}, data={"starts_at": shown})


def _tap(course_id: int, number: int, edit: Edit, words: tuple[str, str]) -> ResponseReturnValue:
    file = course_or_404(course_id)
    session_or_404(file, number)
    page = sessions.confirm_page(file, words, desk())
    form = VersionedForm(request.form or None)
    # A session that is opened again only makes answers stricter.
    look = None if isinstance(edit, ReopenSession) else preview_of(file)
    return answer(Editing(file, form, CONFIRM, page, lambda: edit, look))
