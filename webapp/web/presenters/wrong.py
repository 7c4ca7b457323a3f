"""What to look out for and whom to call, as plain words. Never a diagnosis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from webapp.services.wrong import PlaceToCall, WhereToTurn
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import sentence
from webapp.web.presenters.help import chat_address
from webapp.web.presenters.opening_hours import Opening, opening
from webapp.web.presenters.timetable import Dated, Line

MOST_SIGNS = 10


class Signs(NamedTuple):
    """Signs that call for the same step. `tone` is one of components/card.html; `action` are the
    arguments of components/button.html, or none."""

    title: str
    lines: Sequence[str]
    tone: str
    action: dict[str, str]


class WrongPage(NamedTuple):
    """Everything the page says."""

    calls: list[dict[str, str]]
    signs: list[Signs]
    closing: str
    hours: list[Opening]


def present_wrong(found: WhereToTurn, now: datetime) -> WrongPage:
    """Word the signs in the order of urgency, with the numbers beside them."""
    clinic_calls = [_call(place, is_only=len(found.places) == 1) for place in found.places]
    clinic_calls = [call for call in clinic_calls if call]
    emergency = _emergency(found.clinic.emergency_number)
    hours = [opening(place.name, place.week, place.zone, now) for place in found.places]
    return WrongPage(
        calls=[*clinic_calls, *_chat(found.clinic.whatsapp), *emergency],
        signs=[
            _signs(_("What to expect in most courses"), found, "normal"),
            _signs(_("Call the clinic today"), found, "call_today", "accent", clinic_calls),
            _signs(_("See a doctor now"), found, "see_doctor", "no"),
            _signs(_("Emergency"), found, "emergency", "no", emergency),
        ],
        closing=_(found.closing),
        hours=[week for week in hours if week],
    )


def without_now(page: WrongPage) -> WrongPage:
    """The same for whenever it is read: the hours, but not whether it is open."""
    return page._replace(hours=[week._replace(status_words="") for week in page.hours])


def short_signs(signs: Mapping[str, Sequence[str]]) -> list[Dated]:
    """The warning signs in a few lines, by what is to be done, as components/dated_list.html
    takes them."""
    titles = {
        "call_today": _("Call the clinic today"),
        "see_doctor": _("See a doctor now"),
        "emergency": _("Emergency"),
    }
    return [Dated(title, "", "", (Line(_run(signs[kind])),)) for kind, title in titles.items()]


def _run(lines: Sequence[str]) -> str:
    shown = [sentence(_(line)) for line in lines[:MOST_SIGNS]]
    return " ".join([*shown, _("More in the app.")] if len(lines) > MOST_SIGNS else shown)


def _signs(
    title: str,
    found: WhereToTurn,
    kind: str,
    tone: str = "",
    actions: Sequence[dict[str, str]] = (),
) -> Signs:
    # The clinic's own lines are data; only the protocol's have translations.
    return Signs(title, [_(line) for line in found.signs[kind]], tone, next(iter(actions), {}))


def _call(place: PlaceToCall, is_only: bool) -> dict[str, str]:
    if not place.phone:
        return {}
    words = _("Call the clinic") if is_only else _("Call %(place)s", place=place.name)
    return {"words": words, "kind": "primary", "icon_name": "phone", "href": f"tel:{place.phone}"}


def _chat(number: str) -> list[dict[str, str]]:
    if not number:
        return []
    href = chat_address(number)
    return [{"words": _("WhatsApp"), "kind": "second", "icon_name": "chat", "href": href}]


def _emergency(number: str) -> list[dict[str, Any]]:
    if not number:
        return []
    words = _("Emergency: %(number)s", number=number)
    href = f"tel:{number}"
    return [{"words": words, "kind": "danger", "icon_name": "phone", "href": href}]
