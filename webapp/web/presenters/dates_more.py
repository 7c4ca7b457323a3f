"""What there is beside the dates themselves, at the end of the page Dates."""

from __future__ import annotations

from typing import NamedTuple

from flask import url_for

from webapp.web.language import gettext as _


class Link(NamedTuple):
    """A row that leads to a page of its own, as components/list_row.html shows it."""

    href: str
    icon_name: str
    title: str
    detail: str


def more_links() -> list[Link]:
    """The rows, in their order."""
    return [
        Link(
            url_for("calendar.show"),
            "calendar",
            _("Calendar"),
            _("Your appointments in your own calendar"),
        ),
        Link(
            "/dates/event",
            "sun",
            _("Plan around an event"),
            _("A holiday or a wedding: see what it meets, and which dates keep it free"),
        ),
        Link(
            "/sheet",
            "print",
            _("Aftercare on one page"),
            _("All dates, to print or to keep"),
        ),
        Link(
            "/hairdresser-card",
            "scissors",
            _("Card for the hairdresser"),
            _("What your hair and scalp may meet, without your name"),
        ),
        Link(
            "/about-treatment",
            "info",
            _("About the treatment"),
            _("What happens, and how long it lasts"),
        ),
    ]
