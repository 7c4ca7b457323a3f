"""An event in a client's life: its first and last day, as an address carries them."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Self

from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from webapp.domain.events import Event
from webapp.web.forms.local_times import LONGEST_TEXT, RefusedTimeError, date_of, time_of
from webapp.web.forms.texts import trimmed
from webapp.web.language import gettext as _
from webapp.web.language import later

MOST_DAYS = 120
FURTHEST_SPAN = timedelta(days=2 * 366)
BACKWARDS = later("The last day is before the first. Please check both.")
OVER = later("These days are over. Enter days to come.")
TOO_LONG = later("That is more than %(days)s days. Enter a shorter stretch.")
TOO_FAR = later("That is more than two years away. Ask again when it is nearer.")


class DayField(StringField):
    """A date; `on` is None until one can be read. What was typed is kept in `data`."""

    on: date | None = None

    def pre_validate(self, form: BaseForm) -> None:
        try:
            self.on = date_of(self.data or "")
        except RefusedTimeError as refusal:
            raise ValidationError(str(refusal)) from None


def _short(text: str | None) -> str:
    return trimmed(text)[:LONGEST_TEXT]


class EventForm(Form):
    """The days of an event, the first and the last one included. Its `meta.today` is the date at
    the clinic. The addresses' names are words that Python keeps for itself."""

    first = DayField(name="from", filters=[_short])
    last = DayField(name="to", filters=[_short])

    is_asked = False

    @classmethod
    def of(cls, args: MultiDict[str, str], today: date) -> Self:
        """The form that an address fills in, or an empty one where it asks about no days."""
        form = cls(args, meta={"today": today})
        form.is_asked = "from" in args or "to" in args
        return form

    def is_complete(self) -> bool:
        """Whether it asks about days that can be looked at; if it asks but they cannot, the
        fields say why."""
        return self.is_asked and self.validate()

    @property
    def event(self) -> Event:
        """The event; for a form that is valid."""
        assert self.first.on
        assert self.last.on
        return Event(self.first.on, self.last.on)

    def validate_first(self, field: DayField) -> None:
        today: date = self.meta.today
        if field.on and field.on - today > FURTHEST_SPAN:
            raise ValidationError(_(TOO_FAR))

    def validate_last(self, field: DayField) -> None:
        first, today = self.first.on, self.meta.today
        if not (first and field.on):
            return
        if field.on < first:
            raise ValidationError(_(BACKWARDS))
        if field.on < today:
            raise ValidationError(_(OVER))
        if (field.on - first).days >= MOST_DAYS:
            raise ValidationError(_(TOO_LONG, days=MOST_DAYS))


class StaffEventForm(EventForm):
    """The same at the desk, with the time of day at which sessions are looked for, if any."""

    clock = StringField(name="time", filters=[_short])
    at: time | None = None

    def validate_clock(self, field: StringField) -> None:
        if not field.data:
            return
        try:
            self.at = time_of(field.data)
        except RefusedTimeError as refusal:
            raise ValidationError(str(refusal)) from None
