"""Two photos of one part of the head."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from tests.conftest import NOON
from tests.web.house import House
from tests.web.personas import words_of
from tests.web.shared_photos import Shared, make_shared
from webapp.domain.photos import Zone


@pytest.fixture
def shared(house: House) -> Shared:
    return make_shared(house)


def days_ago(days: int) -> datetime:
    return NOON - timedelta(days=days)


def pair(shared: Shared, query: str = "") -> list[str]:
    """The public ids of the two that are shown, the earlier one first."""
    page = shared.browser.get(f"/photos/compare?show=yes&{query}").text
    return re.findall(r'src="/photos/([^/]+)/800\.jpg"', page)


def test_the_first_and_the_newest_of_a_part_are_laid_over_each_other(shared: Shared) -> None:
    first, _middle, newest = (shared.take(at=days_ago(days)) for days in (40, 20, 0))
    shared.take(Zone.HAIRLINE)
    assert pair(shared, "zone=crown") == [first, newest]
    # Of the part with most photos, where none is named.
    assert pair(shared) == [first, newest]


def test_others_are_chosen_by_a_form_in_whatever_order(shared: Shared) -> None:
    first, middle, newest = (shared.take(at=days_ago(days)) for days in (40, 20, 0))
    assert pair(shared, f"first={newest}&second={middle}") == [middle, newest]
    assert pair(shared, f"second={middle}") == [first, middle]
    assert pair(shared, f"second={first}") == [first, newest]
    assert pair(shared, f"first={middle}&second={middle}") == [middle, newest]


def test_a_photo_that_this_client_does_not_meet_is_not_found(shared: Shared) -> None:
    first, second, hidden = (shared.take(at=days_ago(days)) for days in (40, 20, 0))
    shared.share(hidden, is_shared=False)
    hidden_too = shared.browser.get(f"/photos/compare?first={first}&second={hidden}")
    assert hidden_too.status_code == 404
    assert pair(shared) == [first, second]


def test_blurred_there_is_nothing_to_move(shared: Shared) -> None:
    for days in (40, 0):
        shared.take(at=days_ago(days))
    page = shared.browser.get("/photos/compare").text
    assert "compare-photos" not in page
    assert page.count("320.jpg") == 2
    assert "show=yes" in page


def test_one_photo_alone_is_not_compared(shared: Shared) -> None:
    shared.take()
    assert "Not two photos yet" in words_of(shared.browser.get("/photos/compare").text)
    assert "/photos/compare" not in shared.browser.get("/photos").text
