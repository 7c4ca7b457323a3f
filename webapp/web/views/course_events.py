"""A client's event at the desk: what it meets, and dates that lead to the form that books them."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from webapp.domain.event_planning import Wishes
from webapp.domain.plan import AftercarePlan
from webapp.services.course_files import CourseFile
from webapp.services.events import EventLook, look_at, open_days, plan_of
from webapp.web.access import staff_only
from webapp.web.context import moment
from webapp.web.editing import course_or_404, desk
from webapp.web.forms.events import StaffEventForm
from webapp.web.forms.texts import errors_of
from webapp.web.page import render
from webapp.web.presenters.staff_events import event_page

blueprint = Blueprint("course_events", __name__)


@blueprint.get("/staff/courses/<int:course_id>/event")
@staff_only
def show(course_id: int) -> ResponseReturnValue:
    """The days are part of the address, as on the client's page."""
    file = course_or_404(course_id)
    form = StaffEventForm.of(request.args, moment().astimezone(file.course.zone).date())
    plan = plan_of(file, moment())
    look = _look(file, plan, form)
    page = event_page(file, look, desk(), is_readable=plan is not None)
    errors = errors_of(form)
    body = render("staff/event.html", page=page, form=form, errors=errors)
    return body, 422 if errors else 200


def _look(file: CourseFile, plan: AftercarePlan | None, form: StaffEventForm) -> EventLook | None:
    if plan is None or not form.is_complete():
        return None
    wishes = Wishes(form.at, open_days(file.location.opening_hours))
    return look_at(plan, form.event, file.closed_at is not None, wishes)
