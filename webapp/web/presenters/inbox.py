"""What a client was told, in words: the inbox, and what is new on Today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.domain.notices import NoticeKind
from webapp.services.inbox import InboxNotice, InboxPage
from webapp.web.language import gettext as _
from webapp.web.language import later
from webapp.web.presenters.answers import View
from webapp.web.presenters.notice_words import said
from webapp.web.presenters.said import inbox_name
from webapp.web.presenters.stricter_words import Clock, stricter_by, stricter_lines
from webapp.web.presenters.times import at_time, iso, on_date

ICONS = {
    NoticeKind.BEGINS: "hand",
    NoticeKind.LIFT: "check",
    NoticeKind.STRICTER: "alert",
    NoticeKind.PREPARE: "bottle",
    NoticeKind.TOMORROW: "calendar",
    NoticeKind.TODAY: "calendar",
    NoticeKind.HEALED: "check",
    NoticeKind.FOLLOW_UP: "calendar",
    NoticeKind.PHOTO: "photo",
    NoticeKind.PHOTO_WANTED: "photo",
}
# What leads on to the photos, and in which words.
TO_PHOTOS: Mapping[NoticeKind, str] = {
    NoticeKind.PHOTO: later("See your photos"),
    NoticeKind.PHOTO_WANTED: later("How to take it"),
}
BOOKED = frozenset({NoticeKind.PREPARE, NoticeKind.TOMORROW, NoticeKind.TODAY})
ONE_DAY = timedelta(days=1)


class Row(NamedTuple):
    """One notice, as components/inbox_row.html takes it. `acknowledge_href`: where to say that it
    was read, for what has to be acknowledged. `more_href`: where more is said."""

    title: str
    words: tuple[str, ...]
    icon_name: str
    when: str
    at: str
    new_words: str = ""
    past_words: str = ""
    points: Sequence[str] = ()
    acknowledge_href: str = ""
    more_href: str = ""
    more_words: str = ""


class Day(NamedTuple):
    """What was told on one day, the latest first."""

    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What a page shows that has not been read yet, and what is left once it is: how many, and the
    name of the inbox then."""

    ids: list[int]
    left: int
    left_words: str


@dataclass(frozen=True, slots=True)
class InboxWords:
    """Everything the inbox says."""

    days: list[Day]
    read: ReadForm | None
    older_href: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new on Today: `alert` stands at the very top until it is acknowledged."""

    rows: list[Row]
    read: ReadForm | None
    alert: str = ""


def present_inbox(page: InboxPage, unread: int, view: View) -> InboxWords:
    """Word a page of the inbox by days, which are those of the phone's zone where it is known.
    `unread` is how many there are in the whole inbox."""
    zone = _zone(view)
    days: dict[str, list[Row]] = {}
    for notice in page.notices:
        day = _day(notice.told_at, zone, view.now)
        days.setdefault(day, []).append(_row(notice, at_time(notice.told_at, zone), view.now))
    older = url_for("inbox.show", before=page.older) if page.older else ""
    words = [Day(title, rows) for title, rows in days.items()]
    return InboxWords(words, _read_form(page.notices, unread), older)


def present_news(notices: Sequence[InboxNotice], unread: int, view: View) -> News | None:
    """Word what is new; None where nothing is."""
    if not notices:
        return None
    rows = [_row(notice, _day_and_time(notice.told_at, view), view.now) for notice in notices]
    alert = next((row.title for row in rows if row.acknowledge_href), "")
    return News(rows, _read_form(notices, unread), alert)


def _zone(view: View) -> ZoneInfo:
    return ZoneInfo(view.own_zone) if view.own_zone else view.zone


def _day(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    on, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    if on == today:
        return _("Today")
    return _("Yesterday") if on == today - ONE_DAY else on_date(at, zone, now)


def _day_and_time(at: datetime, view: View) -> str:
    zone = _zone(view)
    day = _day(at, zone, view.now)
    return _("%(date)s, %(time)s", date=day, time=at_time(at, zone))


def _row(notice: InboxNotice, when: str, now: datetime) -> Row:
    facts = notice.facts
    told = said(facts, now, is_past=not notice.holds)
    row = Row(
        told.title,
        told.words,
        ICONS.get(facts.kind, "info"),
        when,
        iso(notice.told_at),
        "" if notice.is_read else _("New"),
        "" if notice.holds else _past_words(facts.kind),
    )
    if facts.kind is NoticeKind.LIFT and notice.holds:
        return row._replace(more_href=url_for("can_i.show"), more_words=_("All answers"))
    if facts.kind in TO_PHOTOS and notice.holds:
        href = url_for("gallery.show")
        return row._replace(more_href=href, more_words=_(TO_PHOTOS[facts.kind]))
    if facts.kind is not NoticeKind.STRICTER:
        return row
    points = stricter_lines(stricter_by([facts], now), facts.protocol, Clock(facts.zone, now))
    href = url_for("inbox.acknowledge", notice_id=facts.id) if notice.must_acknowledge else ""
    return row._replace(words=(), points=points, acknowledge_href=href)


def _past_words(kind: NoticeKind) -> str:
    if kind in BOOKED:
        return _("Moved or cancelled since. Dates shows what is planned.")
    return _("This does not hold any more. Today shows what does.")


def _read_form(notices: Sequence[InboxNotice], unread: int) -> ReadForm | None:
    ids = [one.facts.id for one in notices if not one.is_read and not one.must_acknowledge]
    left = max(unread - len(ids), 0)
    return ReadForm(ids, left, inbox_name(str(left or ""))) if ids else None
