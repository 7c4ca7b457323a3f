"""What a page says where there is no plan to word."""

from __future__ import annotations

from webapp.services.today import Facts
from webapp.web.language import gettext as _


def unreadable_words() -> str:
    """Of a course that contradicts itself, or cannot be read: nothing is guessed."""
    return _("What is stored of your course does not fit together. Please call your clinic.")


def no_plan_words(facts: Facts) -> str:
    """Why this client has no dates to show."""
    if facts.is_unreadable:
        return unreadable_words()
    return _("Your clinic has not planned a session yet. Your dates will stand here.")
