"""A photo of the healing that the clinic asks for: how to take it, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from flask import url_for

from webapp.domain.calendar import zone_named
from webapp.domain.photo_faults import PhotoFault
from webapp.domain.photos import ConsentKind, Zone
from webapp.services.photo_requests import RequestRow
from webapp.services.photos import Gallery
from webapp.services.today import Facts
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.photo_labels import Looking, Tile, tile
from webapp.web.presenters.photo_words import fault_words, zone_name
from webapp.web.presenters.times import on_date

# How to hold the phone for each part of the head.
HOW: Mapping[Zone, str] = {
    Zone.HAIRLINE: later("From the front, a little above your forehead, looking straight ahead."),
    Zone.PARTING: later("From straight above, the parting in the middle of the picture."),
    Zone.CROWN: later("From behind and above. Ask somebody, or take it over your shoulder."),
    Zone.LEFT: later("From your left, at the height of your ear."),
    Zone.RIGHT: later("From your right, at the height of your ear."),
    Zone.BACK: later("From behind, at the height of your neck. Ask somebody if you can."),
}
GUIDANCE = (
    ("sun", later("Daylight at a window, without flash.")),
    ("camera", later("An arm’s length away, held still, nothing in between.")),
    ("drop", later("As your scalp is now: dry, without cream. Do not wash it for the photo.")),
    ("hand", later("Touch nothing and part no hair to show more.")),
)
# What a client reads otherwise than staff do.
OWN_WORDS: Mapping[PhotoFault, str] = {
    PhotoFault.NO_CONSENT: later("It was not kept: agree first that photos are kept."),
    PhotoFault.NO_ROOM: later("The clinic cannot take photos at present. Please tell them."),
}


class Asked(NamedTuple):
    """One thing asked for, as components/list_row.html shows it."""

    title: str
    detail: str
    href: str


def asked_rows(asked: Sequence[RequestRow]) -> list[Asked]:
    """What the clinic asks for, and what it has got and not looked at yet."""
    return [_asked_row(row) for row in asked]


def _asked_row(row: RequestRow) -> Asked:
    title, detail = (
        _("Your clinic asks for a photo"),
        _("%(part)s, %(day)s", part=zone_name(row.zone), day=_due(row)),
    )
    if not row.is_open:
        title = _("Your photo is with your clinic")
        detail = _("%(part)s. You can add one until it was looked at.", part=zone_name(row.zone))
    return Asked(title, detail, url_for("photos_asked.show", request_id=row.id))


def _due(row: RequestRow) -> str:
    return on_date(_noon(row.due_on, row.time_zone), zone_named(row.time_zone), row.asked_at)


def _noon(on: date, zone: str) -> datetime:
    return datetime.combine(on, time(12), zone_named(zone)).astimezone(UTC)


def present_asked(
    request: RequestRow, facts: Facts, found: Gallery, looking: Looking
) -> dict[str, Any]:
    """Values of photos/asked.html."""
    day = _day_number(request, facts)
    lead = _("Day %(day)s · %(date)s", day=day, date=_due(request)) if day else _due(request)
    return {
        "title": _("A photo for your clinic"),
        "lead": lead,
        "part": zone_name(request.zone),
        "how": _(HOW[Zone(request.zone)]),
        "words": request.words,
        "words_by": request.asked_by,
        "guidance": [(icon, _(words)) for icon, words in GUIDANCE],
        "action": url_for("photos_asked.send", request_id=request.id),
        "may_send": ConsentKind.KEPT in found.consents,
        "consent_action": url_for("photo_switches.turn", kind=ConsentKind.KEPT.value),
        "request_id": request.id,
        "sent": _sent(request, found, looking),
        "is_veiled": looking.is_veiled,
        "is_answered": request.answered_at is not None,
    }


def _day_number(request: RequestRow, facts: Facts) -> int:
    """Which day of healing it asks about, as Today counts: 0 where it counts none then."""
    plan = facts.plan
    if plan is None or request.course_id != facts.course_id:
        return 0
    # A plan tells of the present and of what comes.
    at = max(_noon(request.due_on, request.time_zone), plan.now)
    is_over = at.astimezone(zone_named(request.time_zone)).date() > request.due_on
    return 0 if is_over else plan.phase_at(at).day or 0


def _sent(request: RequestRow, found: Gallery, looking: Looking) -> list[Tile]:
    rows = (item.row for item in found.photos)
    return [tile(row, looking) for row in rows if row.request_id == request.id]


def sent_words(count: int) -> str:
    """After photos were taken in."""
    return ngettext("Your photo is with your clinic.", "Your photos are with your clinic.", count)


def refusals(refused: Sequence[tuple[str, PhotoFault]]) -> list[dict[str, str]]:
    """Which files were not taken, and why: arguments of components/form_errors.html."""
    return [
        {"field": "photos", "words": _("%(name)s: %(why)s", name=name, why=_why(fault))}
        for name, fault in refused
    ]


def _why(fault: PhotoFault) -> str:
    return _(OWN_WORDS[fault]) if fault in OWN_WORDS else fault_words(fault)
