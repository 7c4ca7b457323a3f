"""Calendar files, as RFC 5545 and 7986 have them: entries in, bytes out.

Times are written in UTC. An appointment is one instant, every phone shows it by its own clock, and
a file with zones would need their rules as well, which calendars read each in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

import icalendar

MAKER = "-//Liftday//Dates//EN"
STATUS = {True: "CANCELLED", False: "CONFIRMED"}
# How often a calendar that asks is told to look again.
REFRESH_SPAN = timedelta(hours=1)


class CalendarEvent(NamedTuple):
    """One entry, worded; instants are UTC. `is_busy`: whether it takes the time it stands for."""

    uid: str
    title: str
    details: str
    starts_at: datetime
    ends_at: datetime
    address: str
    is_off: bool
    is_busy: bool
    sequence: int
    changed_at: datetime


def calendar_file(events: Iterable[CalendarEvent], name: str = "") -> bytes:
    """A calendar. With a name it is one to be read again and again.

    The same entries always give the same bytes.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH_SPAN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", icalendar.vDuration(REFRESH_SPAN))
    for event in events:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def _component(event: CalendarEvent) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    # Without a method both say the same: when the entry was last revised.
    component.add("dtstamp", event.changed_at)
    component.add("last-modified", event.changed_at)
    component.add("dtstart", event.starts_at)
    component.add("dtend", event.ends_at)
    component.add("summary", _one_line(event.title))
    if event.details:
        component.add("description", _one_line(event.details))
    if event.address:
        component.add("location", _one_line(event.address))
    component.add("status", STATUS[event.is_off])
    component.add("transp", "OPAQUE" if event.is_busy and not event.is_off else "TRANSPARENT")
    return component


def _one_line(text: str) -> str:
    """The text without breaks and signs that would begin another line of the file."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
