"""Ending a session at the chair, and what comes right after it, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from webapp.domain.course import TreatmentSession
from webapp.domain.course_edits import EndSession, needs_second_look
from webapp.domain.plan import AftercarePlan
from webapp.services.courses import CourseFile
from webapp.web.forms.treatment_sessions import NOW, OTHER
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.course_sessions import (
    Desk,
    action,
    session_name,
    session_url,
    session_when,
)
from webapp.web.presenters.courses import course_url
from webapp.web.presenters.next_steps import plan_url
from webapp.web.presenters.sessions import frame
from webapp.web.presenters.times import at_time, when

MINUTE_SPAN = timedelta(minutes=1)


def end_page(file: CourseFile, treatment: TreatmentSession, desk: Desk) -> dict[str, Any]:
    """The form that ends a session; `settle` names an earlier session that is still open."""
    number, zone = treatment.number, file.course.zone
    assert treatment.starts_at is not None
    is_ahead = treatment.starts_at > desk.now
    begins = when(treatment.starts_at, zone, desk.now)
    return frame(file, _("End session %(number)s", number=number), desk) | {
        "end_options": [
            (NOW, _("Just now, at %(time)s", time=at_time(desk.now, zone))),
            (OTHER, _("At another time")),
        ],
        "last_question": _("Was it the last session of this course?"),
        "last_hint": _last_hint(file, number),
        "last_options": [
            ("no", _("No, more to come")),
            ("yes", _("Yes, it was the last one")),
        ],
        "start_summary": _("It began on %(when)s", when=begins)
        if not is_ahead
        else _("It is planned for %(when)s: correct the start", when=begins),
        "is_start_open": is_ahead,
        "confirm_words": _("End session"),
        "settle": _settle(file, number),
    }


def _last_hint(file: CourseFile, number: int) -> str:
    planned = file.course.planned_sessions
    return _("This was number %(number)s of %(planned)s planned.", number=number, planned=planned)


def may_be_last(file: CourseFile, number: int) -> bool:
    """Whether nothing may be preset: all planned sessions are done with this one."""
    return number >= file.course.planned_sessions


def _settle(file: CourseFile, number: int) -> dict[str, Any] | None:
    earlier = [s for s in file.course.live if s.number < number and not s.is_performed]
    if not earlier:
        return None
    first = earlier[0].number
    return {
        "title": _("Session %(number)s is still open", number=first),
        "words": _(
            "Say first what became of it. The client's answers count from every session that "
            "took place."
        ),
        "actions": [
            action(_("End session %(number)s", number=first), session_url(file, first, "end")),
            action(_("It did not take place"), session_url(file, first), "second"),
        ],
    }


def second_look(file: CourseFile, edit: object) -> dict[str, Any] | None:
    """The question that a very long session raises, as a review; None for a usual one."""
    if not isinstance(edit, EndSession) or not needs_second_look(edit, file.course):
        return None
    begun_at = edit.starts_at
    assert begun_at is not None
    words = _(
        "It ended %(span)s after it began. Is that right?", span=_span(edit.ended_at - begun_at)
    )
    advice = _("If it is, press the button again. If not, correct the end, or the start below.")
    return {"title": "", "notices": [{"kind": "wait", "title": words, "words": advice}]}


def _span(length: timedelta) -> str:
    hours, minutes = divmod(length // MINUTE_SPAN, 60)
    words = ngettext("%(num)s hour", "%(num)s hours", hours)
    if not minutes:
        return words
    rest = ngettext("%(num)s minute", "%(num)s minutes", minutes)
    return _("%(first)s %(second)s", first=words, second=rest)


def done_page(
    file: CourseFile, treatment: TreatmentSession, plan: AftercarePlan, desk: Desk
) -> dict[str, Any]:
    """What follows an ended session: the client's code, and the one question."""
    number = treatment.number
    return frame(file, _("%(session)s has ended", session=session_name(number)), desk) | {
        "lead": session_when(file, treatment, desk.now),
        "question": _("Ask: when may you wash with water?"),
        "right_answer": water_words(file, plan, desk.now),
        "code_href": url_for("invitations_desk.show", client_id=file.client_id),
        "teach_back_href": session_url(file, number, "teach_back"),
        "links": _after_links(file, number),
    }


def water_words(file: CourseFile, plan: AftercarePlan, now: datetime) -> str:
    """The right answer to the one question."""
    until = plan.answer_at("wash-water", now).until
    if until is None:
        return _("Right now there is no firm date: see the course.")
    date = when(until, file.course.zone, now)
    return _("From %(when)s on: lukewarm water only, gently.", when=date)


def _after_links(file: CourseFile, number: int) -> list[dict[str, str]]:
    links = [action(_("To the course"), course_url(file), "second")]
    if not file.course.is_last_confirmed and file.course.live[-1].is_performed:
        words = _("Plan session %(number)s", number=number + 1)
        links.insert(0, action(words, plan_url(file), "second"))
    return links


def teach_back_words(is_right: bool) -> str:
    """What is said once the answer to the one question is noted."""
    if is_right:
        return _("Noted: the client knows when water is allowed.")
    return _("Noted: it was explained again.")
