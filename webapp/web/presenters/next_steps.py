"""The one thing that staff should do next with a course."""

from __future__ import annotations

from typing import Any

from flask import url_for

from webapp.domain.plan import AftercarePlan, Wash
from webapp.services.courses import CourseFile
from webapp.web.language import gettext as _
from webapp.web.language import later
from webapp.web.presenters.course_sessions import Desk, action, session_url
from webapp.web.presenters.courses import client_url, course_url
from webapp.web.presenters.times import when

WASH_BEFORE = {
    Wash.SHAMPOO: later("The client may wash with shampoo before it."),
    Wash.WATER: later("The client may rinse with lukewarm water before it, without shampoo."),
    Wash.NONE: later("The client may not wash before it."),
}


def next_step(file: CourseFile, plan: AftercarePlan, desk: Desk) -> dict[str, Any]:
    """A card: title, words, actions (arguments of components/button.html)."""
    if file.closed_at is not None:
        return _closed(file, desk)
    if plan.unconfirmed_session is not None:
        return _unconfirmed(file)
    upcoming = plan.next_session_at(desk.now)
    if upcoming is not None:
        return _booked(
            file,
            upcoming.number,
            when(upcoming.starts_at, file.course.zone, desk.now),
            _(WASH_BEFORE[upcoming.wash]),
        )
    if file.course.is_last_confirmed:
        return _finished(file, plan, desk)
    return _nothing_booked(file)


def _closed(file: CourseFile, desk: Desk) -> dict[str, Any]:
    assert file.closed_at is not None
    closed = when(file.closed_at, file.course.zone, desk.now)
    last = file.last_change
    reason = last.reason if last and last.kind == "close-course" else ""
    words = _("Closed %(when)s.", when=closed)
    return {
        "title": _("This course is closed"),
        "words": f"{words} {reason}".strip(),
        "actions": [action(_("Begin a new course"), client_url(file.client_id, "begin"), "second")],
    }


def _unconfirmed(file: CourseFile) -> dict[str, Any]:
    number = next(s.number for s in file.course.live if not s.is_performed)
    return {
        "title": _("What became of session %(number)s?", number=number),
        "words": _("Until you say so, the client's answers stay on the strict side."),
        "actions": [
            action(_("End session"), session_url(file, number, "end")),
            action(_("It did not take place"), session_url(file, number), "second"),
        ],
    }


def _booked(file: CourseFile, number: int, begins: str, wash: str) -> dict[str, Any]:
    return {
        "title": _("Session %(number)s is on %(when)s", number=number, when=begins),
        "words": wash,
        "actions": [
            action(_("Open session %(number)s", number=number), session_url(file, number), "second")
        ],
    }


def _finished(file: CourseFile, plan: AftercarePlan, desk: Desk) -> dict[str, Any]:
    healed = plan.healed_at(desk.now).at
    assert healed is not None
    date = when(healed, file.course.zone, desk.now)
    if healed > desk.now:
        return {
            "title": _("The last session is done"),
            "words": _("Healed on %(date)s. A further session can still be planned.", date=date),
            "actions": [action(_("Plan a further session"), plan_url(file), "second")],
        }
    return {
        "title": _("Healed since %(date)s", date=date),
        "words": _("A touch-up or yearly correction is a new course."),
        "actions": [action(_("Begin a new course"), client_url(file.client_id, "begin"), "second")],
    }


def _nothing_booked(file: CourseFile) -> dict[str, Any]:
    done = len(file.course.live)
    number = max((s.number for s in file.course.live), default=0) + 1
    plan_next = action(_("Plan session %(number)s", number=number), plan_url(file))
    if not done:
        words = _("Choose a date and time. Nothing is counted before it begins.")
        return {"title": _("No session planned yet"), "words": words, "actions": [plan_next]}
    confirm = action(_("It was the last one"), course_url(file, "confirm_last"), "second")
    if number > file.course.planned_sessions:
        confirm["kind"], plan_next["kind"] = "primary", "second"
        return {
            "title": _("Was session %(number)s the last one?", number=number - 1),
            "words": _("Until you confirm it, nobody can know when the client has healed."),
            "actions": [confirm, plan_next],
        }
    return {
        "title": _("Session %(number)s has no date yet", number=number),
        "words": _("The client sees estimates until it is planned."),
        "actions": [plan_next, confirm],
    }


def plan_url(file: CourseFile) -> str:
    """Where a further session is planned."""
    return url_for("treatment_sessions.plan", course_id=file.id)


def event_url(file: CourseFile) -> str:
    """Where sessions are planned around an event of the client's."""
    return url_for("course_events.show", course_id=file.id)
