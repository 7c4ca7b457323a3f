"""The day at the clinic, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.domain.course import SessionStatus
from webapp.domain.protocol import Answer, Protocol
from webapp.services.board import Board, BoardLine, LiftLine
from webapp.services.courses import LocationCard
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.course_sessions import Desk, action, visit_name
from webapp.web.presenters.courses import ANSWER_WORDS, zone_note
from webapp.web.presenters.times import at_time, iso, long_date, when

# After this long a session that nobody has ended is not merely under way.
USUAL_LENGTH_SPAN = timedelta(hours=6)
MOST_NAMES = 3
SESSION = "session"
Row = dict[str, Any]


def board_page(
    board: Board, places: Sequence[LocationCard], location_id: int | None, desk: Desk
) -> dict[str, Any]:
    """Today's board. Without any location there is nothing to do but to add one."""
    zone = _zone(places, location_id)
    waiting = [line for line in board.unconfirmed if _is_waiting(line, board, desk)]
    today = [line for line in board.sessions_today if line not in waiting]
    return {
        "title": _("Today"),
        "lead": long_date(desk.now, zone),
        "zone_note": _zone_words(places, location_id, desk),
        "tabs": _tabs(places, location_id),
        "new_href": url_for("clients.add"),
        "has_places": bool(places),
        "waiting": [_waiting_row(line, desk) for line in waiting],
        "today": [_today_row(line, desk) for line in today],
        "past_end": [_past_end_row(line, desk) for line in board.past_expected_end],
        "lifts": [_lift_row(lift, desk) for lift in board.lifts_today],
    }


def _zone(places: Sequence[LocationCard], location_id: int | None) -> ZoneInfo:
    zones = [place.zone for place in places if location_id in (None, place.id)]
    return ZoneInfo(zones[0] if zones else "UTC")


def _zone_words(places: Sequence[LocationCard], location_id: int | None, desk: Desk) -> str:
    zones = {place.zone for place in places if location_id in (None, place.id)}
    if len(zones) > 1:
        return _("Each time is that of its own place.")
    return zone_note(_zone(places, location_id), desk)


def _tabs(places: Sequence[LocationCard], location_id: int | None) -> list[Row]:
    if len(places) < 2:  # noqa: PLR2004  (nothing to choose between)
        return []
    every = {
        "words": _("All"),
        "href": url_for("board.show"),
        "is_current": location_id is None,
    }
    return [every] + [
        {
            "words": place.name,
            "href": url_for("board.show", location=place.id),
            "is_current": place.id == location_id,
        }
        for place in places
    ]


def _is_waiting(line: BoardLine, board: Board, desk: Desk) -> bool:
    return line not in board.sessions_today or desk.now - line.starts_at >= USUAL_LENGTH_SPAN


def _waiting_row(line: BoardLine, desk: Desk) -> Row:
    number = line.number or 0
    return {
        "title": line.client_name,
        "when": _begun_words(line, desk),
        "at": iso(line.starts_at),
        "detail": _("The client's answers stay strict until you say what became of it."),
        "href": _course_url(line),
        "actions": [
            action(
                _("End session"),
                _session_url(line, "session_ends.end"),
                label=_("End session %(number)s of %(name)s", number=number, name=line.client_name),
            ),
            action(
                _("Did not take place"),
                _session_url(line, "treatment_sessions.show"),
                "second",
                _(
                    "Session %(number)s of %(name)s did not take place",
                    number=number,
                    name=line.client_name,
                ),
            ),
        ],
    }


def _begun_words(line: BoardLine, desk: Desk) -> str:
    begun = when(line.starts_at, ZoneInfo(line.zone), desk.now)
    return _("Session %(number)s, since %(when)s", number=line.number, when=begun)


def _today_row(line: BoardLine, desk: Desk) -> Row:
    kind, words = _status(line, desk)
    return {
        "mark": at_time(line.starts_at, ZoneInfo(line.zone)),
        "title": line.client_name,
        "when": _what(line),
        "status_kind": kind,
        "status_words": words,
        "href": _course_url(line),
        "actions": _today_actions(line, desk),
    }


def _what(line: BoardLine) -> str:
    if line.what == SESSION:
        what = _("Session %(number)s", number=line.number)
    else:
        what = visit_name(line.what)
    return _("%(what)s · %(place)s", what=what, place=line.location_name)


def _status(line: BoardLine, desk: Desk) -> tuple[str, str]:
    if line.status in (SessionStatus.PERFORMED.value, "held"):
        return "yes", _("Done")
    if line.status == SessionStatus.SCHEDULED.value:
        return ("info", _("Booked")) if line.starts_at > desk.now else ("wait", _("Under way"))
    return "no", _("Cancelled") if line.status == "cancelled" else _("Missed")


def _today_actions(line: BoardLine, desk: Desk) -> list[dict[str, str]]:
    if line.what != SESSION or line.status != SessionStatus.SCHEDULED.value:
        return []
    name = _("End session %(number)s of %(name)s", number=line.number, name=line.client_name)
    kind = "primary" if line.starts_at <= desk.now else "second"
    return [action(_("End session"), _session_url(line, "session_ends.end"), kind, name)]


def _past_end_row(line: BoardLine, desk: Desk) -> Row:
    url = url_for("courses.confirm_last", course_id=line.course_id)
    plan = url_for("treatment_sessions.plan", course_id=line.course_id)
    last = when(line.starts_at, ZoneInfo(line.zone), desk.now)
    return {
        "title": line.client_name,
        "when": _("Session %(number)s, on %(when)s", number=line.number, when=last),
        "href": _course_url(line),
        "actions": [
            action(
                _("It was the last"),
                url,
                "second",
                _("Confirm the last session of %(name)s", name=line.client_name),
            ),
            action(
                _("Plan the next"),
                plan,
                "second",
                _("Plan the next session of %(name)s", name=line.client_name),
            ),
        ],
    }


def _lift_row(lift: LiftLine, desk: Desk) -> Row:
    return {
        "title": lift.client_name,
        "detail": lift_words(lift.activities, lift.protocol),
        "meta": at_time(lift.at, ZoneInfo(lift.zone)),
        "href": url_for("courses.show", course_id=lift.course_id),
        "icon_name": "check" if lift.at <= desk.now else "clock",
    }


def lift_words(activities: Iterable[tuple[str, Answer]], protocol: Protocol) -> str:
    """`Yes, but: Hair wash, Water only · Yes: Swimming`: what lifts, by its new answer."""
    by_answer: dict[Answer, list[str]] = {}
    for activity, answer in activities:
        if activity in protocol.activities:
            by_answer.setdefault(answer, []).append(protocol.activities[activity].name)
    parts = [
        _("%(answer)s: %(names)s", answer=_(ANSWER_WORDS[answer]), names=_names(names))
        for answer, names in by_answer.items()
    ]
    return " · ".join(parts)


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    if more <= 0:
        return shown
    rest = ngettext("%(num)s more", "%(num)s more", more)
    return _("%(names)s and %(rest)s", names=shown, rest=rest)


def _course_url(line: BoardLine) -> str:
    return url_for("courses.show", course_id=line.course_id)


def _session_url(line: BoardLine, endpoint: str) -> str:
    return url_for(endpoint, course_id=line.course_id, number=line.number)
