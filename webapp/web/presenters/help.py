"""Whom to turn to, in the same place on every page."""

from __future__ import annotations

from typing import NamedTuple

from webapp.services.today import Facts
from webapp.web.language import gettext as _


class HelpBar(NamedTuple):
    """The arguments of components/help_bar.html."""

    problem_href: str
    problem_words: str
    call_href: str = ""
    call_words: str = ""
    chat_href: str = ""
    chat_words: str = ""


def help_for_everybody() -> HelpBar:
    """For whoever is not known to belong to a place."""
    return HelpBar("/something-is-wrong", _("Something is wrong"))


def help_of(facts: Facts) -> HelpBar:
    """For a client: the phone of the own place and the clinic's chat."""
    phone, chat = facts.place.phone, facts.clinic.whatsapp
    return help_for_everybody()._replace(
        call_href=f"tel:{phone}" if phone else "",
        call_words=_("Call"),
        chat_href=chat_address(chat) if chat else "",
        chat_words=_("WhatsApp"),
    )


def ways_to_ask(bar: HelpBar, call_words: str) -> list[dict[str, str]]:
    """The same ways as arguments of components/button.html; those that there are."""
    ways = (
        (call_words, "primary", "phone", bar.call_href),
        (bar.chat_words, "second", "chat", bar.chat_href),
    )
    return [
        {"words": words, "kind": kind, "icon_name": icon, "href": href}
        for words, kind, icon, href in ways
        if href
    ]


def chat_address(number: str) -> str:
    """Where a WhatsApp chat with this number (E.164) opens."""
    return f"https://wa.me/{number.lstrip('+')}"
