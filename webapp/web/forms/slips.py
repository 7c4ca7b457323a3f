"""What happened too early, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import Form, StringField
from wtforms.validators import ValidationError

from webapp.domain.slips import (
    SlipInFutureError,
    SlipKind,
    SlipTooLongAgoError,
    check_happened,
)
from webapp.web.forms.local_times import LocalTimeField
from webapp.web.forms.texts import OneOf, text_field
from webapp.web.language import gettext as _
from webapp.web.language import later

NOW, OTHER = "now", "other"
LONGEST_CHOICE = 16
KINDS = tuple(kind.value for kind in SlipKind)
NO_KIND = later("Choose what happened.")
NO_WHEN = later("Say when it happened.")
TWO_TIMES = later("You typed a time but left “just now” chosen. Choose one of the two.")
IN_FUTURE = later("That time has not come yet. Check the date and the time.")
TOO_LONG_AGO = later("That is more than 30 days ago. Please call your clinic instead.")


class SlipForm(Form):
    """The kind, and the time: just now or typed, on the clocks of the form's zone. `now` is the
    present (UTC) that it is compared with."""

    kind = text_field(LONGEST_CHOICE, checks=(OneOf(lambda form: KINDS, NO_KIND),))
    when = StringField(default=NOW)
    happened_at = LocalTimeField(is_required=False)

    def __init__(self, formdata: Any, now: datetime, zone: ZoneInfo) -> None:
        super().__init__(formdata, meta={"zone": zone})
        self.now = now

    def validate_when(self, field: StringField) -> None:
        has_typed = bool(self.happened_at.on_text or self.happened_at.time_text)
        if field.data not in (NOW, OTHER) or (field.data == OTHER and not has_typed):
            raise ValidationError(_(NO_WHEN))
        if field.data == NOW and has_typed:
            raise ValidationError(_(TWO_TIMES))

    def validate_happened_at(self, field: LocalTimeField) -> None:
        if field.data is None:
            return
        try:
            check_happened(field.data, self.now)
        except SlipInFutureError:
            raise ValidationError(_(IN_FUTURE)) from None
        except SlipTooLongAgoError:
            raise ValidationError(_(TOO_LONG_AGO)) from None

    @property
    def chosen_kind(self) -> SlipKind:
        """What happened; for a form that is valid."""
        return SlipKind(self.kind.data or "")

    @property
    def happened(self) -> datetime:
        """When, UTC; for a form that is valid."""
        return self.now if self.when.data == NOW else self.happened_at.data or self.now
