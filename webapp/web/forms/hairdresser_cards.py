"""For how long a card for the hairdresser can be read."""

from __future__ import annotations

from wtforms import Form

from webapp.domain.cards import SPANS, USUAL_DAYS
from webapp.web.forms.texts import OneOf, text_field
from webapp.web.language import later

LONGEST_CHOICE = 2
NO_SPAN = later("Choose for how long the card works.")


class CardForm(Form):
    """One of the spans on offer."""

    days = text_field(
        LONGEST_CHOICE, checks=(OneOf(lambda form: [str(days) for days in SPANS], NO_SPAN),)
    )

    @property
    def chosen_days(self) -> int:
        """The days chosen; for a form that is valid."""
        return int(self.days.data or USUAL_DAYS)
