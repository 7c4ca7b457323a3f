"""Slips in words: a calm next step for the client, a line for the staff. Never a diagnosis, and no
step that the plan forbids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.domain.plan import AftercarePlan
from webapp.domain.protocol import Answer
from webapp.domain.slips import SlipKind
from webapp.services.slips import SlipRow
from webapp.services.wrong import WhereToTurn
from webapp.web.language import gettext as _
from webapp.web.language import later
from webapp.web.presenters.course_sessions import Desk
from webapp.web.presenters.courses import client_url
from webapp.web.presenters.times import iso, when, zone_words
from webapp.web.presenters.timetable import Dated
from webapp.web.presenters.wrong import present_wrong, short_signs

KINDS: Mapping[SlipKind, str] = {
    SlipKind.WET: later("It got wet"),
    SlipKind.SWEAT: later("I sweated"),
    SlipKind.SUN: later("I was in the sun"),
    SlipKind.SCRATCH: later("I scratched"),
    SlipKind.ALCOHOL: later("I drank alcohol"),
}
TO_STAFF: Mapping[SlipKind, str] = {
    SlipKind.WET: later("Got wet"),
    SlipKind.SWEAT: later("Sweated"),
    SlipKind.SUN: later("Was in the sun"),
    SlipKind.SCRATCH: later("Scratched"),
    SlipKind.ALCOHOL: later("Drank alcohol"),
}


class Step(NamedTuple):
    """Something to do now. Where it means to do an `activity`, it is said only while the plan
    allows that, also with care; otherwise `instead` is."""

    words: str
    activity: str = ""
    instead: str = ""


_NO_WASH = Step(later("Do not wash because of it: your washing dates stay as they are."))
_NOTHING_ON_IT = Step(later("Put nothing on your scalp, no cream and no spray."))
STEPS: Mapping[SlipKind, Sequence[Step]] = {
    SlipKind.WET: (
        Step(
            later("Pat it dry with a clean cloth, without rubbing."),
            "touch-scalp",
            later("Let it dry by itself in cool air. Keep hands and towels off."),
        ),
        Step(later("Leave the hair dryer where it is, and keep further water away.")),
        _NO_WASH,
    ),
    SlipKind.SWEAT: (
        Step(later("Stop what makes you sweat and cool down, in the shade or in a cool room.")),
        Step(
            later("Dab the sweat off with a clean cloth, without rubbing."),
            "touch-scalp",
            later("Let it dry by itself. Keep hands and towels off."),
        ),
        _NO_WASH,
    ),
    SlipKind.SUN: (
        Step(later("Go into the shade, and stay out of the sun for the rest of the day.")),
        Step(
            later(
                "Out of doors, use an umbrella, or cover your head loosely with something clean."
            ),
            "hat-or-scarf",
            later("Out of doors, use an umbrella."),
        ),
        _NOTHING_ON_IT,
    ),
    SlipKind.SCRATCH: (
        Step(later("Take your hands away, and leave scabs where they are.")),
        Step(later("Wash your hands, and keep them off from now on.")),
        _NOTHING_ON_IT,
        Step(later("If it itches, tell your clinic.")),
    ),
    SlipKind.ALCOHOL: (
        Step(later("Leave it at that for the rest of the day, and drink water.")),
        Step(later("Rest somewhere cool, out of the sun.")),
        Step(later("The date from which your plan allows alcohol has not moved.")),
    ),
}


def steps(kind: SlipKind, plan: AftercarePlan | None) -> list[str]:
    """What to do now. Without a plan nothing is known to be allowed."""
    return [_(step.words if _is_allowed(step, plan) else step.instead) for step in STEPS[kind]]


def _is_allowed(step: Step, plan: AftercarePlan | None) -> bool:
    if not step.activity:
        return True
    return plan is not None and plan.bare_answer_at(step.activity, plan.now) <= Answer.LIMITED


class WhomToCall(NamedTuple):
    """Stands on every page about slips: arguments of components/button.html, and the signs."""

    calls: list[dict[str, str]]
    signs: list[Dated]
    closing: str


def whom_to_call(found: WhereToTurn, now: datetime) -> WhomToCall:
    """Whom to call, and when not to wait."""
    page = present_wrong(found, now)
    return WhomToCall(page.calls, short_signs(found.signs), page.closing)


def kind_options() -> list[tuple[str, str]]:
    """What can have happened: options of components/choices.html."""
    return [(kind.value, _(words)) for kind, words in KINDS.items()]


def zone_hint(zone: ZoneInfo) -> str:
    """In which zone times are typed."""
    return _("Up to 30 days ago, in %(zone)s.", zone=zone_words(zone.key))


def told_page(
    found: SlipRow, plan: AftercarePlan | None, zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    """What the client reads after telling, and whenever the page is opened again."""
    kind = SlipKind(found.kind)
    return {
        "title": _(KINDS[kind]),
        "when": when(found.happened_at, zone, now),
        "steps": steps(kind, plan),
        "status": _told_words(found),
    }


def _told_words(found: SlipRow) -> str:
    if found.seen_at:
        return _("Your clinic has seen it.")
    return _("It stands on your clinic’s board, to be read when the clinic is open.")


def slip_rows(
    found: Sequence[SlipRow], location_id: int | None, desk: Desk
) -> list[dict[str, Any]]:
    """Unseen slips: arguments of components/slip_row.html; `location_id` is what the board
    shows."""
    return [_board_row(slip, location_id, desk) for slip in found]


def _board_row(slip: SlipRow, location_id: int | None, desk: Desk) -> dict[str, Any]:
    what = _(TO_STAFF[SlipKind(slip.kind)])
    happened = when(slip.happened_at, ZoneInfo(slip.zone), desk.now)
    return {
        "title": slip.client_name,
        "href": client_url(slip.client_id),
        "what": what,
        "when": _("%(when)s · %(place)s", when=happened, place=slip.location_name),
        "at": iso(slip.happened_at),
        "told": _told_at(slip, desk),
        "seen_href": url_for("slips_desk.see", client_id=slip.client_id, slip_id=slip.id),
        "seen_label": _("Seen: %(name)s, %(what)s", name=slip.client_name, what=what),
        "fields": {"location": location_id or ""},
    }


def _told_at(slip: SlipRow, desk: Desk) -> str:
    return _("told %(when)s", when=when(slip.told_at, ZoneInfo(slip.zone), desk.now))


def slip_history(found: Sequence[SlipRow], desk: Desk) -> list[dict[str, Any]]:
    """What a client has told: arguments of components/session_row.html."""
    return [_history_row(slip, desk) for slip in found]


def _history_row(slip: SlipRow, desk: Desk) -> dict[str, Any]:
    zone = ZoneInfo(slip.zone)
    row = {
        "title": _(TO_STAFF[SlipKind(slip.kind)]),
        "when": when(slip.happened_at, zone, desk.now),
        "at": iso(slip.happened_at),
        "detail": _told_at(slip, desk),
    }
    if slip.seen_at is None:
        return row | {"status_kind": "wait", "status_words": _("Not seen yet")}
    seen = when(slip.seen_at, zone, desk.now)
    words = _("Seen by %(name)s, %(when)s", name=slip.seen_by, when=seen)
    return row | {"status_kind": "yes", "status_words": words}
