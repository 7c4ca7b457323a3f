"""For how long a card for the hairdresser can be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from webapp.domain.cards import MOST_CARDS, SPANS, USUAL_DAYS

# Half a day before the clocks go forward in Sofia.
BEFORE_THE_CHANGE = datetime(2026, 3, 28, 15, 0, tzinfo=UTC)


def test_a_day_a_week_or_a_month_is_on_offer_and_a_week_is_usual() -> None:
    assert list(SPANS) == [1, 7, 30]
    assert USUAL_DAYS in SPANS
    assert len(SPANS) < MOST_CARDS


@pytest.mark.parametrize("days", SPANS)
def test_a_day_is_24_hours_whatever_the_clocks_do(days: int) -> None:
    assert SPANS[days] == timedelta(hours=24 * days)


def test_where_clocks_go_forward_the_card_ends_an_hour_later_by_the_clock() -> None:
    sofia = ZoneInfo("Europe/Sofia")
    ends = (BEFORE_THE_CHANGE + SPANS[1]).astimezone(sofia)
    assert (BEFORE_THE_CHANGE.astimezone(sofia).hour, ends.hour) == (17, 18)
