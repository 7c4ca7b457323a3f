"""Photos that the staff ask clients for, and those that wait for somebody's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.services.clients import ClientFile
from webapp.services.courses import CourseFile
from webapp.services.photo_requests import RequestRow
from webapp.services.photos import PhotoRow
from webapp.web.language import gettext as _
from webapp.web.presenters.course_sessions import Desk
from webapp.web.presenters.photo_timeline import photos_url
from webapp.web.presenters.photo_words import zone_name, zone_options
from webapp.web.presenters.times import iso, on_date, when

# "How does it look on day 10?": when scabs are gone, and much can still be corrected.
USUAL_DAYS = 10
NOON_HOUR = 12


def suggested_day(file: CourseFile | None, zone: ZoneInfo, desk: Desk) -> str:
    """Day 10 after the latest session, or as many days from today: as a date input has it."""
    done = [one.ended_at for one in file.course.sessions if one.ended_at] if file else []
    today = desk.now.astimezone(zone).date()
    after = max(done).astimezone(zone).date() if done else today
    wanted = after + timedelta(days=USUAL_DAYS)
    return (wanted if wanted >= today else today + timedelta(days=1)).isoformat()


def ask_page(client: ClientFile, rows: Sequence[RequestRow], desk: Desk) -> dict[str, Any]:
    """Values of staff/photo_ask.html."""
    return {
        "title": _("Ask for a photo"),
        "lead": client.name,
        "back_href": photos_url(client.id),
        "zones": zone_options(),
        "open": [_open_row(row, desk) for row in rows if row.is_open],
        "past": [_past_row(row, desk) for row in rows if not row.is_open],
    }


def _open_row(row: RequestRow, desk: Desk) -> dict[str, Any]:
    part, day = zone_name(row.zone), day_words(row.due_on, row, desk)
    return {
        "title": part,
        "day": _("for %(day)s", day=day),
        "words": row.words,
        "asked": _("asked by %(name)s", name=row.asked_by),
        "action": url_for("photo_requests_desk.cancel", request_id=row.id),
        "client_id": row.client_id,
        "label": _("Take back: %(part)s, %(day)s", part=part, day=day),
    }


def _past_row(row: RequestRow, desk: Desk) -> dict[str, Any]:
    day = day_words(row.due_on, row, desk)
    found = {"title": zone_name(row.zone), "when": _("for %(day)s", day=day), "detail": row.words}
    if row.answered_at is None:
        return found | {"status_kind": "no", "status_words": _("Taken back")}
    href = photos_url(row.client_id, request=row.id)
    came = when(row.answered_at, ZoneInfo(row.time_zone), desk.now)
    kind, words = ("yes", _("Seen")) if row.seen_at else ("wait", _("Not seen yet"))
    status = _("%(words)s, came %(when)s", words=words, when=came)
    return found | {"href": href, "status_kind": kind, "status_words": status}


def day_words(day: date, row: RequestRow, desk: Desk) -> str:
    """`Tue 3 Mar`, a day at the client's place."""
    zone = ZoneInfo(row.time_zone)
    noon = datetime(day.year, day.month, day.day, NOON_HOUR, tzinfo=zone)
    return on_date(noon, zone, desk.now)


def answer_rows(
    rows: Sequence[RequestRow], location_id: int | None, desk: Desk
) -> list[dict[str, Any]]:
    """Answers for the board: arguments of components/slip_row.html."""
    return [_answer_row(row, location_id, desk) for row in rows]


def _answer_row(row: RequestRow, location_id: int | None, desk: Desk) -> dict[str, Any]:
    assert row.answered_at
    part = zone_name(row.zone)
    came = when(row.answered_at, ZoneInfo(row.time_zone), desk.now)
    return {
        "title": row.client_name,
        "href": photos_url(row.client_id, request=row.id),
        "what": _("A photo to look at: %(part)s", part=part.lower()),
        "when": _("came %(when)s", when=came),
        "at": iso(row.answered_at),
        "told": row.words or _("asked for %(day)s", day=day_words(row.due_on, row, desk)),
        "seen_href": url_for("photo_requests_desk.see", request_id=row.id),
        "seen_label": _("Seen: the photo of %(name)s", name=row.client_name),
        "fields": {"location": location_id or ""},
    }


def marked_rows(found: Sequence[tuple[str, PhotoRow]]) -> list[dict[str, str]]:
    """Photos marked for the artist, each with its client's name: arguments of list_row."""
    return [
        {
            "title": name,
            "detail": _("%(part)s, marked for the artist", part=zone_name(row.zone)),
            "href": url_for("photo_pages.show", public_id=row.public_id),
            "icon_name": "photo",
        }
        for name, row in found
    ]
