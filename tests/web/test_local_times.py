"""Wall-clock times around clock changes: none is guessed, none is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from webapp.web.forms.local_times import (
    DoubleTimeError,
    LocalTimeField,
    RefusedTimeError,
    instant_at,
)
from webapp.web.forms.treatment_sessions import WhenForm

SOFIA = ZoneInfo("Europe/Sofia")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SANTIAGO = ZoneInfo("America/Santiago")


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> object:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("zone", "on", "at", "instead"),
    [
        (SOFIA, date(2026, 3, 29), time(3, 30), "Enter 02:30 or 04:30"),
        (LORD_HOWE, date(2026, 10, 4), time(2, 15), "Enter 01:45 or 02:45"),
        (SANTIAGO, date(2026, 9, 6), time(0, 30), "Enter 23:30 or 01:30"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused_with_its_neighbours(
    zone: ZoneInfo, on: date, at: time, instead: str
) -> None:
    with pytest.raises(RefusedTimeError, match=instead):
        instant_at(on, at, zone)


@pytest.mark.parametrize(
    ("zone", "on", "at", "first", "second"),
    [
        (SOFIA, date(2026, 10, 25), time(3, 30), (25, 0, 30), (25, 1, 30)),
        (LORD_HOWE, date(2026, 4, 5), time(1, 45), (4, 14, 45), (4, 15, 15)),
    ],
)
def test_a_time_that_comes_twice_must_be_chosen(
    zone: ZoneInfo, on: date, at: time, first: tuple[int, int, int], second: tuple[int, int, int]
) -> None:
    with pytest.raises(DoubleTimeError):
        instant_at(on, at, zone)
    found = [instant_at(on, at, zone, which) for which in ("first", "second")]
    assert [(i.day, i.hour, i.minute) for i in found] == [first, second]


def test_an_ordinary_time_is_that_instant() -> None:
    assert instant_at(date(2026, 3, 7), time(16, 30), SOFIA) == datetime(
        2026, 3, 7, 14, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("on", "at", "words"),
    [
        ("", "10:00", "Enter a date."),
        ("2026-03-05", "", "Enter a time."),
        ("5 March", "10:00", "Enter the date like 2026-03-07: year, month, day."),
        ("2026-02-30", "10:00", "Enter the date like 2026-03-07: year, month, day."),
        ("2026-03-05", "25:00", "Enter the time like 16:30."),
        ("2026-03-05", "10:00+02:00", "Enter the time like 16:30, as the clocks of the location"),
        ("0001-01-01", "10:00", "The year 1 is too far away. Check the date."),
        ("٢٠٢٦-٠٣-٠٥", "10:00", "Enter the date like 2026-03-07: year, month, day."),
        ("9" * 10_000, "10:00", "Enter the date like 2026-03-07: year, month, day."),
    ],
)
def test_what_is_no_time_is_refused_in_words(on: str, at: str, words: str) -> None:
    typed = MultiDict({"starts_at_on": on, "starts_at_time": at})
    form = WhenForm(typed, meta={"zone": SOFIA})
    assert not form.validate()
    assert str(form.starts_at.errors[0]).startswith(words)


def test_the_form_asks_which_of_two_times_is_meant_and_keeps_the_choice() -> None:
    typed = {"starts_at_on": "2026-10-25", "starts_at_time": "03:30"}
    asked = WhenForm(MultiDict(typed), meta={"zone": SOFIA})
    assert not asked.validate()
    assert field_of(asked).is_double

    chosen = WhenForm(MultiDict(typed | {"starts_at_which": "second"}), meta={"zone": SOFIA})
    assert chosen.validate()
    assert chosen.starts_at.data == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_stored_time_that_came_twice_is_shown_with_its_choice() -> None:
    stored = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    form = WhenForm(meta={"zone": SOFIA}, data={"starts_at": stored})
    assert (field_of(form).time_text, field_of(form).which) == ("03:30", "second")
    assert field_of(form).is_double


def test_a_time_that_nobody_changed_keeps_its_seconds() -> None:
    stored = datetime(2026, 3, 7, 14, 30, 45, tzinfo=UTC)
    typed = MultiDict({"starts_at_on": "2026-03-07", "starts_at_time": "16:30"})
    form = WhenForm(typed, meta={"zone": SOFIA}, data={"starts_at": stored})
    assert form.starts_at.data == stored


def field_of(form: WhenForm) -> LocalTimeField:
    field = form["starts_at"]
    assert isinstance(field, LocalTimeField)
    return field
