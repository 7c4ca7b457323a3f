"""What about that day? Expected, never promised, and never about a day gone by."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.web.house import House
from tests.web.personas import main_of, words_of
from tests.web.phone import FIRST_END, SECOND_START, Phone, add_course, make_phone
from webapp.persistence.tables import Location

# The course that ends on Tue 7 Apr 2026, 14:00 in Dubai: healed on Tue 28 Apr, 14:00.
SECOND_END = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
LAST_END = datetime(2026, 4, 7, 10, 0, tzinfo=UTC)


@pytest.fixture
def phone(house: House) -> Phone:
    """Amira's, on the second day after session 1; session 2 is booked."""
    phone = make_phone(house)
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    house.clock.at = FIRST_END + timedelta(days=2)
    return phone


@pytest.fixture
def healing(house: House) -> Phone:
    """Amira's, on the day after her last session."""
    phone = make_phone(house)
    done = (FIRST_END, SECOND_END, LAST_END)
    add_course(phone, done=done, is_last_confirmed=True)
    house.clock.at = LAST_END + timedelta(days=1)
    return phone


def test_a_sauna_waits_until_21_days_after_the_last_session(healing: Phone) -> None:
    words = healing.words("/can-i?q=sauna&day=2026-04-20&hour=12")
    assert "Use a sauna, expected for Mon 20 Apr, 12:00 No Until Tuesday 28 April, 14:00" in words
    assert "Why The 21 days after your last session are not over." in words


def test_on_that_day_itself_it_is_the_same_answer(healing: Phone) -> None:
    words = healing.words("/can-i?q=sauna", at=LAST_END + timedelta(days=13))
    assert "Use a sauna No Until Tuesday 28 April, 14:00 in 8 days" in words
    assert "The 21 days after your last session are not over." in words


@pytest.mark.parametrize(("hour", "answer"), [("13", "No"), ("14", "Yes")])
def test_the_hour_decides_at_the_edge(healing: Phone, hour: str, answer: str) -> None:
    words = healing.words(f"/can-i?q=sauna&day=2026-04-28&hour={hour}")
    assert f"expected for Tue 28 Apr, {hour}:00 {answer}" in words


def test_what_is_assumed_is_named(phone: Phone) -> None:
    words = phone.words("/can-i?q=swimming&day=2026-03-12&hour=9")
    assert "Expected for Thursday 12 March, 09:00" in words
    assert "If session 2 goes as booked on Tue 10 Mar." in words
    assert "No About Tue 17 Mar An estimate, if your next session goes as booked." in words
    # What is only expected is no step that surely comes.
    assert "From Tue 17 Mar" not in words


def test_what_is_not_assumed_is_not_named(phone: Phone) -> None:
    words = phone.words("/can-i?q=swimming&day=2026-03-10&hour=10")
    assert "goes as booked" not in words
    assert "Yes Until session 2, Tuesday 10 March, 11:00" in words


def test_even_a_yes_is_expected_only(phone: Phone) -> None:
    words = phone.words("/can-i?q=swimming&day=2026-06-01&hour=10")
    assert "Go swimming, expected for Mon 1 Jun, 10:00 Yes" in words
    assert "Sessions without a date yet are not counted." in words
    assert "Expected, not promised: your clinic can still change your dates." in words


def test_a_day_alone_shows_every_answer_of_it(phone: Phone) -> None:
    page = phone.open("/can-i?day=2026-03-09&hour=17")
    assert "Go swimming Yes" in words_of(page.text)
    assert "Expected for Monday 9 March, 17:00" in words_of(page.text)
    assert 'href="/can-i?q=Swimming&amp;day=2026-03-09&amp;hour=17"' in page.text


def test_the_present_hour_is_now_and_the_hour_may_be_left_out(phone: Phone) -> None:
    phone.house.clock.at = FIRST_END + timedelta(days=2, minutes=20)
    for address in ("/can-i?q=swimming&day=2026-03-04&hour=16", "/can-i?q=swimming&day=2026-03-04"):
        assert "Go swimming, expected" not in phone.words(address)
        assert "in 4 days 23 hours" in phone.words(address)
    assert "Expected for Thursday 5 March, 16:00" in phone.words("/can-i?day=2026-03-05")


# day, hour, what is said
REFUSED = [
    ("2026-03-03", "12", "This time has passed. Choose a later one."),
    ("2026-03-04", "15", "This time has passed. Choose a later one."),
    ("2028-03-05", "12", "This is too far away. Choose a day within two years."),
    ("2101-01-01", "12", "The year 2101 is too far away."),
    ("0001-01-01", "12", "The year 1 is too far away."),
    ("2026-02-30", "12", "Enter the date like 2026-03-07"),
    ("tomorrow", "12", "Enter the date like 2026-03-07"),
    ('<b>&"', "12", "Enter the date like 2026-03-07"),
    ("2026-03-05", "24", "Choose an hour from 0 to 23."),
    ("2026-03-05", "-1", "Choose an hour from 0 to 23."),
    ("2026-03-05", "\u0663", "Choose an hour from 0 to 23."),
    ("2026-03-05", "noon", "Choose an hour from 0 to 23."),
]


@pytest.mark.parametrize(("day", "hour", "says"), REFUSED)
def test_what_is_no_day_to_ask_about_is_refused_and_kept(
    phone: Phone, day: str, hour: str, says: str
) -> None:
    query = {"q": "swimming", "day": day, "hour": hour}
    answer = phone.browser.get("/can-i", query_string=query)
    assert answer.status_code == 422
    assert says in words_of(answer.text)
    kept = re.findall(r'id="(?:q|day)"[^>]* value="([^"]*)"', answer.text)
    assert [html.unescape(value) for value in kept] == ["swimming", day]
    assert 'class="answer-words' not in main_of(answer)


@pytest.mark.parametrize(("hour", "status"), [("16", 200), ("17", 422)])
def test_two_years_ahead_are_near_enough(phone: Phone, hour: str, status: int) -> None:
    phone.house.clock.at = FIRST_END + timedelta(days=2, minutes=-30)
    assert phone.open(f"/can-i?day=2028-03-04&hour={hour}").status_code == status


def test_an_hour_alone_says_nothing(phone: Phone) -> None:
    assert "Expected" not in phone.words("/can-i?q=swimming&day=&hour=3")


def test_an_hour_the_clocks_skip_is_refused(phone: Phone) -> None:
    phone.change(Location, time_zone="Europe/Sofia")
    answer = phone.open("/can-i?q=hat&day=2026-03-29&hour=3")
    assert answer.status_code == 422
    assert "There is no 03:00 that day: the clocks go forward." in words_of(answer.text)


def test_an_hour_the_clocks_show_twice_is_the_first(phone: Phone) -> None:
    phone.change(Location, time_zone="Europe/Sofia")
    words = phone.words("/can-i?q=hat&day=2026-10-25&hour=3")
    assert "The clocks show this hour twice that day; this is the first." in words


def test_both_clocks_are_told_of_that_day(phone: Phone) -> None:
    phone.browser.post("/time-zone", data={"zone": "Europe/Sofia"})
    words = phone.words("/can-i?q=hat&day=2026-03-09&hour=1")
    assert "Monday 9 March, 01:00 Dubai time (Sun 8 Mar, 23:00 Sofia time)" in words


def test_a_copy_of_that_day_ends_with_what_it_rests_on(phone: Phone) -> None:
    address = "/can-i?q=swimming&day=2026-03-12&hour=9"
    held = phone.open(address, at=SECOND_START - timedelta(seconds=1))
    tag = {"If-None-Match": held.headers["ETag"]}
    assert phone.open(address, None, **tag).status_code == 304
    begun = phone.open(address, SECOND_START, **tag)
    assert "waiting for your clinic to confirm session 2" in words_of(begun.text).lower()
