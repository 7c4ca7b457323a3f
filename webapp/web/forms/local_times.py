"""A date and a time of day as people read them off a clock, and the instant they name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import Field

from webapp.web.language import gettext as _
from webapp.web.presenters.times import at_time

FIRST_YEAR, LAST_YEAR = 2000, 2100
FIRST, SECOND = "first", "second"
LONGEST_TEXT = 16


class RefusedTimeError(ValueError):
    """A wall-clock time that names no instant, in words for whoever typed it."""


class DoubleTimeError(RefusedTimeError):
    """A wall-clock time that happens twice, as the clocks go back."""


def instant_at(on: date, at: time, zone: ZoneInfo, which: str = "") -> datetime:
    """The UTC instant at which the clocks of `zone` show this date and time.

    Raises `RefusedTimeError` for a time the clocks skip, `DoubleTimeError` for one they show twice
    unless `which` says "first" or "second".

    >>> instant_at(date(2026, 3, 7), time(16, 30), ZoneInfo("Asia/Dubai"))
    datetime.datetime(2026, 3, 7, 12, 30, tzinfo=datetime.timezone.utc)
    """
    early, late = (datetime.combine(on, at, zone).replace(fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != datetime.combine(on, at):
        raise RefusedTimeError(
            _skipped_words(at, late.astimezone(UTC), early.astimezone(UTC), zone)
        )
    if which in (FIRST, SECOND):
        return (early if which == FIRST else late).astimezone(UTC)
    raise DoubleTimeError(
        _("The clocks show %(time)s twice that day. Choose which one you mean.", time=_text_of(at))
    )


def _skipped_words(at: time, before: datetime, after: datetime, zone: ZoneInfo) -> str:
    return _(
        "There is no %(time)s that day: the clocks go forward. "
        "Enter %(before)s or %(after)s instead.",
        time=_text_of(at),
        before=at_time(before, zone),
        after=at_time(after, zone),
    )


class LocalTimeField(Field):
    """Two inputs, `NAME_on` and `NAME_time`, read in the form's `zone`; `data` is UTC or None.

    A third one, `NAME_which`, is asked for only where the clocks show a time twice. What was
    typed is kept in `on_text` and `time_text`, whatever it was.
    """

    on_text = ""
    time_text = ""
    which = ""
    is_double = False

    def __init__(self, is_required: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_required = is_required

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the inputs, or show the instant given as data."""
        self.process_errors = []
        stored = self.data = data if isinstance(data, datetime) else None
        if formdata is not None and self.first_id in formdata:
            self.data = None
            self._read(formdata)
            # The inputs show minutes: what nobody changed keeps its seconds.
            if stored and self.data == stored.replace(second=0, microsecond=0):
                self.data = stored
        elif self.data is not None:
            local = self.data.astimezone(self.zone)
            self.on_text, self.time_text = local.date().isoformat(), at_time(self.data, self.zone)
            self.is_double = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
            self.which = SECOND if local.fold else FIRST

    @property
    def first_id(self) -> str:
        """The name and id of the date input."""
        return f"{self.name}_on"

    @property
    def second_id(self) -> str:
        """The name and id of the time input."""
        return f"{self.name}_time"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the form's times are meant."""
        found: ZoneInfo = self.meta.zone
        return found

    @property
    def which_options(self) -> list[tuple[str, str]]:
        """The two readings of a double time, each by its offset from UTC."""
        return [
            (FIRST, _("The first, before the clocks go back")),
            (SECOND, _("The second, after the clocks went back")),
        ]

    def _read(self, formdata: Mapping[str, str]) -> None:
        self.on_text = formdata.get(self.first_id, "").strip()[:LONGEST_TEXT]
        self.time_text = formdata.get(self.second_id, "").strip()[:LONGEST_TEXT]
        self.which = formdata.get(f"{self.name}_which", "")
        if not (self.on_text or self.time_text) and not self.is_required:
            return
        try:
            self.data = instant_at(
                date_of(self.on_text), time_of(self.time_text), self.zone, self.which
            )
        except RefusedTimeError as refusal:
            self.is_double = isinstance(refusal, DoubleTimeError)
            self.process_errors = [*self.process_errors, str(refusal)]
        else:
            self.is_double = self.which in (FIRST, SECOND)


def date_of(text: str) -> date:
    """The date of a text like `2026-03-07`; raises `RefusedTimeError` for any other."""
    if not text:
        raise RefusedTimeError(_("Enter a date."))
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise RefusedTimeError(_("Enter the date like 2026-03-07: year, month, day.")) from None
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise RefusedTimeError(
            _("The year %(year)s is too far away. Check the date.", year=on.year)
        )
    return on


def time_of(text: str) -> time:
    """The time of day of a text like `16:30`; raises `RefusedTimeError` for any other."""
    if not text:
        raise RefusedTimeError(_("Enter a time."))
    try:
        at = time.fromisoformat(text)
    except ValueError:
        raise RefusedTimeError(_("Enter the time like 16:30.")) from None
    if at.tzinfo is not None:
        raise RefusedTimeError(
            _("Enter the time like 16:30, as the clocks of the location show it.")
        )
    return at.replace(second=0, microsecond=0)


def _text_of(at: time) -> str:
    return f"{at.hour:02d}:{at.minute:02d}"
