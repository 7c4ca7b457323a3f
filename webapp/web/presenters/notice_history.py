"""What became of a client's notices, in honest words: a push service accepts, nobody delivers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import url_for

from webapp.domain.notices import NoticeKind
from webapp.services.notice_history import DeliveryRow, HistoryEntry, NoticeHistory
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.course_sessions import Desk
from webapp.web.presenters.notice_words import said
from webapp.web.presenters.times import iso, when

# A kind of badge and its words.
Badge = tuple[str, str]


def history_rows(history: NoticeHistory, desk: Desk) -> list[dict[str, Any]]:
    """Arguments of components/session_row.html: what comes first, then the newest."""
    ahead = [_ahead_row(entry, desk) for entry in reversed(history.ahead)]
    return [*ahead, *(_told_row(entry, desk) for entry in history.told)]


def history_part(history: NoticeHistory, client_id: int, desk: Desk) -> dict[str, Any]:
    """The last of it, for the client's page, with the way to the rest."""
    href = url_for("notice_history.show", client_id=client_id) if history.is_cut else ""
    next_ones = replace(history, ahead=history.ahead[:1])
    return {
        "rows": history_rows(next_ones, desk),
        "more_href": href,
        "more_words": _("All notices"),
    }


def _ahead_row(entry: HistoryEntry, desk: Desk) -> dict[str, Any]:
    due = when(entry.due_at, entry.facts.zone, desk.now)
    return {
        "title": said(entry.facts, entry.due_at).title,
        "when": "",
        "at": iso(entry.due_at),
        "status_kind": "info",
        "status_words": _("Planned for %(when)s", when=due),
    }


def _told_row(entry: HistoryEntry, desk: Desk) -> dict[str, Any]:
    told_at = entry.told_at or entry.due_at
    (kind, words), *others = _badges(entry, desk)
    return {
        # As it was told, when it was told.
        "title": said(entry.facts, told_at).title,
        "when": when(told_at, entry.facts.zone, desk.now),
        "at": iso(told_at),
        "status_kind": kind,
        "status_words": words,
        "notes": [*(words for _kind, words in others), *_read(entry, desk)],
    }


def _badges(entry: HistoryEntry, desk: Desk) -> list[Badge]:
    """What became of the pushes, those that were accepted first; alike ones once."""
    if not entry.deliveries:
        return [_without_push(entry)]
    found = Counter(_badge(delivery, entry, desk) for delivery in entry.deliveries)
    ordered = sorted(found.items(), key=lambda one: one[0][0] != "yes")
    return [(kind, _on_devices(words, count)) for (kind, words), count in ordered]


def _without_push(entry: HistoryEntry) -> Badge:
    if entry.is_inbox_only:
        return "info", _("In the inbox only")
    return "no", _("No device; in the inbox only")


def _badge(delivery: DeliveryRow, entry: HistoryEntry, desk: Desk) -> Badge:
    settled = when(delivery.settled_at or delivery.due_at, entry.facts.zone, desk.now)
    words = {
        "accepted": ("yes", _("Accepted by the push service, %(when)s", when=settled)),
        "gone": ("no", _("The device receives no more")),
        "failed": ("no", _("Rejected by the push service")),
        "expired": ("no", _("Not accepted in time; in the inbox only")),
        "superseded": ("info", _("Not sent: the plan changed first")),
    }
    return words.get(delivery.state) or _under_way(delivery, entry, desk)


def _under_way(delivery: DeliveryRow, entry: HistoryEntry, desk: Desk) -> Badge:
    due = when(delivery.due_at, entry.facts.zone, desk.now)
    if delivery.state == "claimed" or delivery.due_at <= desk.now:
        return "wait", _("About to be sent")
    if delivery.attempts:
        return "wait", _("Not accepted yet; tried again %(when)s", when=due)
    return "wait", _("Waits for the morning, %(when)s", when=due)


def _on_devices(words: str, count: int) -> str:
    if count == 1:
        return words
    devices = ngettext("%(num)s device", "%(num)s devices", count)
    return _("%(words)s (%(devices)s)", words=words, devices=devices)


def _read(entry: HistoryEntry, desk: Desk) -> Iterator[str]:
    """What the client did with it, as far as the app knows."""
    zone = entry.facts.zone
    if entry.acknowledged_at:
        at = when(entry.acknowledged_at, zone, desk.now)
        yield _("The client confirmed having read it, %(when)s", when=at)
    elif entry.facts.kind is NoticeKind.STRICTER:
        yield _("Not confirmed by the client yet")
    elif entry.read_at:
        yield _("Opened in the app, %(when)s", when=when(entry.read_at, zone, desk.now))
