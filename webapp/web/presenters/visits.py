"""The pages about a visit, in words."""

from __future__ import annotations

from typing import Any

from flask import url_for

from webapp.services.courses import CourseFile, VisitCard
from webapp.web.language import gettext as _
from webapp.web.language import later
from webapp.web.presenters.course_sessions import (
    VISIT_KINDS,
    Desk,
    action,
    visit_name,
    visit_status,
    visit_url,
)
from webapp.web.presenters.sessions import frame, moved_from, when_page
from webapp.web.presenters.times import in_own_zone, when

SETTLED = {
    "held": (later("It took place"), later("It stays in the client's dates.")),
    "missed": (later("The client did not come"), later("It can be planned anew.")),
    "cancelled": (later("Cancel the visit"), later("It leaves the client's dates.")),
}


def plan_page(file: CourseFile, desk: Desk) -> dict[str, Any]:
    """Planning a visit."""
    return when_page(file, _("Plan a visit"), desk) | {
        "lead": _("A visit changes no aftercare date."),
        "kind_options": [(kind, _(words)) for kind, words in VISIT_KINDS.items()],
    }


def move_page(file: CourseFile, visit: VisitCard, desk: Desk) -> dict[str, Any]:
    """Moving a visit."""
    title = _("Move: %(visit)s", visit=visit_name(visit.kind))
    return when_page(file, title, desk) | {"lead": moved_from(file, visit.starts_at, desk)}


def visit_page(file: CourseFile, visit: VisitCard, desk: Desk) -> dict[str, Any]:
    """One visit and what may be done with it."""
    kind, words = visit_status(visit, desk.now)
    is_open = visit.status == "scheduled" and file.closed_at is None
    move = action(_("Move to another time"), visit_url(file, visit.id, "move"), "second")
    return frame(file, visit_name(visit.kind), desk) | {
        "status": {"kind": kind, "words": words},
        "when": when(visit.starts_at, file.course.zone, desk.now),
        "own": in_own_zone(visit.starts_at, file.course.zone, desk.person.time_zone, desk.now),
        "links": [move] if is_open else [],
        "posts": _posts(file, visit, desk) if is_open else [],
        "version": file.version,
    }


def _posts(file: CourseFile, visit: VisitCard, desk: Desk) -> list[dict[str, str]]:
    offered = list(SETTLED) if visit.starts_at <= desk.now else ["cancelled"]
    return [
        {
            "href": url_for("visits.settle", course_id=file.id, visit_id=visit.id, status=status),
            "words": _(SETTLED[status][0]),
            "hint": _(SETTLED[status][1]),
        }
        for status in offered
    ]


def settle_page(file: CourseFile, status: str, desk: Desk) -> dict[str, Any]:
    """Saying what became of a visit, asked again."""
    words, meaning = SETTLED[status]
    return frame(file, _(words), desk) | {"lead": _(meaning), "confirm_words": _(words)}
