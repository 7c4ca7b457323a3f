"""Opening hours into words: open or closed now, and the week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from webapp.web.language import gettext as _
from webapp.web.presenters.times import at_time, on_date, weekday_name

Day = Sequence[str] | None  # ("09:00", "18:00"), or None on a closed day
A_WEEK = 7


class Opening(NamedTuple):
    """The arguments of components/opening_hours.html."""

    title: str
    is_open: bool
    status_words: str
    rows: list[dict[str, str]]


def opening(title: str, week: Sequence[Day], zone: ZoneInfo, now: datetime) -> Opening | None:
    """A place's hours; `week` has seven days from Monday on, in `zone`. None where none is set."""
    if not any(week):
        return None
    for opens_at, closes_at in _spans(week, zone, now):
        if closes_at > now:
            is_open = opens_at <= now
            words = _open(closes_at, zone) if is_open else _closed(opens_at, zone, now)
            return Opening(title, is_open, words, _rows(week))
    return None


def _open(closes_at: datetime, zone: ZoneInfo) -> str:
    return _("Open now, until %(time)s", time=at_time(closes_at, zone))


def _closed(opens_at: datetime, zone: ZoneInfo, now: datetime) -> str:
    time_words = at_time(opens_at, zone)
    if opens_at.astimezone(zone).date() == now.astimezone(zone).date():
        return _("Closed now: opens at %(time)s", time=time_words)
    day = on_date(opens_at, zone, now)
    return _("Closed now: opens %(day)s, %(time)s", day=day, time=time_words)


def _spans(week: Sequence[Day], zone: ZoneInfo, now: datetime) -> Iterator[tuple[datetime, ...]]:
    """The times of opening from yesterday on, for a week; one that ends past midnight included."""
    today = now.astimezone(zone).date()
    for days in range(-1, A_WEEK + 1):
        date = today + timedelta(days=days)
        hours = week[date.weekday()]
        if hours:
            opens, closes = (time.fromisoformat(text) for text in hours)
            ends = date if closes > opens else date + timedelta(days=1)
            yield datetime.combine(date, opens, zone), datetime.combine(ends, closes, zone)


def _rows(week: Sequence[Day]) -> list[dict[str, str]]:
    """Neighbouring days with the same hours in one row: `Mon to Fri`, `09:00–18:00`."""
    rows = []
    for hours, days in groupby(enumerate(week), key=lambda found: _hours(found[1])):
        numbers = [number for number, _hours_of_day in days]
        first, last = weekday_name(numbers[0]), weekday_name(numbers[-1])
        when = first if first == last else _("%(first)s to %(last)s", first=first, last=last)
        rows.append({"when": when, "hours": hours})
    return rows


def _hours(day: Any) -> str:
    return f"{day[0]}–{day[1]}" if day else _("closed")
