"""What staff say about a treatment session: when it is, when it ended, whether it was the last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import Form, HiddenField, StringField
from wtforms.validators import ValidationError

from webapp.web.forms.local_times import (
    LocalTimeField,
    RefusedTimeError,
    date_of,
    instant_at,
    time_of,
)
from webapp.web.forms.texts import YES_NO, whole_number
from webapp.web.language import gettext as _
from webapp.web.language import later

NOW, OTHER = "now", "other"
NO_CHOICE = later("Say whether it was the last session of this course.")
NO_END = later("Say when it ended.")
TWO_ENDS = later("You typed another time but left “just now” chosen. Choose one of the two.")


class VersionedForm(Form):
    """A change of a course that somebody looked at: it carries the version they saw."""

    version = HiddenField(default="0")
    # The mark of the change whose consequences were shown, '' until then.
    reviewed = HiddenField(default="")

    @property
    def expected_version(self) -> int:
        """The course's version on the page this came from; 0 for a made-up one."""
        return whole_number(self.version.data)


class WhenForm(VersionedForm):
    """Date and time of a session or visit."""

    starts_at = LocalTimeField()


def wished_start(args: Mapping[str, str], zone: ZoneInfo) -> datetime | None:
    """The instant (UTC) of `on=2026-04-21&time=10:00` in an address, to fill a form in with;
    None for anything else, and for a time that the clocks of `zone` skip or show twice."""
    try:
        on, at = date_of(args.get("on", "")), time_of(args.get("time", ""))
        return instant_at(on, at, zone)
    except RefusedTimeError:
        return None


class EndForm(VersionedForm):
    """The end of a session: just now or another time, a corrected start, and whether it was the
    last. `is_last_asked`: nothing is preset, because it may well be the last one."""

    ended = StringField(default=NOW)
    ended_at = LocalTimeField(is_required=False)
    starts_at = LocalTimeField()
    is_last = StringField(default="no")

    def end(self, now: datetime) -> datetime:
        """When the session ended, UTC; for a form that is valid."""
        return now if self.ended.data == NOW else self.ended_at.data or now

    def validate_ended(self, field: StringField) -> None:
        has_typed = bool(self.ended_at.on_text or self.ended_at.time_text)
        if field.data not in (NOW, OTHER):
            raise ValidationError(_(NO_END))
        if field.data == OTHER and not has_typed:
            raise ValidationError(_(NO_END))
        if field.data == NOW and has_typed:
            raise ValidationError(_(TWO_ENDS))

    def validate_is_last(self, field: StringField) -> None:
        if field.data not in YES_NO:
            raise ValidationError(_(NO_CHOICE))


class CorrectForm(VersionedForm):
    """The real start and end of a session that was registered wrongly."""

    starts_at = LocalTimeField()
    ended_at = LocalTimeField()
