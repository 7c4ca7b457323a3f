"""Extensions: one client waits longer with something than the protocol says, for a reason."""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from webapp.domain.course_edits import Extend, RemoveExtension
from webapp.web.access import clinicians_only
from webapp.web.editing import Editing, answer, course_or_404, desk, preview_of
from webapp.web.forms.courses import CloseForm, ExtensionForm
from webapp.web.presenters import extensions

blueprint = Blueprint("extensions", __name__)
ADDRESS = "/staff/courses/<int:course_id>/extensions"


@blueprint.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@clinicians_only
def add(course_id: int) -> ResponseReturnValue:
    file = course_or_404(course_id)
    form = ExtensionForm(request.form or None, activities=extensions.activities(file))
    page = extensions.add_page(file, desk())

    def edit() -> Extend:
        return Extend(form.activity.data, form.days.number, form.reason.data or "")

    look = preview_of(file)
    return answer(Editing(file, form, "staff/extension.html", page, edit, look))


@blueprint.route(f"{ADDRESS}/<activity>/remove", methods=["GET", "POST"])
@clinicians_only
def remove(course_id: int, activity: str) -> ResponseReturnValue:
    file = course_or_404(course_id)
    if activity not in file.protocol.activities:
        abort(404)
    page = extensions.remove_page(file, activity, desk())
    form = CloseForm(request.form or None)

    def edit() -> RemoveExtension:
        return RemoveExtension(activity, form.reason.data or "")

    return answer(Editing(file, form, "staff/reason.html", page, edit))
