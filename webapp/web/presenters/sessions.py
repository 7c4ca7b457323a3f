"""The pages about one treatment session, in words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from webapp.domain.course import SessionStatus, TreatmentSession
from webapp.domain.errors import AftercareError
from webapp.domain.plan import plan_for
from webapp.services.courses import CourseFile
from webapp.web.language import gettext as _
from webapp.web.presenters.course_sessions import (
    Desk,
    action,
    session_name,
    session_status,
    session_url,
    session_when,
)
from webapp.web.presenters.courses import course_url, zone_note
from webapp.web.presenters.preparation import prepared
from webapp.web.presenters.times import in_own_zone, when


def frame(file: CourseFile, title: str, desk: Desk) -> dict[str, Any]:
    """What every page about a course has: the title, the client's name, the way back."""
    return {
        "title": title,
        "label": file.client_name,
        "lead": "",
        "back_href": course_url(file),
        "back_words": _("Course"),
        "zone_note": zone_note(file.course.zone, desk),
    }


def session_page(
    file: CourseFile, treatment: TreatmentSession, ticked: Collection[str], desk: Desk
) -> dict[str, Any]:
    """One session, what the client has prepared for it, and everything that may be done with it."""
    kind, words = session_status(file, treatment, desk.now)
    assert treatment.starts_at is not None
    return frame(file, session_name(treatment.number), desk) | {
        "status": {"kind": kind, "words": words},
        "when": session_when(file, treatment, desk.now),
        "own": in_own_zone(treatment.starts_at, file.course.zone, desk.person.time_zone, desk.now),
        "links": _links(file, treatment, desk),
        "posts": _posts(file, treatment, desk),
        "version": file.version,
        "prepared": _prepared(file, treatment, ticked, desk),
    }


def _prepared(
    file: CourseFile, treatment: TreatmentSession, ticked: Collection[str], desk: Desk
) -> dict[str, Any] | None:
    try:
        plan = plan_for(file.protocol, file.course, desk.now)
    except AftercareError:
        return None
    return prepared(plan, treatment.number, ticked) if treatment.status.is_live else None


def _links(file: CourseFile, treatment: TreatmentSession, desk: Desk) -> list[dict[str, str]]:
    if file.closed_at is not None:
        return []
    if treatment.status is SessionStatus.SCHEDULED:
        return [
            action(_("End session"), session_url(file, treatment.number, "end")),
            action(
                _("Move to another time"), session_url(file, treatment.number, "move"), "second"
            ),
        ]
    if desk.is_clinician and treatment.is_performed:
        url = session_url(file, treatment.number, "correct")
        return [action(_("Correct the times"), url, "second")]
    return []


def _posts(file: CourseFile, treatment: TreatmentSession, desk: Desk) -> list[dict[str, str]]:
    """Changes of one tap, each with what it means."""
    if file.closed_at is not None:
        return []
    verbs = []
    if treatment.status is SessionStatus.SCHEDULED:
        assert treatment.starts_at is not None
        if treatment.starts_at <= desk.now:
            verbs.append(("missed", *missed_words()))
        verbs.append(("cancel", *cancel_words()))
    elif desk.is_clinician and treatment.is_performed:
        verbs.append(("reopen", *reopen_words()))
    return [
        {"href": session_url(file, treatment.number, verb), "words": words, "hint": hint}
        for verb, words, hint in verbs
    ]


def missed_words() -> tuple[str, str]:
    """(button, what it means) of a missed session."""
    return _("The client did not come"), _("It counts for nothing. The answers follow at once.")


def cancel_words() -> tuple[str, str]:
    """(button, what it means) of a cancelled session."""
    return _("Cancel the session"), _("It will not, or did not, take place.")


def reopen_words() -> tuple[str, str]:
    """(button, what it means) of a session that was ended by mistake."""
    return (
        _("It was ended by mistake"),
        _(
            "It is booked again, and the client's answers stay strict until you say what became "
            "of it."
        ),
    )


def confirm_page(file: CourseFile, words: tuple[str, str], desk: Desk) -> dict[str, Any]:
    """A change of one tap that could not be made at once: asked again."""
    return frame(file, words[0], desk) | {"lead": words[1], "confirm_words": words[0]}


def when_page(file: CourseFile, title: str, desk: Desk) -> dict[str, Any]:
    """Planning or moving a session or visit."""
    return frame(file, title, desk) | {
        "kind_options": [],
        "suggestion": "",
        "confirm_words": _("Save"),
    }


def moved_from(file: CourseFile, starts_at: datetime, desk: Desk) -> str:
    """`Until now Tue 10 Mar, 11:00`."""
    return _("Until now %(when)s", when=when(starts_at, file.course.zone, desk.now))
