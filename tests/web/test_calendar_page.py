"""The page on which a client makes the calendar's address, sees it once, and takes it back."""

from __future__ import annotations

import json

import pytest
from werkzeug.test import TestResponse

from tests.services.scene import dubai
from tests.web.calendar_reading import Shared, make_shared
from tests.web.house import House
from tests.web.personas import words_of
from webapp.domain.course_edits import PlanSession
from webapp.persistence.tables import CalendarFeed

PAGE = "/dates/calendar"


@pytest.fixture
def shared(house: House) -> Shared:
    return make_shared(house)


def address_on(answer: TestResponse) -> str:
    """The address that the page shows, without its host; '' where it shows none."""
    return answer.text.partition('data-copy="http://localhost')[2].partition('"')[0]


def test_dates_leads_to_the_calendar(shared: Shared) -> None:
    assert f'href="{PAGE}"' in shared.amira.get("/dates").text


def test_the_address_comes_as_a_subscription_and_as_text(shared: Shared) -> None:
    page = shared.amira.post(PAGE, follow_redirects=True)
    path = address_on(page)
    assert f'href="webcal://localhost{path}"' in page.text
    assert f"http://localhost{path}" in words_of(page.text)
    assert shared.read(path).status_code == 200


@pytest.mark.parametrize(("minutes", "is_shown"), [(0, True), (9, True), (10, False), (11, False)])
def test_the_address_is_shown_for_ten_minutes(shared: Shared, minutes: int, is_shown: bool) -> None:
    shared.make()
    shared.clock.advance(minutes=minutes)
    page = shared.amira.get(PAGE)
    assert bool(address_on(page)) == is_shown
    assert "Stop sharing" in page.text


def test_the_address_is_shown_on_no_other_phone_of_the_client(shared: Shared) -> None:
    shared.make()
    other = shared.house.browser_of("Amira")
    cookie = shared.amira.get_cookie("calendar", path=PAGE)
    assert cookie is not None
    other.set_cookie("calendar", cookie.value, path=PAGE)
    assert address_on(shared.amira.get(PAGE)) != ""
    assert address_on(other.get(PAGE)) == ""


@pytest.mark.parametrize("value", ["", "x", "W10.aaaa", "a.b.c" * 700])
def test_a_cookie_that_we_did_not_write_shows_nothing(shared: Shared, value: str) -> None:
    shared.make()
    shared.amira.set_cookie("calendar", value, path=PAGE)
    answer = shared.amira.get(PAGE)
    assert (answer.status_code, address_on(answer)) == (200, "")


def test_the_cookie_goes_to_this_page_alone_and_to_no_script(shared: Shared) -> None:
    made = shared.amira.post(PAGE)
    (cookie,) = [c for c in made.headers.getlist("Set-Cookie") if c.startswith("calendar=")]
    parts = cookie.split("; ")
    assert {"HttpOnly", f"Path={PAGE}", "Max-Age=600", "SameSite=Lax"} <= set(parts)


def test_a_page_may_still_be_kept_after_an_address_was_made(shared: Shared) -> None:
    shared.make()
    assert shared.amira.get("/dates").headers["Cache-Control"] == "private, no-cache"


def test_the_page_says_since_when_and_when_it_was_read(shared: Shared) -> None:
    path = shared.make()
    words = words_of(shared.amira.get(PAGE).text)
    assert "Shared since Mon 2 Mar, 12:00 Last read Not yet" in words
    shared.clock.advance(hours=3)
    shared.read(path)
    assert "Last read Mon 2 Mar, 15:00" in words_of(shared.amira.get(PAGE).text)


@pytest.mark.parametrize(("seconds", "noted"), [(299, "12:00"), (300, "12:05")])
def test_a_reading_is_noted_every_five_minutes(shared: Shared, seconds: int, noted: str) -> None:
    path = shared.make()
    shared.read(path)
    shared.clock.advance(seconds=seconds)
    shared.read(path)
    assert f"Last read Mon 2 Mar, {noted}" in words_of(shared.amira.get(PAGE).text)


def test_stopping_says_so_and_leaves_nothing(shared: Shared) -> None:
    path = shared.make()
    page = shared.amira.post(f"{PAGE}/stop", follow_redirects=True)
    assert "Your calendar is not shared any more." in words_of(page.text)
    assert ("Last read" in page.text, address_on(page)) == (False, "")
    assert shared.read(path).status_code == 404


def test_stopping_what_is_not_shared_is_no_error(shared: Shared) -> None:
    assert shared.amira.post(f"{PAGE}/stop").status_code == 303
    assert "calendar-feed-stop" not in shared.house.audit()


def test_another_client_stops_and_replaces_nothing_of_mine(shared: Shared) -> None:
    path = shared.make()
    basim = shared.house.browser_of("Basim")
    basim.post(f"{PAGE}/stop")
    basim.post(PAGE)
    assert shared.read(path).status_code == 200


def test_a_new_address_closes_the_old_row_and_keeps_it(shared: Shared) -> None:
    shared.make()
    shared.make()
    with shared.house.reader() as reader:
        revoked = [row.revoked_at is not None for row in reader.query(CalendarFeed).all()]
    assert revoked == [True, False]
    assert shared.house.audit().count("calendar-feed-make") == 2


def test_no_log_names_the_token(shared: Shared, capsys: pytest.CaptureFixture[str]) -> None:
    shared.scene.change(shared.course_id, PlanSession(dubai(3, 12)))
    path = shared.make()
    shared.read(path)
    shared.read(path.replace(".ics", "x.ics"))
    lines = [line for line in capsys.readouterr().err.splitlines() if "calendar" in line]
    assert "/calendar/<feed_token>.ics" in {json.loads(line)["route"] for line in lines}
    assert path.removeprefix("/calendar/").removesuffix(".ics") not in "".join(lines)
