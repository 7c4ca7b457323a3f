"""The calendar's entries in neutral words, and the page on which a client shares it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.services.calendars import DateKind, DateToKeep, FoundFeed
from webapp.web.context import settings
from webapp.web.language import gettext as _
from webapp.web.presenters.ics import CalendarEvent, calendar_file
from webapp.web.presenters.times import when


def feed_file(dates: Iterable[DateToKeep]) -> bytes:
    """Everything that a calendar is told, as a file."""
    return calendar_file([_event(one) for one in dates], _("Appointments"))


def event_file(one: DateToKeep) -> bytes:
    """One appointment as a file."""
    return calendar_file([_event(one)])


def _event(one: DateToKeep) -> CalendarEvent:
    """Others may look at a calendar: what it is about stands in the app alone."""
    is_moment = one.kind is DateKind.MOMENT
    return CalendarEvent(
        uid=one.uid,
        title=_("A date from your clinic") if is_moment else _("Appointment"),
        details=_("Open the app to see what it is, and whether it still holds.")
        if is_moment
        else "",
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        address=one.address,
        is_off=one.is_off,
        is_busy=not is_moment,
        sequence=one.sequence,
        changed_at=one.changed_at,
    )


def calendar_page(
    feed: FoundFeed | None, token: str, zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    """The page about the feed. `token` is '' once its address is not shown any more."""
    return {
        "rows": _rows(feed, zone, now) if feed else [],
        "address": _address(token) if token else "",
        "subscribe_href": f"webcal://{_address(token).partition('://')[2]}" if token else "",
        "make_words": _("Make a new address") if feed else _("Make the address"),
    }


def _address(token: str) -> str:
    path = url_for("calendar_feed.show", feed_token=token)
    return settings().base_url.rstrip("/") + path


def _rows(feed: FoundFeed, zone: ZoneInfo, now: datetime) -> list[dict[str, str]]:
    """The rows of components/data_list.html."""
    read = when(feed.read_at, zone, now) if feed.read_at else _("Not yet")
    made = when(feed.made_at, zone, now)
    return [
        {"term": _("Shared since"), "value": made},
        {"term": _("Last read"), "value": read},
    ]
