"""A question as it comes in an address: `?q=swimming&day=2026-04-20&hour=14`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from webapp.domain.readable import readable_part
from webapp.web.forms.local_times import (
    FIRST,
    LONGEST_TEXT,
    DoubleTimeError,
    RefusedTimeError,
    date_of,
    instant_at,
)
from webapp.web.forms.texts import TOO_LONG, whole_number
from webapp.web.language import gettext as _

LONGEST_QUESTION = 200
FARTHEST = timedelta(days=731)
HOURS = range(24)


@dataclass(slots=True)
class Question:
    """What was typed, whatever it was, and what it means.

    `at` (UTC) is the instant asked about, None for the present. `is_double`: the clocks show its
    hour twice, and the first time is meant. `errors` are for components/form_errors.html.
    """

    text: str = ""
    day_text: str = ""
    hour_text: str = ""
    at: datetime | None = None
    is_double: bool = False
    errors: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed, so that the page repeats nothing."""
        return not (self.text or self.day_text)

    def refuse(self, name: str, words: str) -> None:
        """Note what is wrong with the field of this name."""
        self.errors.append({"field": name, "words": words})


def read_question(typed: Mapping[str, str], zone: ZoneInfo, now: datetime) -> Question:
    """Read a question asked at `now` (UTC) about a day in `zone`.

    An hour without a day says nothing; a day without an hour means the present hour of the clock.
    """
    day, hour = (typed.get(name, "").strip()[:LONGEST_TEXT] for name in ("day", "hour"))
    day = readable_part(day).strip()
    question = Question(" ".join(readable_part(typed.get("q", "")).split()), day)
    question.hour_text = readable_part(hour or f"{now.astimezone(zone).hour:02d}").strip()
    if len(question.text) > LONGEST_QUESTION:
        words = _(TOO_LONG, count=LONGEST_QUESTION, length=len(question.text))
        question.refuse("q", words)
    if day:
        _read_day(question, zone, now)
    return question


def _read_day(question: Question, zone: ZoneInfo, now: datetime) -> None:
    try:
        question.at = _instant_of(question, zone, now)
    except RefusedTimeError as refusal:
        question.refuse("day", str(refusal))


def _instant_of(question: Question, zone: ZoneInfo, now: datetime) -> datetime:
    on, hour = date_of(question.day_text), time(_hour_of(question.hour_text))
    here = now.astimezone(zone)
    if (on, hour.hour) == (here.date(), here.hour):
        return now
    try:
        at = instant_at(on, hour, zone)
    except DoubleTimeError:
        question.is_double = True
        at = instant_at(on, hour, zone, FIRST)
    if at < now:
        raise RefusedTimeError(_("This time has passed. Choose a later one."))
    if at - now > FARTHEST:
        raise RefusedTimeError(_("This is too far away. Choose a day within two years."))
    return at


def _hour_of(text: str) -> int:
    hour = whole_number(text)
    if hour not in HOURS or not (text.isascii() and text.isdigit()):
        raise RefusedTimeError(_("Choose an hour from 0 to 23."))
    return hour
