"""How somebody wants to be told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

from wtforms import BooleanField, Field, Form
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from webapp.domain.notices import CHOOSABLE, NoticeKind
from webapp.domain.preferences import Preferences
from webapp.web.forms.texts import OneOf, text_field
from webapp.web.language import gettext as _
from webapp.web.language import later

DISCREET, FULL = "discreet", "full"
TEXTS = (DISCREET, FULL)
KINDS = tuple(kind.value for kind in CHOOSABLE)
LONGEST_WORD = 8
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:00)?", re.ASCII)
NO_TEXT = later("Choose what the lock screen shows.")
ODD_KIND = later("Choose from the list, please: one of these is not in it.")
ODD_TIME = later("Enter a time of day, such as 21:00.")
SAME_TIME = later("Choose two different times, or turn quiet hours off.")
DEFAULTS = Preferences()


class KindsField(Field):
    """Kinds of notices, each ticked or not; `data` is a list of them."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist

    def pre_validate(self, form: BaseForm) -> None:
        if set(self.data or ()) - set(KINDS):
            raise ValidationError(_(ODD_KIND))


class QuietForm(Form):
    """Quiet hours: all that staff choose."""

    is_quiet = BooleanField(false_values=(False, "false", "no", ""))
    quiet_from = text_field(LONGEST_WORD)
    quiet_until = text_field(LONGEST_WORD)

    def validate_quiet_from(self, field: Field) -> None:
        if self.is_quiet.data:
            _refuse_odd_time(field)

    def validate_quiet_until(self, field: Field) -> None:
        if self.is_quiet.data:
            _refuse_odd_time(field)
            if field.data == self.quiet_from.data:
                raise ValidationError(_(SAME_TIME))

    def preferences(self, before: Preferences) -> Preferences:
        """What a valid form says, on top of what was chosen before."""
        if not self.is_quiet.data:
            return replace(before, quiet_from=time(), quiet_until=time())
        quiet_from, quiet_until = (
            time.fromisoformat(field.data or "") for field in (self.quiet_from, self.quiet_until)
        )
        return replace(before, quiet_from=quiet_from, quiet_until=quiet_until)


class PreferencesForm(QuietForm):
    """What clients choose: also which kinds are pushed, and what the lock screen shows."""

    pushed = KindsField()
    text = text_field(LONGEST_WORD, checks=(OneOf(lambda form: TEXTS, NO_TEXT),))

    def preferences(self, before: Preferences) -> Preferences:
        wanted = set(self.pushed.data or ())
        muted = frozenset(kind for kind in CHOOSABLE if kind.value not in wanted)
        quiet = super().preferences(before)
        return replace(quiet, muted=muted, is_discreet=self.text.data == DISCREET)


def filled(form_class: type[QuietForm], chosen: Preferences) -> QuietForm:
    """The form as it stands in the database."""
    # Where there are no quiet hours, the usual ones wait to be turned on.
    shown = chosen if chosen.has_quiet_hours else DEFAULTS
    return form_class(
        data={
            "is_quiet": chosen.has_quiet_hours,
            "quiet_from": shown.quiet_from.isoformat("minutes"),
            "quiet_until": shown.quiet_until.isoformat("minutes"),
            "pushed": [kind.value for kind in NoticeKind if kind not in chosen.muted],
            "text": DISCREET if chosen.is_discreet else FULL,
        }
    )


def _refuse_odd_time(field: Field) -> None:
    if not TIME.fullmatch(field.data or ""):
        raise ValidationError(_(ODD_TIME))
