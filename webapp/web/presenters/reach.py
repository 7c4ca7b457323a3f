"""Who cannot be reached by push, in words for staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.services.reach import ClientReach, Reach, Unreached
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.board import lift_words
from webapp.web.presenters.course_sessions import Desk
from webapp.web.presenters.courses import client_url
from webapp.web.presenters.times import iso, on_date, when


def reach_rows(
    found: Sequence[Unreached], location_id: int | None, desk: Desk
) -> list[dict[str, Any]]:
    """Arguments of components/unreached_row.html; `location_id` is what the board shows."""
    return [_row(unreached, location_id, desk) for unreached in found]


def _row(found: Unreached, location_id: int | None, desk: Desk) -> dict[str, Any]:
    zone = ZoneInfo(found.zone)
    return {
        "title": found.client_name,
        "href": client_url(found.client_id),
        "when": _(
            "%(when)s · %(place)s",
            when=when(found.lifts_at, zone, desk.now),
            place=found.location_name,
        ),
        "at": iso(found.lifts_at),
        "lift": lift_words(found.activities, found.protocol),
        "why": reach_words(found.why, zone, desk),
        "call_href": f"tel:{found.phone}" if found.phone else "",
        "call_label": _("Call %(name)s", name=found.client_name),
        "told_href": url_for("reach.tell", client_id=found.client_id),
        "told_label": _("%(name)s was told in person", name=found.client_name),
        "fields": {"lifts_at": iso(found.lifts_at), "location": location_id or ""},
    }


def push_rows(found: ClientReach, zone: ZoneInfo, desk: Desk) -> list[dict[str, str]]:
    """Whether a push reaches this client: a row of components/data_list.html."""
    return [{"term": _("Push"), "value": reach_words(found, zone, desk)}]


def reach_words(found: ClientReach, zone: ZoneInfo, desk: Desk) -> str:
    """`Push was never turned on`: whether a push reaches a client, and if not, why."""
    if found.reach is Reach.NEVER:
        return _("Push was never turned on")
    if found.reach is Reach.GONE or found.seen_at is None:
        return _("No device receives any more")
    if found.reach is Reach.SILENT:
        seen = on_date(found.seen_at, zone, desk.now)
        return _("Device not opened since %(date)s", date=seen)
    return ngettext("on %(num)s device", "on %(num)s devices", found.devices)


def told_words(is_planned: bool, name: str) -> tuple[str, str]:
    """(kind, words) of what staff read after they have told somebody."""
    if is_planned:
        return "good", _("Noted: %(name)s was told in person.", name=name)
    return "wait", _(
        "Nothing lifts for %(name)s at that time any more. Look at the plan.", name=name
    )
