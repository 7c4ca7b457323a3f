"""How sending stands, in words for the owner."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.services.sending_health import Health, PushService, SendingReport
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.times import when, when_long, zone_words

# A mistake of ours that is older is surely known.
MISTAKE_SPAN = timedelta(days=7)
STATES = {
    Health.OK: ("good", later("Everything goes out on time.")),
    Health.HELD: ("no", later("Nothing is sent until you release it.")),
    Health.STOPPED: (
        "no",
        later(
            "The worker does not run, so nothing is sent. Tell whoever runs your server to start "
            "it."
        ),
    ),
    Health.LATE: (
        "no",
        later(
            "Something has been due for more than five minutes. If it does not go out soon, tell "
            "whoever runs your server."
        ),
    ),
    Health.REFUSED: (
        "no",
        later(
            "Clients whose phones use it get no push, and read their inbox. Nobody's device is "
            "removed. Tell whoever runs your server: the key or its contact is wrong."
        ),
    ),
}
SHORT = {
    Health.REFUSED: later("A push service refuses us"),
    Health.OK: later("Everything goes out on time"),
    Health.HELD: later("Held until you release it"),
    Health.STOPPED: later("The worker does not run"),
    Health.LATE: later("Something is late"),
}
REASONS = {
    "clock-jump": later(
        "The server's clock jumped. Make sure that it is right before you release: a wrong clock "
        "would tell clients too early that something is allowed."
    )
}


def sending_row(health: Health) -> dict[str, Any]:
    """A row of the settings: arguments of components/list_row.html."""
    row = {"title": _("Sending"), "href": url_for("sending.show"), "icon_name": "bell"}
    words = _(SHORT[health])
    is_fine = health is Health.OK
    return row | ({"detail": words} if is_fine else {"status_kind": "no", "status_words": words})


def sending_alarm(health: Health) -> dict[str, Any] | None:
    """Arguments of components/notice.html for the owner's board; None while all is well."""
    if health is Health.OK:
        return None
    kind, words = STATES[health]
    is_partial = health is Health.REFUSED
    title = _(SHORT[health]) if is_partial else _("Notices do not go out")
    return {"kind": kind, "title": title, "words": _(words), "role": "alert"}


def sending_page(found: SendingReport, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """Values of settings/sending.html; instants in `zone`, the reader's own."""
    kind, words = STATES[found.health]
    return {
        "zone_note": zone_words(zone.key),
        "state": {"kind": kind, "title": _title(found, zone, now), "words": _(words)},
        "reason": _reason(found.held_for) if found.held_at else "",
        "release_href": url_for("sending.release") if found.held_at else "",
        "facts": _facts(found, zone, now),
        "mistake": _mistake(found.mistake_at, zone, now),
        "refused": [_refused(service, zone, now) for service in found.refused],
        "gone": [_gone(service) for service in found.gone],
    }


def _title(found: SendingReport, zone: ZoneInfo, now: datetime) -> str:
    if found.held_at:
        return _("Sending is held since %(when)s", when=when(found.held_at, zone, now))
    return "" if found.health is Health.OK else _(SHORT[found.health])


def _reason(held_for: str) -> str:
    return _(REASONS[held_for]) if held_for in REASONS else _("Reason: %(name)s.", name=held_for)


def _facts(found: SendingReport, zone: ZoneInfo, now: datetime) -> list[dict[str, str]]:
    beat = when(found.beat_at, zone, now) if found.beat_at else _("never")
    oldest = found.oldest_due_at
    due = _("since %(when)s", when=when(oldest, zone, now)) if oldest else _("nothing waits")
    return [
        {"term": _("Worker seen"), "value": beat},
        {"term": _("Oldest due"), "value": due},
        {"term": _("Accepted, 7 days"), "value": _share(found.accepted, found.tried)},
    ]


def _share(accepted: int, tried: int) -> str:
    if not tried:
        return _("nothing sent")
    percent = accepted * 100 // tried
    pushes = ngettext("%(num)s push", "%(num)s pushes", tried)
    return _("%(percent)s%% of %(pushes)s", percent=percent, pushes=pushes)


def _mistake(at: datetime | None, zone: ZoneInfo, now: datetime) -> dict[str, str] | None:
    if at is None or now - at > MISTAKE_SPAN:
        return None
    words = _(
        "A push could not be made as push services want it, %(when)s. Its notice stands in the "
        "inbox. Tell whoever runs your server.",
        when=when(at, zone, now),
    )
    return {"kind": "wait", "title": _("A mistake of ours"), "words": words}


def _refused(service: PushService, zone: ZoneInfo, now: datetime) -> dict[str, str]:
    since = when(service.refused_at, zone, now) if service.refused_at else ""
    words = _("Refuses our key since %(when)s", when=since)
    return {"title": service.host, "status_kind": "no", "status_words": words}


def _gone(service: PushService) -> dict[str, str]:
    count = ngettext("%(num)s device", "%(num)s devices", service.gone)
    return {"title": service.host, "meta": count}


def release_page(found: SendingReport, zone: ZoneInfo, now: datetime) -> dict[str, str]:
    """Values of settings/release_sending.html."""
    shown = _("%(when)s, %(zone)s", when=when_long(now, zone, now), zone=zone_words(zone.key))
    since = when(found.held_at, zone, now) if found.held_at else ""
    return {
        "lead": _reason(found.held_for),
        "since": _("Held since %(when)s.", when=since),
        "clock": shown,
    }
