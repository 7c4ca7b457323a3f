"""Instants into words: always in a named zone, never relative without the exact time beside it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from webapp.domain import calendar
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext, reading

LOCALE = "en"
UNIT_SECONDS = (86_400, 3_600, 60, 1)
UNITS = (
    (later("%(num)s day"), later("%(num)s days")),
    (later("%(num)s hour"), later("%(num)s hours")),
    (later("%(num)s minute"), later("%(num)s minutes")),
    (later("%(num)s second"), later("%(num)s seconds")),
)
QUARTER = 900
# The instant for machines stands here too, beside all the others for people.
iso = calendar.iso
_SECOND = timedelta(seconds=1)
_TWO_DIGITS = [f"{number:02d}" for number in range(60)]


@lru_cache(maxsize=8)
def _names(locale: str) -> tuple[dict[int, str], dict[int, str], dict[int, str], dict[int, str]]:
    return (
        dict(get_day_names("abbreviated", locale=locale)),
        dict(get_month_names("abbreviated", locale=locale)),
        dict(get_day_names("wide", locale=locale)),
        dict(get_month_names("wide", locale=locale)),
    )


def when(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """`Sat 7 Mar, 16:30`; with the year where it is not this one."""
    local = at.astimezone(zone)
    return _("%(date)s, %(time)s", date=_short_date(local, now, zone), time=_clock(local))


def when_long(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """`Saturday 7 March, 16:30`; with the year where it is not this one."""
    local = at.astimezone(zone)
    day = _date_words(local.date(), _has_year(local, now, zone), True, reading().lang)
    return _("%(date)s, %(time)s", date=day, time=_clock(local))


def on_date(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """`Sat 7 Mar`; with the year where it is not this one."""
    return _short_date(at.astimezone(zone), now, zone)


def long_date(at: datetime, zone: ZoneInfo) -> str:
    """`Saturday 7 March 2026`."""
    local = at.astimezone(zone)
    days, months = _names(LOCALE)[2:]
    return _(
        "%(weekday)s %(day)s %(month)s %(year)s",
        weekday=days[local.weekday()],
        day=local.day,
        month=months[local.month],
        year=local.year,
    )


def weekday_names() -> list[str]:
    """`Monday` to `Sunday`."""
    days = _names(LOCALE)[2]
    return [days[day] for day in range(7)]


def at_time(at: datetime, zone: ZoneInfo) -> str:
    """`16:30`."""
    return _clock(at.astimezone(zone))


def _clock(local: datetime) -> str:
    return f"{_TWO_DIGITS[local.hour]}:{_TWO_DIGITS[local.minute]}"


def _short_date(local: datetime, now: datetime, zone: ZoneInfo) -> str:
    return _date_words(local.date(), _has_year(local, now, zone), False, reading().lang)


def _has_year(local: datetime, now: datetime, zone: ZoneInfo) -> bool:
    return local.year != _year_at(now, zone)


@lru_cache(maxsize=256)
def _year_at(now: datetime, zone: ZoneInfo) -> int:
    """Kept, because a page compares every date on it with the same present."""
    return now.astimezone(zone).year


@lru_cache(maxsize=4_096)
def _date_words(day: date, has_year: bool, is_long: bool, lang: str) -> str:
    """A date in a language; kept, because all clients live on the same few hundred days."""
    days, months = _names(LOCALE)[2:] if is_long else _names(LOCALE)[:2]
    short = _(
        "%(weekday)s %(day)s %(month)s",
        weekday=days[day.weekday()],
        day=day.day,
        month=months[day.month],
    )
    return _("%(date)s %(year)s", date=short, year=day.year) if has_year else short


def weekday_name(number: int) -> str:
    """`Mon` for 0."""
    return _names(LOCALE)[0][number]


def zone_words(zone_name: str) -> str:
    """`Dubai time`: the zone by its city."""
    city = zone_name.rsplit("/", 1)[-1].replace("_", " ")
    return _("%(city)s time", city=city)


def in_own_zone(at: datetime, zone: ZoneInfo, own_zone: str, now: datetime) -> str:
    """`Sat 7 Mar, 14:30, Sofia time` where the phone's clock differs from the clinic's, else ''."""
    if not _differs(at, zone, own_zone):
        return ""
    own = ZoneInfo(own_zone)
    return _("%(when)s, %(zone)s", when=when(at, own, now), zone=zone_words(own_zone))


def both_zones(at: datetime, zone: ZoneInfo, own_zone: str, now: datetime) -> str:
    """`Saturday 7 March, 16:30`, and where the phone's clock differs from the clinic's both times,
    named: `…, 16:30 Dubai time (14:30 Sofia time)`, with the date where it differs too."""
    words = when_long(at, zone, now)
    if not _differs(at, zone, own_zone):
        return words
    own = ZoneInfo(own_zone)
    is_same_date = at.astimezone(own).date() == at.astimezone(zone).date()
    return _(
        "%(when)s %(zone)s (%(own_when)s %(own_zone)s)",
        when=words,
        zone=zone_words(zone.key),
        own_when=at_time(at, own) if is_same_date else when(at, own, now),
        own_zone=zone_words(own_zone),
    )


def _differs(at: datetime, zone: ZoneInfo, own_zone: str) -> bool:
    if not own_zone or own_zone == zone.key:
        return False
    return at.astimezone(ZoneInfo(own_zone)).utcoffset() != at.astimezone(zone).utcoffset()


def next_quarter(now: datetime) -> datetime:
    """The next quarter of an hour: no date anywhere on earth begins at another minute."""
    return now + timedelta(seconds=QUARTER - int(now.timestamp()) % QUARTER)


def countdown(at: datetime, now: datetime) -> str:
    """`in 2 days 3 hours`: the two largest adjoining units, rounded down; seconds only within
    the last hour. The page's script keeps these words current from the same templates."""
    left = (at - now) // _SECOND
    for index, seconds in enumerate(UNIT_SECONDS):
        count, rest = divmod(left, seconds)
        if count > 0:
            words = _unit(index, count)
            if index + 1 < len(UNIT_SECONDS) and rest // UNIT_SECONDS[index + 1]:
                second = _unit(index + 1, rest // UNIT_SECONDS[index + 1])
                words = _("%(first)s %(second)s", first=words, second=second)
            return _("in %(time)s", time=words)
    return _("now")


def words_change_at(at: datetime, now: datetime) -> datetime:
    """The next instant at which `countdown(at, …)` reads differently."""
    left = max((at - now) // _SECOND, 1)
    for larger, smaller in ((86_400, 3_600), (3_600, 60)):
        if left >= larger:
            return now + timedelta(seconds=left % smaller + 1)
    return now + _SECOND


def _unit(index: int, count: int) -> str:
    return _unit_words(index, count, reading().lang)


@lru_cache(maxsize=2_048)
def _unit_words(index: int, count: int, lang: str) -> str:
    return ngettext(*UNITS[index], count)


def countdown_labels() -> str:
    """The same words as templates for the page's script, as JSON."""
    return _countdown_labels(reading().lang)


@lru_cache(maxsize=16)
def _countdown_labels(lang: str) -> str:
    labels = {
        "units": [
            [seconds, {"one": _(one, num="{n}"), "other": _(other, num="{n}")}]
            for seconds, (one, other) in zip(UNIT_SECONDS, UNITS, strict=True)
        ],
        "join": _("%(first)s %(second)s", first="{a}", second="{b}"),
        "whole": _("in %(time)s", time="{t}"),
        "done": _("now"),
    }
    return json.dumps(labels, ensure_ascii=False, separators=(",", ":"))
