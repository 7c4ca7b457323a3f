"""The one way in which staff change a course: look, save, and undo; never over a colleague."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.domain.course import TreatmentSession
from webapp.domain.course_edits import Edit, EndSession
from webapp.domain.edit_rules import EditRefused
from webapp.services import courses
from webapp.services.course_extras import FileEdit
from webapp.services.course_preview import preview
from webapp.services.courses import ChangeCard, CourseFile, StaleCourse
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.texts import errors_of
from webapp.web.forms.treatment_sessions import VersionedForm
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.course_sessions import Desk
from webapp.web.presenters.courses import course_url
from webapp.web.presenters.edits import change_words, refusal_error, stale_words
from webapp.web.presenters.planning import review_words
from webapp.web.presenters.times import iso

MARK_LENGTH = 16
AnyEdit = Edit | FileEdit
# What a change does, as words for staff, or None where nothing needs a look.
Look = Callable[[AnyEdit], "dict[str, Any] | None"]


@dataclass(frozen=True, slots=True)
class Editing:
    """One page on which a course is changed. `page` are the words of its template; `edit` makes
    the change from the valid form; `look` says what it does before it is saved."""

    file: CourseFile
    form: VersionedForm
    template: str
    page: dict[str, Any]
    edit: Callable[[], AnyEdit]
    look: Look | None = None
    next_url: str = ""


def course_or_404(course_id: int) -> CourseFile:
    """The course, or the page that says there is none."""
    found = courses.read(course_id)
    if found is None:
        abort(404)
    return found


def session_or_404(file: CourseFile, number: int) -> TreatmentSession:
    """The session of this number: the live one if there is one, else the latest that was."""
    found = [treatment for treatment in file.course.sessions if treatment.number == number]
    if not found:
        abort(404)
    return max(found, key=lambda treatment: treatment.status.is_live)


def desk() -> Desk:
    """Who is looking, and when."""
    return Desk(signed_in(), moment())


def preview_of(file: CourseFile) -> Look:
    """Looks at an edit of this course before it is saved: warnings, and what moves."""

    def look(edit: Any) -> dict[str, Any] | None:
        return review_words(file, edit, preview(file, edit, moment()), desk())

    return look


def answer(editing: Editing) -> ResponseReturnValue:
    """Show the page; or what is wrong (422), who was faster (409), what it would do; or save."""
    if request.method != "POST":
        return show(editing)
    try:
        _check_version(editing)
        if not editing.form.validate():
            return show(editing, errors=errors_of(editing.form)), 422
        edit = editing.edit()
        review = _needed_review(editing, edit)
        if review is not None:
            return show(editing, review=review)
        return _saved(editing, edit)
    except EditRefused as refusal:
        return show(editing, errors=[refusal_error(refusal)]), 422
    except StaleCourse as stale:
        words = stale_words(editing.file, stale.last_change, moment())
        return show(editing, stale=words), 409


def _check_version(editing: Editing) -> None:
    """Before anything else is said of the form: only whoever was told that a colleague was faster
    may go on from the colleague's version."""
    if editing.form.expected_version != editing.file.version:
        raise StaleCourse(editing.file.last_change)


def _needed_review(editing: Editing, edit: AnyEdit) -> dict[str, Any] | None:
    if editing.look is None or editing.form.reviewed.data == _mark_of(edit):
        return None
    review = editing.look(edit)
    return None if review is None else review | {"reviewed": _mark_of(edit)}


def _saved(editing: Editing, edit: AnyEdit) -> ResponseReturnValue:
    change = courses.change(
        collaborators(), signed_in(), editing.file.id, editing.form.expected_version, edit
    )
    tell(editing.file, change)
    return redirect(editing.next_url or course_url(editing.file), 303)


def show(
    editing: Editing,
    errors: list[dict[str, str]] | None = None,
    review: dict[str, Any] | None = None,
    stale: dict[str, str] | None = None,
) -> str:
    """The page of this change, with everything that was typed. It carries the version that was
    looked at; the newest one only where `stale` says what has happened meanwhile."""
    newest = courses.read(editing.file.id) if stale else None
    file = newest or editing.file
    return render(
        editing.template,
        page=editing.page,
        form=editing.form,
        version=file.version,
        errors=errors or [],
        review=review,
        stale=stale,
    )


def tell(file: CourseFile, change: ChangeCard) -> None:
    """Say on the next page what was changed, with ten seconds to take it back."""
    action = url_for("courses.undo", course_id=file.id, change_id=change.id)
    undo = {"action": action, "words": _("Undo"), "until_at": iso(change.undo_until)}
    say("good", change_words(change.kind), undo=undo, role="status")


def _mark_of(edit: AnyEdit) -> str:
    """A short mark of a change: whoever looked at one must not save another by it."""
    text = f"{edit.number} {edit.starts_at}" if isinstance(edit, EndSession) else repr(edit)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_LENGTH]


def instant_or_404(value: datetime | None) -> datetime:
    """A time that a valid form must have."""
    if value is None:
        abort(422)
    return value
