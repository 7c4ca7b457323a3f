"""What the owner enters about the clinic and its locations."""

from __future__ import annotations

import re
from collections.abc import Callable

from wtforms import BooleanField, Field, Form, HiddenField, StringField
from wtforms.validators import ValidationError

from webapp.domain.colour import is_colour
from webapp.services import locations
from webapp.services.clinic_settings import ClinicDetails
from webapp.services.locations import Hours, LocationDetails
from webapp.web.forms.phones import as_stored, emergency_field, phone_field
from webapp.web.forms.sign_in import LONGEST_EMAIL
from webapp.web.forms.texts import text_field
from webapp.web.language import gettext as _
from webapp.web.language import later

LONGEST_NAME = 120
LONGEST_ADDRESS = 300
LONGEST_TEXT = 4_000
LONGEST_NOTICE = 20_000
LONGEST_ZONE = 64
NO_NAME = later("Enter a name.")
NO_NOTICE = later("Enter the privacy notice. Clients read it before they consent.")
ODD_COLOUR = later("Enter a colour such as #0f766e.")
ODD_ZONE = later("Choose the time zone from the list.")
ODD_EMAIL = later("Enter an e-mail address such as name@example.org.")
ODD_HOURS = later(
    "Enter both times like 09:00, the opening before the closing, or leave both empty."
)
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DAYS = range(7)

Check = Callable[[Form, Field], None]


def _check(is_right: Callable[[str], bool], words: str) -> Check:
    """A validator of a text that may be empty."""

    def check(form: Form, field: Field) -> None:
        if field.data and not is_right(field.data):
            raise ValidationError(_(words))

    return check


is_email = _check(lambda text: EMAIL.fullmatch(text) is not None, ODD_EMAIL)
is_zone = _check(lambda text: text in locations.time_zones(), ODD_ZONE)


def email_field(missing: str) -> StringField:
    """An e-mail address by which somebody signs in."""
    return text_field(LONGEST_EMAIL, missing=missing, checks=(is_email,))


class VersionedForm(Form):
    """A form that carries the version it was opened with."""

    version = HiddenField(default="0")

    @property
    def opened_version(self) -> int:
        """The version, or 0 for anything that is none."""
        text = self.version.data or ""
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


class DetailsForm(VersionedForm):
    """Name, colour and how the clinic is reached."""

    name = text_field(LONGEST_NAME, missing=NO_NAME)
    accent_colour = text_field(7, missing=ODD_COLOUR, checks=(_check(is_colour, ODD_COLOUR),))
    emergency_number = emergency_field()
    whatsapp = phone_field()
    offers = text_field(LONGEST_TEXT, has_lines=True)

    def details(self) -> ClinicDetails:
        """What a valid form says."""
        return ClinicDetails(
            self.name.data or "",
            (self.accent_colour.data or "").lower(),
            as_stored(self.emergency_number),
            as_stored(self.whatsapp),
            self.offers.data or "",
        )


class NoticeForm(VersionedForm):
    """The text of the privacy notice."""

    text = text_field(LONGEST_NOTICE, missing=NO_NOTICE, has_lines=True)
    asks_again = BooleanField()


class SignsForm(VersionedForm):
    """Warning signs, one line each; an empty field means the protocol's own lines."""

    normal = text_field(LONGEST_TEXT, has_lines=True)
    call_today = text_field(LONGEST_TEXT, has_lines=True)
    see_doctor = text_field(LONGEST_TEXT, has_lines=True)
    emergency = text_field(LONGEST_TEXT, has_lines=True)

    def lines(self) -> dict[str, list[str]]:
        """Kind of sign -> its lines, without empty ones."""
        return {
            field.name: [line.strip() for line in (field.data or "").splitlines() if line.strip()]
            for field in self
            if field.name != "version"
        }


class LocationForm(VersionedForm):
    """A location; its opening hours are two inputs a weekday, `opens_0` from Monday on."""

    name = text_field(LONGEST_NAME, missing=NO_NAME)
    address = text_field(LONGEST_ADDRESS, has_lines=True)
    phone = phone_field()
    time_zone = text_field(LONGEST_ZONE, missing=ODD_ZONE, checks=(is_zone,))
    opens_0, closes_0 = text_field(5), text_field(5)
    opens_1, closes_1 = text_field(5), text_field(5)
    opens_2, closes_2 = text_field(5), text_field(5)
    opens_3, closes_3 = text_field(5), text_field(5)
    opens_4, closes_4 = text_field(5), text_field(5)
    opens_5, closes_5 = text_field(5), text_field(5)
    opens_6, closes_6 = text_field(5), text_field(5)

    def validate(self, extra_validators: object = None) -> bool:
        """As every form, and that each day opens before it closes."""
        is_right = super().validate()
        for day in DAYS:
            opens, closes = self.times_of(day)
            if (opens or closes) and not _is_span(opens, closes):
                self[f"opens_{day}"].errors = [_(ODD_HOURS)]
                is_right = False
        return is_right

    def times_of(self, day: int) -> tuple[str, str]:
        """What was entered for a weekday, 0 for Monday."""
        return self[f"opens_{day}"].data or "", self[f"closes_{day}"].data or ""

    def details(self) -> LocationDetails:
        """What a valid form says."""
        hours: Hours = [
            list(self.times_of(day)) if any(self.times_of(day)) else None for day in DAYS
        ]
        return LocationDetails(
            self.name.data or "",
            self.address.data or "",
            as_stored(self.phone),
            self.time_zone.data or "",
            hours,
        )


def _is_span(opens: str, closes: str) -> bool:
    return bool(TIME.fullmatch(opens) and TIME.fullmatch(closes)) and opens < closes
