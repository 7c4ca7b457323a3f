"""An event of a client as staff plan around it: every proposal leads to its form, filled in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from webapp.domain.event_planning import PossibleDate, Proposal
from webapp.domain.events import Collision
from webapp.services.courses import CourseFile
from webapp.services.events import EventLook
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import View
from webapp.web.presenters.course_sessions import Desk, action, session_url
from webapp.web.presenters.event_words import (
    assumed_words,
    card_note,
    collision_title,
    days_words,
    meeting,
    taken_points,
    why_none,
)
from webapp.web.presenters.next_steps import plan_url
from webapp.web.presenters.sessions import frame
from webapp.web.presenters.times import in_own_zone


def event_page(
    file: CourseFile, look: EventLook | None, desk: Desk, is_readable: bool
) -> dict[str, Any]:
    """The page, with what was found if days were asked about; `trouble`: why nothing can be."""
    trouble = _("The stored times of this course contradict each other. Correct them first.")
    return frame(file, _("Plan around an event"), desk) | {
        "lead": _("A holiday or a wedding: what it meets, and which dates keep it free."),
        "trouble": "" if is_readable else trouble,
        "found": _found(file, look, desk) if look else None,
    }


def _found(file: CourseFile, look: EventLook, desk: Desk) -> dict[str, Any]:
    """`verdicts` are arguments of notice.html with `actions` of button.html, `proposals` have
    rows of list_row.html."""
    view = View(desk.now, file.course.zone, desk.person.time_zone)
    hits = look.outlook.collisions
    clear = {"kind": "good", "words": _("No booked session takes anything away from these days.")}
    return {
        "title": days_words(look.event, view),
        "lead": assumed_words(look),
        "verdicts": [_verdict(file, look, hit, view) for hit in hits]
        or [{"notice": clear, "actions": []}],
        "meeting": meeting(look, view),
        "proposals": [_proposal(file, look, place, view) for place in range(len(look.proposals))],
        "none": _no_proposals(file) if not look.proposals else "",
    }


def _verdict(file: CourseFile, look: EventLook, hit: Collision, view: View) -> dict[str, Any]:
    points = taken_points(look.plan, hit, view)
    words = _("It begins on %(when)s.", when=view.short(hit.starts_at))
    if hit.is_unconfirmed:
        words += " " + _("Until you say what became of it, these stay forbidden:")
    elif points:
        words += " " + _("Because of it, these wait during the event:")
    notice = {
        "kind": "wait",
        "title": collision_title(hit),
        "words": words,
        "points": points,
    }
    return {"notice": notice, "actions": _ways(file, hit)}


def _ways(file: CourseFile, hit: Collision) -> list[dict[str, str]]:
    if hit.is_unconfirmed:
        words = _("Open session %(number)s", number=hit.number)
        return [action(words, session_url(file, hit.number), "second")]
    words = _("Move session %(number)s", number=hit.number)
    return [action(words, session_url(file, hit.number, "move"), "second")]


def _no_proposals(file: CourseFile) -> str:
    if file.closed_at is not None:
        return _("This course is closed: no session can be planned.")
    return _("The last session is confirmed: no further one is looked for.")


def _proposal(file: CourseFile, look: EventLook, place: int, view: View) -> dict[str, Any]:
    proposal = look.proposals[place]
    return {
        "title": _title(look, proposal, view),
        "rows": [_row(file, proposal, possible, view) for possible in proposal.dates],
        "note": " ".join(
            filter(None, (_order(look, place), card_note(look.plan, look.proposals, place, view)))
        ),
        "none": "" if proposal.dates else why_none(look.plan, proposal),
    }


def _order(look: EventLook, place: int) -> str:
    """Which session moves first, where this one would overtake the booked one after it."""
    proposal, *after = look.proposals[place:]
    booked_at = after[0].booked_at if after else None
    if not (booked_at and proposal.dates and booked_at <= proposal.dates[-1].starts_at):
        return ""
    return _("Move session %(number)s first.", number=after[0].number)


def _title(look: EventLook, proposal: Proposal, view: View) -> str:
    number = proposal.number
    if proposal.booked_at:
        booked = view.short(proposal.booked_at)
        return _("Session %(number)s, instead of %(date)s", number=number, date=booked)
    if number > look.plan.course.planned_sessions:
        return _("Session %(number)s, if one more is needed", number=number)
    return _("Session %(number)s", number=number)


def _row(
    file: CourseFile, proposal: Proposal, possible: PossibleDate, view: View
) -> dict[str, str]:
    return {
        "title": view.long(possible.starts_at),
        "detail": in_own_zone(possible.starts_at, view.zone, view.own_zone, view.now),
        "href": _form_url(file, proposal, possible),
        "icon_name": "calendar",
    }


def _form_url(file: CourseFile, proposal: Proposal, possible: PossibleDate) -> str:
    """The form that books this date, filled in with it as the clinic's clocks show it."""
    local = possible.starts_at.astimezone(file.course.zone)
    typed = urlencode({"on": local.date().isoformat(), "time": f"{local:%H:%M}"})
    if proposal.booked_at:
        return f"{session_url(file, proposal.number, 'move')}?{typed}"
    return f"{plan_url(file)}?{typed}"
