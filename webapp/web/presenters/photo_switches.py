"""What a client agrees to concerning photos: three switches, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from webapp.domain.photos import ConsentKind
from webapp.services.photo_consents import ConsentRow
from webapp.web.language import gettext as _
from webapp.web.language import later
from webapp.web.presenters.photo_labels import Looking
from webapp.web.presenters.times import iso, when

Agreed = frozenset[ConsentKind]
# What a switch is called, and what it means that it is on.
SWITCHES: Mapping[ConsentKind, tuple[str, str]] = {
    ConsentKind.KEPT: (
        later("Kept in my record"),
        later("Your clinic may take photos of your head and keep them with your treatment. "
              "Without this there are none."),
    ),
    ConsentKind.SHOWN: (
        later("Shown to me"),
        later("What your clinic shares appears in this app, on your signed-in devices only. "
              "It is not stored on the phone."),
    ),
    ConsentKind.MARKETING: (
        later("Shown to others"),
        later("Your clinic may show photos without your name, on its website for example. Only "
              "those that you also release one by one: open a photo to do so."),
    ),
}  # fmt: skip
SAID: Mapping[tuple[ConsentKind, bool], str] = {
    (ConsentKind.KEPT, True): later("Photos may be kept in your record from now on."),
    (ConsentKind.SHOWN, True): later("What your clinic shares is shown to you from now on."),
    (ConsentKind.SHOWN, False): later("No photo is shown here any more, on any of your devices."),
    (ConsentKind.MARKETING, True): later(
        "Agreed. Nothing is shown to others until you release a photo."
    ),
    (ConsentKind.MARKETING, False): later("Your clinic may not show any photo to others."),
}
LOCKED = later(
    "Your photos are locked. Nobody sees them but the owner of the clinic, who has to give a "
    "reason that is kept. The law obliges the clinic to keep its records."
)
ERASED = later(
    "Your photos are taken away from everybody now, and erased for good in a day. If you agree "
    "again before that, they come back."
)


def present_switches(
    agreed: Agreed, said: Sequence[ConsentRow], must_keep: bool, looking: Looking
) -> dict[str, Any]:
    """Values of photos/switches.html."""
    return {
        "switches": [_switch(kind, kind in agreed, must_keep) for kind in SWITCHES],
        "needs_kept": bool(agreed) and ConsentKind.KEPT not in agreed,
        "history": [_said(row, looking) for row in said],
    }


def said_words(kind: ConsentKind, is_granted: bool, must_keep: bool) -> str:
    """What holds from now on, after a switch was turned."""
    if kind is ConsentKind.KEPT and not is_granted:
        return _(LOCKED if must_keep else ERASED)
    return _(SAID[kind, is_granted])


def _switch(kind: ConsentKind, is_on: bool, must_keep: bool) -> dict[str, Any]:
    name, words = (_(one) for one in SWITCHES[kind])
    is_grave = kind is ConsentKind.KEPT and is_on
    return {
        "action": url_for("photo_switches.turn", kind=kind.value),
        "name": name,
        "words": words,
        "is_on": is_on,
        "note": _if_withdrawn(must_keep) if is_grave else "",
    }


def _if_withdrawn(must_keep: bool) -> str:
    if must_keep:
        return _("If you turn it off, your photos are locked at once. The law obliges your clinic "
                 "to keep its records, so they are not erased.")  # fmt: skip
    return _("If you turn it off, your photos are taken away from everybody at once, and erased "
             "for good a day later.")  # fmt: skip


def _said(row: ConsentRow, looking: Looking) -> dict[str, str]:
    name = _(SWITCHES[ConsentKind(row.kind)][0])
    if row.photo_id:
        name = _("One photo, shown to others")
    words = _("agreed") if row.is_granted else _("withdrawn")
    by = _("by %(name)s", name=row.said_by) if row.said_by else ""
    return {
        "title": _("%(what)s: %(said)s", what=name, said=words),
        "when": when(row.said_at, looking.zone, looking.now),
        "at": iso(row.said_at),
        "by": by,
    }
