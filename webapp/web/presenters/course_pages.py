"""The pages about a whole course, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import url_for

from webapp.domain.errors import AftercareError
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.services.courses import ChangeCard, CourseFile
from webapp.web.language import gettext as _
from webapp.web.presenters import courses
from webapp.web.presenters.course_sessions import Desk, action, session_rows, visit_rows
from webapp.web.presenters.next_steps import event_url, next_step, plan_url
from webapp.web.presenters.preparation import prepared_notes
from webapp.web.presenters.sessions import frame


def course_page(
    file: CourseFile,
    changes: Sequence[ChangeCard],
    ticked: Mapping[int, Collection[str]],
    desk: Desk,
) -> dict[str, Any]:
    """A course as staff see it. `ticked`: ids of what the client has prepared, by session.

    `step` is None where the stored sessions contradict each other.
    """
    plan = _plan_of(file, desk)
    return frame(file, courses.course_name(file), desk) | {
        "lead": courses.place_words(file),
        "back_href": courses.client_url(file.client_id),
        "back_words": _("Client"),
        "step": next_step(file, plan, desk) if plan else None,
        "phase": courses.phase_words(file, plan, desk.now) if plan else None,
        "washing": courses.washing_rows(file, plan, desk.now) if plan else [],
        "facts": courses.facts(file, plan, desk.now) if plan else [],
        "sessions": session_rows(file, desk, prepared_notes(plan, ticked) if plan else {}),
        "visits": visit_rows(file, desk),
        "extensions": courses.extension_rows(file, desk),
        "history": courses.history(file, changes, desk.now),
        "as_client_href": url_for("as_client.show", client_id=file.client_id),
        "sheet_href": "" if file.is_followed else url_for("sheet.of_course", course_id=file.id),
        "code_href": courses.client_url(file.client_id),
        **_doors(file, desk),
    }


def _plan_of(file: CourseFile, desk: Desk) -> AftercarePlan | None:
    try:
        return plan_for(file.protocol, file.course, desk.now)
    except AftercareError:
        return None


def _doors(file: CourseFile, desk: Desk) -> dict[str, Any]:
    """Where one goes from the course; empty where this person, or nobody any more, may."""
    is_clinician = desk.is_clinician
    if file.closed_at is not None:
        rare = []
        if is_clinician and not file.is_followed:
            words = _("This course was closed by mistake")
            rare.append(action(words, courses.course_url(file, "reopen"), "quiet"))
        return {
            "plan_href": "",
            "event_href": "",
            "visit_href": "",
            "extend_href": "",
            "rare": rare,
        }
    rare = []
    if is_clinician and file.course.is_last_confirmed:
        words = _("The last session was confirmed by mistake")
        rare.append(action(words, courses.course_url(file, "withdraw_last"), "quiet"))
    if is_clinician:
        rare.append(action(_("Close this course"), courses.course_url(file, "close"), "quiet"))
    return {
        "plan_href": plan_url(file),
        "event_href": event_url(file),
        "visit_href": url_for("visits.plan", course_id=file.id),
        "extend_href": url_for("extensions.add", course_id=file.id) if is_clinician else "",
        "rare": rare,
    }


def length_page(file: CourseFile, desk: Desk) -> dict[str, Any]:
    """How many sessions are planned."""
    usual = _("The usual number is %(count)s.", count=file.protocol.minimum_sessions)
    return frame(file, _("Planned sessions"), desk) | {
        "hint": f"{usual} " + _("The client's estimates follow this number."),
        "confirm_words": _("Save"),
    }


def last_page(file: CourseFile, desk: Desk) -> dict[str, Any]:
    """Confirming that the latest session was the last one."""
    done = [treatment.number for treatment in file.course.live if treatment.is_performed]
    title = _("Was session %(number)s the last one?", number=done[-1] if done else 1)
    return frame(file, title, desk) | {
        "lead": _(
            "The client then sees a firm date for everything that waits until healed. "
            "Should a session be added before that, the dates become estimates again."
        ),
        "confirm_words": _("Yes, it was the last one"),
    }


def not_last_page(file: CourseFile, desk: Desk) -> dict[str, Any]:
    """Withdrawing that confirmation."""
    return frame(file, _("It was not the last session"), desk) | {
        "lead": _("Everything that waits until healed becomes an estimate again."),
        "confirm_words": _("Withdraw the confirmation"),
    }


def close_page(file: CourseFile, desk: Desk) -> dict[str, Any]:
    """Closing a course that was stopped."""
    return frame(file, _("Close this course"), desk) | {
        "lead": _(
            "For a course that was stopped. What is still booked is cancelled, nothing is "
            "forgotten, and a new course can begin."
        ),
        "reason_label": _("Why is it closed?"),
        "confirm_words": _("Close the course"),
        "kind": "danger",
    }


def reopen_page(file: CourseFile, desk: Desk) -> dict[str, Any]:
    """Going on with a course that was closed by mistake."""
    return frame(file, _("Open this course again"), desk) | {
        "lead": _(
            "For a course that was closed by mistake. It goes on as it was then: what was booked "
            "is booked again. If the time of a session has passed meanwhile, say next what became "
            "of it."
        ),
        "reason_label": _("Why is it opened again?"),
        "confirm_words": _("Open the course again"),
        "kind": "primary",
    }
