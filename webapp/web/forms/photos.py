"""What staff say of photos: where and when, a note, a typed word, a request, a consent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from wtforms import Form, StringField
from wtforms.validators import ValidationError

from webapp.domain.photos import LONGEST_NOTE, ConsentKind, Zone
from webapp.services.photo_requests import LONGEST_WORDS
from webapp.web.context import YEARS_TO_VISIT
from webapp.web.forms.texts import OneOf, text_field, whole_number
from webapp.web.language import gettext as _
from webapp.web.language import later

ZONES = tuple(zone.value for zone in Zone)
KINDS = tuple(kind.value for kind in ConsentKind)
LONGEST_CHOICE = 16
LONGEST_WORD = 40
LONGEST_MILLISECONDS = 14
NO_ZONE = later("Choose the part of the head.")
NO_SESSION = later("Choose one of the sessions.")
NO_SWITCH = later("Choose one of the switches.")
NO_DAY = later("Choose the day.")
WRONG_WORD = later("Type %(word)s to delete the photo.")
DELETE_WORD = later("DELETE")


class PlaceForm(Form):
    """Which part of the head, after which session: `course-number`, or empty for none."""

    zone = text_field(LONGEST_CHOICE, checks=(OneOf(lambda form: ZONES, NO_ZONE),))
    session = text_field(
        LONGEST_CHOICE * 2, checks=(OneOf(lambda form: form.session_values, NO_SESSION),)
    )

    def __init__(self, formdata: Any, session_values: Any, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.session_values = ("", *session_values)
        if not self.zone.data and formdata is None:
            self.zone.data = Zone.HAIRLINE.value

    @property
    def part(self) -> Zone:
        return Zone(self.zone.data or "")

    @property
    def treatment(self) -> tuple[int | None, int | None]:
        """(course id, session number), of a form that is valid."""
        course, _, number = (self.session.data or "").partition("-")
        return whole_number(course) or None, whole_number(number) or None


class DescribeForm(Form):
    zone = text_field(LONGEST_CHOICE, checks=(OneOf(lambda form: ZONES, NO_ZONE),))
    note = text_field(LONGEST_NOTE, has_lines=True)


class DeleteForm(Form):
    """The word is typed as the page shows it; capitals do not matter."""

    word = text_field(LONGEST_WORD)

    def validate_word(self, field: StringField) -> None:
        word = _(DELETE_WORD)
        if (field.data or "").casefold() != word.casefold():
            raise ValidationError(_(WRONG_WORD, word=word))


class AskForm(Form):
    """A request for a photo: the part of the head, the day, a few words."""

    zone = text_field(LONGEST_CHOICE, checks=(OneOf(lambda form: ZONES, NO_ZONE),))
    due_on = text_field(LONGEST_CHOICE)
    words = text_field(LONGEST_WORDS)

    def validate_due_on(self, field: StringField) -> None:
        if self.day is None:
            raise ValidationError(_(NO_DAY))

    @property
    def day(self) -> date | None:
        try:
            return date.fromisoformat(self.due_on.data or "")
        except ValueError:
            return None


class ConsentForm(Form):
    """A switch as the client turned it at the chair."""

    kind = text_field(LONGEST_CHOICE, checks=(OneOf(lambda form: KINDS, NO_SWITCH),))
    is_granted = StringField(validators=[OneOf(lambda form: ("yes", "no"), NO_SWITCH)])

    @property
    def switch(self) -> tuple[ConsentKind, bool]:
        return ConsentKind(self.kind.data or ""), self.is_granted.data == "yes"


def taken_at(text: str | None) -> datetime | None:
    """When a phone says that a photo was taken: milliseconds since 1970; None for anything else,
    and for what no phone has taken."""
    typed = text or ""
    if not (typed.isascii() and typed.isdigit() and len(typed) < LONGEST_MILLISECONDS):
        return None
    instant = datetime.fromtimestamp(int(typed) // 1000, UTC)
    return instant if instant.year in YEARS_TO_VISIT else None
