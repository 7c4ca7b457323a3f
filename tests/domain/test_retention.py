"""How long records are kept is a setting by kind, and nonsense is refused by its name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from webapp.domain.retention import Retention, RetentionError, kept_since

NOW = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)


def test_a_kind_that_is_not_named_keeps_its_usual_days() -> None:
    assert Retention.from_text("") == Retention()
    assert Retention.from_text(" logins=90\tslips=730 ") == Retention(logins=90, slips=730)


@pytest.mark.parametrize(
    "text",
    ["cards=1", "cards=36500", "pushes=30", "questions=1", "questions=90", "feeds=007"],
)
def test_days_within_their_bounds_are_taken(text: str) -> None:
    kind, _, days = text.partition("=")
    assert getattr(Retention.from_text(text), kind) == int(days)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("cards=0", "cards= and days from 1 to 36500"),
        ("cards=36501", "cards= and days from 1 to 36500"),
        ("pushes=29", "pushes= and days from 30 to 36500"),
        ("questions=91", "questions= and days from 1 to 90"),
        ("logins", "logins= and days"),
        ("logins=", "logins= and days"),
        ("logins=-1", "logins= and days"),
        ("logins=1.5", "logins= and days"),
        ("logins=٣٠", "logins= and days"),
        ("slips=never", "slips= and days"),
        ("slips=999999999", "slips= and days"),
    ],
)
def test_other_days_are_refused_with_what_may_stand_there(text: str, bounds: str) -> None:
    with pytest.raises(RetentionError, match=bounds):
        Retention.from_text(text)


@pytest.mark.parametrize(
    "text", ["photos=30", "=30", "30", "logins=90,slips=30 x", "cards=1 cards=2"]
)
def test_an_unknown_kind_and_one_named_twice_are_refused(text: str) -> None:
    with pytest.raises(RetentionError):
        Retention.from_text(text)


def test_the_refusal_of_an_unknown_kind_lists_those_there_are() -> None:
    with pytest.raises(RetentionError, match="invitations, cards, feeds, logins, pushes"):
        Retention.from_text("photos=30")


def test_days_are_counted_back_from_now() -> None:
    assert kept_since(30, NOW) == datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    assert kept_since(None, NOW) is None
