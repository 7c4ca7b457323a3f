"""Phone numbers as people type them."""

from __future__ import annotations

import re

from wtforms import Field, Form, StringField
from wtforms.validators import ValidationError

from webapp.web.context import collaborators
from webapp.web.forms.texts import pasted_number, text_field
from webapp.web.language import gettext as _
from webapp.web.language import later

LONGEST_PHONE = 40
SHORT_NUMBER = re.compile(r"[0-9]{2,6}")
NO_EMERGENCY = later("Enter the number to call in an emergency.")
ODD_PHONE = later("Enter the number with its country, such as +971 50 123 4567.")
ODD_EMERGENCY = later("Enter a number such as 998, or one such as +971 4 123 4567.")


def phone_field() -> StringField:
    """A number that may be left out."""
    return text_field(LONGEST_PHONE, checks=(_is_phone,), clean=pasted_number)


def emergency_field() -> StringField:
    """The number that clients call when something is gravely wrong: also a short one."""
    checks = (_is_emergency,)
    return text_field(LONGEST_PHONE, NO_EMERGENCY, checks=checks, clean=pasted_number)


def as_stored(field: StringField) -> str:
    """The number of a valid field in E.164, or as it is where it is a short one; '' for none."""
    text = _plain(field)
    if SHORT_NUMBER.fullmatch(text):
        return text
    return collaborators().phones.normalised(text) or "" if text else ""


def as_shown(number: str) -> str:
    """The number as people write it."""
    return collaborators().phones.shown(number)


def _is_phone(form: Form, field: Field) -> None:
    text = _plain(field)
    if text and not collaborators().phones.normalised(text):
        raise ValidationError(_(ODD_PHONE))


def _is_emergency(form: Form, field: Field) -> None:
    text = _plain(field)
    if text and not (SHORT_NUMBER.fullmatch(text) or collaborators().phones.normalised(text)):
        raise ValidationError(_(ODD_EMERGENCY))


def _plain(field: Field) -> str:
    return str(field.data or "").strip()
