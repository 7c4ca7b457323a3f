"""A client's event: what it meets, and which dates would keep it free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from webapp.domain.event_planning import Proposal
from webapp.domain.events import Collision
from webapp.services.events import EventLook
from webapp.services.today import Facts
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import View
from webapp.web.presenters.event_words import (
    Meeting,
    assumed_words,
    card_note,
    collision_title,
    days_words,
    meeting,
    taken_points,
    why_none,
)
from webapp.web.presenters.help import HelpBar, help_of, ways_to_ask
from webapp.web.presenters.no_plan import unreadable_words
from webapp.web.presenters.times import zone_words


class Found(NamedTuple):
    """What the page says of one event. `verdicts` are arguments of components/notice.html,
    `calls` of button.html, `proposals` cards with rows of list_row.html. The calls belong to a
    verdict if there `is_collision`, else to the proposals."""

    title: str
    lead: str
    verdicts: list[dict[str, Any]]
    is_collision: bool
    calls: list[dict[str, str]]
    meeting: Meeting
    proposals: list[dict[str, Any]]


class EventPage(NamedTuple):
    """Everything the page says. `trouble`: why nothing can be found out; '' else."""

    trouble: str
    zone_note: str
    found: Found | None
    help: HelpBar


def present_event(facts: Facts, look: EventLook | None, view: View) -> EventPage:
    """Word the page, with what was found for an event if one was asked about."""
    trouble = ""
    if facts.plan is None:
        trouble = _("Your clinic has not begun a course for you yet.")
        if facts.is_unreadable:
            trouble = unreadable_words()
    zone_note = _("Days and times are %(zone)s.", zone=zone_words(view.zone.key))
    found = _found(facts, look, view) if look else None
    return EventPage(trouble, zone_note, found, help_of(facts))


def _found(facts: Facts, look: EventLook, view: View) -> Found:
    hits = look.outlook.collisions
    planned = look.plan.course.planned_sessions
    shown = [p for p in look.proposals if p.booked_at or p.number <= planned]
    return Found(
        _("Your event, %(dates)s", dates=days_words(look.event, view)),
        assumed_words(look),
        [_verdict(look, hit, view) for hit in hits] or [_nothing_in_the_way(look)],
        bool(hits),
        ways_to_ask(help_of(facts), _("Call the clinic")),
        meeting(look, view),
        [_proposal(look, shown, place, view) for place in range(len(shown))],
    )


def _verdict(look: EventLook, hit: Collision, view: View) -> dict[str, Any]:
    verdict = {"kind": "wait", "title": collision_title(hit)}
    if hit.is_unconfirmed:
        words = _(
            "Your clinic has to say what became of it. Until then, everything that it forbids "
            "stays forbidden."
        )
        return verdict | {"words": words}
    points = taken_points(look.plan, hit, view)
    words = _("Booked for %(when)s.", when=view.full(hit.starts_at))
    if points:
        words += " " + _("Because of it, these would have to wait during your event:")
    return verdict | {"words": words, "points": points}


def _nothing_in_the_way(look: EventLook) -> dict[str, Any]:
    ahead = [s for s in look.plan.course.live if not s.is_performed]
    if ahead:
        words = _("No session that is booked takes anything away from these days.")
        return {"kind": "good", "words": words}
    return {"kind": "info", "words": _("No session is booked that could reach into these days.")}


def _proposal(look: EventLook, shown: Sequence[Proposal], place: int, view: View) -> dict[str, Any]:
    proposal = shown[place]
    number, booked_at = proposal.number, proposal.booked_at
    title = _("Session %(number)s", number=number)
    if booked_at:
        booked = view.day(booked_at)
        title = _("Session %(number)s, instead of %(date)s", number=number, date=booked)
    return {
        "title": title,
        "rows": [
            {"title": view.long(possible.starts_at), "icon_name": "calendar"}
            for possible in proposal.dates
        ],
        "note": card_note(look.plan, shown, place, view),
        "none": "" if proposal.dates else why_none(look.plan, proposal),
    }
