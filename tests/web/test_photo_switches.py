"""What a client agrees to concerning photos, and what becomes of it at once."""

from __future__ import annotations

import re

import pytest

from tests.web.house import House
from tests.web.personas import words_of
from tests.web.shared_photos import Shared, make_shared

PAGE = "/photos/consents"


@pytest.fixture
def shared(house: House) -> Shared:
    return make_shared(house)


def turn(shared: Shared, kind: str, value: str) -> str:
    """Turn a switch; the words of the page that comes next."""
    answer = shared.browser.post(f"{PAGE}/{kind}", data={"value": value})
    assert (answer.status_code, answer.location) == (303, PAGE)
    return words_of(shared.browser.get(PAGE).text)


def switches(shared: Shared) -> list[str]:
    return re.findall(r'aria-checked="(\w+)"', shared.browser.get(PAGE).text)


def test_each_switch_stands_for_itself(shared: Shared) -> None:
    assert switches(shared) == ["true", "true", "false"]
    words = turn(shared, "marketing", "yes")
    assert "Nothing is shown to others until you release a photo" in words
    assert switches(shared) == ["true", "true", "true"]


def test_what_was_said_is_told_with_who_and_when(shared: Shared) -> None:
    words = turn(shared, "shown", "no")
    assert "Shown to me: withdrawn Mon 2 Mar, 12:00 by Amira" in words
    assert "Kept in my record: agreed Mon 2 Mar, 12:00 by Amira" in words


def test_withdrawing_shown_empties_the_gallery_at_once(shared: Shared) -> None:
    public_id = shared.take()
    other_tab = shared.house.browser_of("Amira")
    assert other_tab.get(f"/photos/{public_id}/320.jpg").status_code == 200
    turn(shared, "shown", "no")
    assert other_tab.get(f"/photos/{public_id}/320.jpg").status_code == 404
    assert "<img" not in other_tab.get("/photos").text


def test_withdrawing_kept_says_that_photos_are_erased_in_a_day(shared: Shared) -> None:
    public_id = shared.take()
    assert "erased for good a day later" in words_of(shared.browser.get(PAGE).text)
    assert "come back" in turn(shared, "kept", "no")
    assert shared.row(public_id).binned_at is not None
    turn(shared, "kept", "yes")
    assert shared.browser.get(f"/photos/{public_id}/320.jpg").status_code == 200


def test_where_the_clinic_must_keep_them_they_are_locked(shared: Shared) -> None:
    public_id = shared.take()
    shared.must_keep()
    assert "your photos are locked at once" in words_of(shared.browser.get(PAGE).text)
    assert "Your photos are locked." in turn(shared, "kept", "no")
    assert shared.row(public_id).locked_at is not None


def test_a_consent_that_there_is_not_is_not_found(shared: Shared) -> None:
    assert shared.browser.post(f"{PAGE}/everything", data={"value": "yes"}).status_code == 404


def test_the_privacy_page_leads_here(shared: Shared) -> None:
    assert f'href="{PAGE}"' in shared.browser.get("/privacy").text
