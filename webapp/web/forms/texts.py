"""Short texts that people type: trimmed, of limited length, without control characters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtforms import Field, Form, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from webapp.domain.readable import is_readable, without_turning
from webapp.web.language import gettext as _
from webapp.web.language import later

LINE_BREAKS = "\r\n\t"
YES_NO = ("yes", "no")
LONGEST_NUMBER = 9
TOO_LONG = later("Use at most %(count)s characters. You entered %(length)s.")
NOT_A_NUMBER = later("Enter a whole number from %(lowest)s to %(highest)s.")
UNREADABLE = later("There is a character in it that cannot be shown. Type it again.")


class Bounds:
    """A validator: the text is there if it must be, is not too long, and can be shown."""

    def __init__(self, longest: int, missing: str = "", has_lines: bool = False) -> None:
        self.longest = longest
        self.missing = missing
        self.allowed = LINE_BREAKS if has_lines else ""

    def __call__(self, form: Form, field: Field) -> None:
        text = field.data or ""
        if self.missing and not text:
            raise ValidationError(_(self.missing))
        if len(text) > self.longest:
            raise ValidationError(_(TOO_LONG, count=self.longest, length=len(text)))
        if not is_readable(text, self.allowed):
            raise ValidationError(_(UNREADABLE))


def trimmed(text: Any) -> str:
    """The text without white space around it; '' where nothing was sent."""
    return text.strip() if isinstance(text, str) else ""


def pasted_number(text: Any) -> str:
    """A number as typed: telephones copy it with invisible signs around it."""
    return trimmed(without_turning(text)) if isinstance(text, str) else ""


def text_field(
    longest: int,
    missing: str = "",
    has_lines: bool = False,
    checks: tuple[Callable[[Form, Field], None], ...] = (),
    clean: Callable[[Any], str] = trimmed,
) -> StringField:
    """A text of at most `longest` characters; `missing` is said where it is required but empty;
    `clean` takes away what was surely not meant."""
    return StringField(
        default="",
        filters=[clean],
        validators=[Bounds(longest, missing, has_lines), *checks],
    )


class OneOf:
    """A validator: one of the values on offer was sent."""

    def __init__(self, values: Callable[[Any], Any], missing: str) -> None:
        self.values = values
        self.missing = missing

    def __call__(self, form: Form, field: Field) -> None:
        if field.data not in self.values(form):
            raise ValidationError(_(self.missing))


class WholeNumberField(StringField):
    """A whole number from `lowest` to `highest`; `number` is 0 until one was sent."""

    number = 0

    def __init__(
        self, lowest: int, highest: int, may_be_empty: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(filters=[trimmed], **kwargs)
        self.may_be_empty = may_be_empty
        self.lowest = lowest
        self.highest = highest

    def pre_validate(self, form: BaseForm) -> None:
        self.number = whole_number(self.data)
        if self.may_be_empty and not self.data:
            return
        if not self.lowest <= self.number <= self.highest:
            words = _(NOT_A_NUMBER, lowest=self.lowest, highest=self.highest)
            raise ValidationError(words)


def whole_number(text: str | None) -> int:
    """The number that plain digits spell; 0 for anything else."""
    typed = text or ""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return int(typed) if is_number else 0


def errors_of(form: Form) -> list[dict[str, str]]:
    """What is wrong, as arguments of components/form_errors.html, in the order of the fields."""
    return [
        {"field": getattr(field, "first_id", field.name), "words": str(words)}
        for field in form
        for words in field.errors
    ]
