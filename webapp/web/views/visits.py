"""Visits: consultations and follow-ups, which no rule counts from."""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from webapp.services.course_extras import MoveVisit, PlanVisit, SettleVisit
from webapp.services.courses import CourseFile, VisitCard
from webapp.web.access import staff_only
from webapp.web.editing import Editing, answer, course_or_404, desk, instant_or_404
from webapp.web.forms.courses import VisitForm
from webapp.web.forms.treatment_sessions import VersionedForm, WhenForm
from webapp.web.page import render
from webapp.web.presenters import visits

blueprint = Blueprint("visits", __name__)
ADDRESS = "/staff/courses/<int:course_id>/visits"
WHEN = "staff/when.html"


@blueprint.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@staff_only
def plan(course_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    form = VisitForm(request.form or None, meta={"zone": file.course.zone})

    def edit() -> PlanVisit:
        return PlanVisit(form.kind.data or "", instant_or_404(form.starts_at.data))

    return answer(Editing(file, form, WHEN, visits.plan_page(file, desk()), edit))


@blueprint.get(f"{ADDRESS}/<int:visit_id>")
@staff_only
def show(course_id: int, visit_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    page = visits.visit_page(file, _visit_or_404(file, visit_id), desk())
    return render("staff/session.html", page=page)


@blueprint.route(f"{ADDRESS}/<int:visit_id>/move", methods=["GET", "POST"])
@staff_only
def move(course_id: int, visit_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    visit = _visit_or_404(file, visit_id)
    zone = {"zone": file.course.zone}
    form = WhenForm(request.form or None, meta=zone, data={"starts_at": visit.starts_at})

    def edit() -> MoveVisit:
        return MoveVisit(visit_id, instant_or_404(form.starts_at.data))

    return answer(Editing(file, form, WHEN, visits.move_page(file, visit, desk()), edit))


@blueprint.route(
    f"{ADDRESS}/<int:visit_id>/<any(held,cancelled,missed):status>", methods=["GET", "POST"]
)
@staff_only
def settle(course_id: int, visit_id: int, status: str) -> ResponseReturnValue:
    file = course_or_404(course_id)
    _visit_or_404(file, visit_id)
    page = visits.settle_page(file, status, desk())
    form = VersionedForm(request.form or None)
    return answer(
        Editing(file, form, "staff/confirm.html", page, lambda: SettleVisit(visit_id, status))
    )


def _visit_or_404(file: CourseFile, visit_id: int) -> VisitCard:
    found = next((visit for visit in file.visits if visit.id == visit_id), None)
    if found is None:
        abort(404)
    return found
