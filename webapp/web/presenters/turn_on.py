"""The sheet that says what turning push on means, before the browser asks."""

from __future__ import annotations

from typing import Any

from flask import url_for

from webapp.domain.people import SignedIn
from webapp.domain.preferences import Preferences
from webapp.web.language import gettext as _


def turn_on_page(person: SignedIn, chosen: Preferences, key: str) -> dict[str, Any]:
    """Values of account/turn_on.html; `key` is what the browser subscribes with."""
    words = _for_staff() if person.is_staff else _for_clients(chosen)
    if chosen.has_quiet_hours:
        words["lines"].append({"icon": "clock", "words": _quiet_words(person, chosen)})
    return words | {
        "frame": frame_of(person),
        "key": key,
        "back_href": url_for("devices.show") if person.is_staff else url_for("today.show"),
        "undo_points": undo_points(),
        "install_steps": install_steps(),
        "person": person,
    }


def frame_of(person: SignedIn) -> str:
    """The layout around a page that clients and staff share."""
    return "layouts/staff.html" if person.is_staff else "layouts/client.html"


def _for_clients(chosen: Preferences) -> dict[str, Any]:
    lock_screen = (
        _("Your lock screen says no more than that there is something to read.")
        if chosen.is_discreet
        else _("Your lock screen shows the whole message, as you chose.")
    )
    return {
        "title": _("Know the moment it lifts"),
        "lead": _("This phone can tell you by itself, so you need not keep looking."),
        "lines": [
            {
                "icon": "bell",
                "words": _("When something lifts, when your plan changes, and before a session."),
            },
            {
                "icon": "calendar",
                "words": _("A few short messages around each session, hardly any in between."),
            },
            {"icon": "lock", "words": lock_screen},
        ],
    }


def _for_staff() -> dict[str, Any]:
    return {
        "title": _("Be told what waits for you"),
        "lead": _("This device can tell you what was left open, wherever you are."),
        "lines": [
            {
                "icon": "bell",
                "words": _("When a session has no end yet, and when a course waits for a word."),
            },
            {"icon": "lock", "words": _("No message ever holds a client's name.")},
        ],
    }


def _quiet_words(person: SignedIn, chosen: Preferences) -> str:
    hours = {
        "start": chosen.quiet_from.isoformat("minutes"),
        "end": chosen.quiet_until.isoformat("minutes"),
    }
    if person.is_staff:
        return _("Nothing from %(start)s to %(end)s.", **hours)
    return _("Nothing from %(start)s to %(end)s, but for what must not wait.", **hours)


def undo_points() -> list[str]:
    """How somebody who once said no can change that: no page may ask again."""
    return [
        _("Chrome on Android: the icon before the address, Permissions, Notifications."),
        _("iPhone: Settings, Notifications, then this app."),
        _("On a computer: the icon before the address, Notifications."),
    ]


def install_steps() -> list[dict[str, str]]:
    """How a page gets onto an iPhone's Home Screen, where alone push works."""
    return [
        {"icon": "share", "words": _("Tap Share in Safari.")},
        {"icon": "plus", "words": _("Choose Add to Home Screen.")},
        {"icon": "bell", "words": _("Open it from there and come back to this page.")},
    ]
