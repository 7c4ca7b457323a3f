"""What staff type about a client."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import Form, HiddenField, SelectField, StringField
from wtforms.validators import ValidationError

from webapp.web.forms.artists import ArtistForm
from webapp.web.forms.local_times import (
    SECOND,
    LocalTimeField,
    RefusedTimeError,
    instant_at,
    time_of,
)
from webapp.web.forms.texts import YES_NO, OneOf, pasted_number, text_field, whole_number
from webapp.web.language import gettext as _
from webapp.web.language import later

LONGEST_NAME = 120
LONGEST_PHONE = 40
LONGEST_NOTE = 1_000
LONGEST_QUERY = 120
LONGEST_TIME = 16
USUAL_SESSIONS = 3
NO_NAME = later("Enter the client's name.")
NO_LOCATION = later("Choose the location.")
NO_START = later("Enter the date and the time at which it began.")
NO_END = later("Enter the time at which it ended, like 16:30.")
NO_CHOICE = later("Say whether it was the last one.")


class ClientForm(Form):
    """Name, phone, location and a note; `version` guards against a colleague's edit."""

    version = HiddenField(default="0")
    name = text_field(LONGEST_NAME, missing=NO_NAME)
    phone = text_field(LONGEST_PHONE, clean=pasted_number)
    location = SelectField(coerce=str, validate_choice=False)
    note = text_field(LONGEST_NOTE, has_lines=True)

    def __init__(self, formdata: Any = None, locations: Any = (), **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.location_ids = [str(location.id) for location in locations]
        self.location.choices = [(str(location.id), location.name) for location in locations]
        if not self.location.data and self.location_ids:
            self.location.data = self.location_ids[0]

    @property
    def location_id(self) -> int:
        """The location chosen; for a form that is valid."""
        return int(self.location.data)

    @property
    def expected_version(self) -> int:
        """The client's version on the page this came from; 0 for a made-up one."""
        return whole_number(self.version.data)

    def validate_location(self, field: SelectField) -> None:
        if field.data not in self.location_ids:
            raise ValidationError(_(NO_LOCATION))


class NewClientForm(ArtistForm, ClientForm):
    """A client to add, and who treats them in the course that begins with it."""


class PastSessionField(LocalTimeField):
    """One past session: its date, start and end. An end earlier on the clock than the start is
    the next day's; of an end that the clocks show twice the later is meant, the safe one."""

    end_text = ""
    ended_at: datetime | None = None

    @property
    def end_id(self) -> str:
        """The name and id of the end's input."""
        return f"{self.name}_end"

    def _read(self, formdata: Mapping[str, str]) -> None:
        self.end_text = formdata.get(self.end_id, "").strip()[:LONGEST_TIME]
        super()._read(formdata)
        if self.data is None:
            if self.end_text and not self.process_errors:
                self.process_errors = [_(NO_START)]
            return
        try:
            self.ended_at = _end_after(self.data, self.end_text, self.zone)
        except RefusedTimeError as refusal:
            self.process_errors = [*self.process_errors, str(refusal)]


def _end_after(starts_at: datetime, end_text: str, zone: ZoneInfo) -> datetime:
    if not end_text:
        raise RefusedTimeError(_(NO_END))
    ends = time_of(end_text)
    local = starts_at.astimezone(zone)
    is_next_day = ends <= local.time()
    return instant_at(local.date() + timedelta(days=is_next_day), ends, zone, SECOND)


class PastSessionsForm(NewClientForm):
    """A client who comes with sessions that have already taken place, oldest first."""

    past_1 = PastSessionField()
    past_2 = PastSessionField(is_required=False)
    past_3 = PastSessionField(is_required=False)
    past_4 = PastSessionField(is_required=False)
    past_5 = PastSessionField(is_required=False)
    past_6 = PastSessionField(is_required=False)
    is_last = StringField(default="no", validators=[OneOf(lambda form: YES_NO, NO_CHOICE)])

    @property
    def rows(self) -> list[PastSessionField]:
        """The rows for sessions, filled in or not."""
        return [field for field in self if isinstance(field, PastSessionField)]

    @property
    def has_more(self) -> bool:
        """Whether any of the rows beyond the usual three was filled in."""
        return any(row.on_text or row.time_text for row in self.rows[USUAL_SESSIONS:])

    def past_sessions(self) -> tuple[tuple[datetime, datetime], ...]:
        """(start, end) of every row that was filled in, UTC; for a form that is valid."""
        return tuple((row.data, row.ended_at) for row in self.rows if row.data and row.ended_at)
