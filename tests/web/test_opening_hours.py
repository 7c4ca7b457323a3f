"""Opening hours: open and closed turn at the minute, in the zone of the place."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from webapp.web.presenters.opening_hours import Day, opening

DUBAI = ZoneInfo("Asia/Dubai")
WEEKDAYS: list[Day] = [["09:00", "18:00"]] * 5 + [["10:00", "14:00"], None]
MONDAY = datetime(2026, 3, 2, tzinfo=DUBAI)


@pytest.mark.parametrize(
    ("at", "is_open", "words"),
    [
        ({"hours": 8, "minutes": 59}, False, "Closed now: opens at 09:00"),
        ({"hours": 9}, True, "Open now, until 18:00"),
        ({"hours": 17, "minutes": 59}, True, "Open now, until 18:00"),
        ({"hours": 18}, False, "Closed now: opens Tue 3 Mar, 09:00"),
        ({"days": 5, "hours": 14}, False, "Closed now: opens Mon 9 Mar, 09:00"),
    ],
)
def test_open_and_closed_turn_at_the_minute(
    app: Flask, at: dict[str, int], is_open: bool, words: str
) -> None:
    found = opening("Marina", WEEKDAYS, DUBAI, MONDAY + timedelta(**at))
    assert found is not None
    assert (found.is_open, found.status_words) == (is_open, words)


def test_hours_past_midnight_belong_to_the_evening_before(app: Flask) -> None:
    week: list[Day] = [["20:00", "02:00"], *[None] * 6]
    found = opening("Night", week, DUBAI, MONDAY + timedelta(days=1, hours=1))
    assert found is not None
    assert found.status_words == "Open now, until 02:00"


def test_hours_that_were_never_set_show_nothing(app: Flask) -> None:
    assert opening("Marina", [], DUBAI, MONDAY) is None
    assert opening("Marina", [None] * 7, DUBAI, MONDAY) is None
