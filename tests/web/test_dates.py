"""Dates: everything that has a date, in the order of time, the sure told apart from the rest."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.conftest import NOON
from tests.web.house import House
from tests.web.personas import Personas, words_of
from webapp.domain.course import SessionStatus
from webapp.persistence.database import writing
from webapp.persistence.tables import TreatmentSession, Visit
from webapp.services.demo_personas import PERSONAS, Story

KEYS = [persona.key for persona in PERSONAS]
MARINA = "Marina Walk, 12 Marina Walk"
SURE = "Sure, unless a session is booked before"
HEALED = "Sure: your last session is confirmed"
ESTIMATE = "An estimate, until your clinic confirms your last session"
YEARLY = "Your clinic will arrange the day with you"
MANY = "Hair wash, Shampoo, Touching, Wet scalp, Body shower, 12 more"
REST = "Sauna, Steam room, Direct sun, Growth stimulant, Hairspray, 7 more"
DATES = {
    "new": [
        f"Consultation Saturday 7 March, 11:00 Booked {MARINA}",
        "Session 1 Not booked yet",
        "Session 2 Not booked yet",
        "Session 3 Not booked yet",
    ],
    "keep-dry": [
        "Consultation Saturday 21 February, 11:00 Done",
        "Session 1 Saturday 28 February, 13:00 Done",
        f"Allowed again: Hair wash, Wet scalp, with care Thursday 5 March, 16:30 {SURE}",
        f"Allowed again: {MANY} Saturday 7 March, 16:30 {SURE}",
        f"Session 2 Sunday 8 March, 11:00 Booked {MARINA}",
        "Session 3 Not booked yet",
        f"Healed About Sun 26 Apr {ESTIMATE}",
    ],
    "unconfirmed": [
        "Session 1 Saturday 21 February, 13:00 Done",
        "Session 2 Sunday 1 March, 06:00 Waiting for your clinic to confirm session 2.",
        "Session 3 Not booked yet",
        f"Healed About Sun 19 Apr {ESTIMATE}",
    ],
    "final-healing": [
        "Session 1 Monday 12 January, 13:00 Done",
        "Session 2 Tuesday 20 January, 13:00 Done",
        "Session 3 Wednesday 18 February, 13:00 Done",
        f"Allowed again: {REST} Wednesday 11 March, 16:30 {SURE}",
        f"Healed Wednesday 11 March, 16:30 {HEALED}",
        f"Yearly follow-up Thursday 18 February 2027, 16:30 {YEARLY}",
        f"Yearly follow-up Friday 18 February 2028, 16:30 {YEARLY}",
        f"Yearly follow-up Sunday 18 February 2029, 16:30 {YEARLY}",
    ],
    "healed": [
        "Session 1 Monday 1 December 2025, 13:00 Done",
        "Session 2 Tuesday 9 December 2025, 13:00 Done",
        "Session 3 Wednesday 7 January, 13:00 Done",
        f"Healed Wednesday 28 January, 16:30 {HEALED}",
        f"Follow-up visit Thursday 7 January 2027, 11:00 Booked {MARINA}",
        f"Yearly follow-up Thursday 7 January 2027, 16:30 {YEARLY}",
        f"Yearly follow-up Friday 7 January 2028, 16:30 {YEARLY}",
        f"Yearly follow-up Sunday 7 January 2029, 16:30 {YEARLY}",
    ],
}


def entries_of(body: str) -> list[tuple[str, str, str]]:
    """State, instant (or '') and words of every entry, in the order of the page."""
    found = re.findall(r'<li class="timeline-entry is-(\w+)"(.*?)</div>\s*</li>', body, re.DOTALL)
    return [
        (state, "".join(re.findall(r'datetime="([^"]+)"', entry)), words_of(f"<li{entry}"))
        for state, entry in found
    ]


@pytest.mark.parametrize("key", DATES)
def test_every_date_stands_with_its_firmness(personas: Personas, key: str) -> None:
    body = personas.phone(key).get("/dates").text
    assert [words for _state, _at, words in entries_of(body)] == DATES[key]


@pytest.mark.parametrize("key", KEYS)
def test_dates_come_in_the_order_of_time(personas: Personas, key: str) -> None:
    entries = entries_of(personas.phone(key).get("/dates").text)
    instants = [at for _state, at, _words in entries]
    sure = [at for at in instants if at]
    assert sure == sorted(sure)
    assert instants == sure + [""] * (len(instants) - len(sure))


@pytest.mark.parametrize("key", KEYS)
def test_past_and_future_are_told_apart(personas: Personas, key: str) -> None:
    for state, at, _words in entries_of(personas.phone(key).get("/dates").text):
        if state == "estimate":
            assert at == ""
        else:
            assert (state == "future") == (at > "2026-03-02T08:00:00Z")


@pytest.mark.parametrize("key", KEYS)
def test_an_estimate_has_no_time_of_day_and_says_what_it_is(personas: Personas, key: str) -> None:
    entries = entries_of(personas.phone(key).get("/dates").text)
    for _state, _at, words in entries:
        if "About" in words:
            assert "estimate" in words
            assert not re.search(r"\d:\d\d", words)


@pytest.mark.parametrize("key", KEYS)
def test_yearly_follow_ups_wait_for_the_confirmed_last_session(
    personas: Personas, key: str
) -> None:
    words = words_of(personas.phone(key).get("/dates").text)
    is_confirmed = "Sure: your last session is confirmed" in words
    assert is_confirmed == (key in {"final-healing", "healed", "touch-up"})
    assert words.count("Yearly follow-up") == (3 if is_confirmed else 0)


def test_a_lift_leaves_the_list_once_it_is_past(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    personas.clock.advance(days=4)
    words = words_of(phone.get("/dates").text)
    assert "Thursday 5 March, 16:30" not in words
    assert f"Allowed again: {MANY} Saturday 7 March, 16:30" in words


def test_a_lift_behind_the_next_session_is_no_date(personas: Personas) -> None:
    done, booked = NOON - timedelta(days=1), NOON + timedelta(days=2)
    personas.retell("keep-dry", Story(done=(done,), booked=(booked,)))
    assert "Allowed again" not in words_of(personas.phone("keep-dry").get("/dates").text)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (SessionStatus.CANCELLED, "Session 2 Friday 6 March, 12:00 Cancelled"),
        (SessionStatus.MISSED, "Session 2 Friday 6 March, 12:00 Did not take place"),
    ],
)
def test_what_did_not_take_place_stays_on_the_list(
    personas: Personas, status: SessionStatus, words: str
) -> None:
    with writing() as writer:
        lost = TreatmentSession(course_id=personas.course_id("overdue"), number=2, status=status)
        lost.starts_at = NOON + timedelta(days=4)
        writer.add(lost)
    assert words in words_of(personas.phone("overdue").get("/dates").text)


@pytest.mark.parametrize(
    ("status", "words"),
    [("held", "Done"), ("cancelled", "Cancelled"), ("missed", "Did not take place")],
)
def test_a_visit_says_what_became_of_it(personas: Personas, status: str, words: str) -> None:
    with writing() as writer:
        visit = Visit(course_id=personas.course_id("healed"), kind="follow-up", status=status)
        visit.starts_at = NOON - timedelta(days=2)
        writer.add(visit)
    body = personas.phone("healed").get("/dates").text
    assert f"Follow-up visit Saturday 28 February, 12:00 {words}" in words_of(body)
    assert ("timeline-entry is-off" in body) == (status != "held")


def test_both_clocks_stand_side_by_side(personas: Personas) -> None:
    words = words_of(personas.phone("traveller", "Asia/Dubai").get("/dates").text)
    assert "Times are Sofia time; Dubai time stands beside them." in words
    assert "Session 2 Saturday 7 March, 11:00 Booked Sat 7 Mar, 13:00, Dubai time" in words


def test_without_a_course_the_page_says_what_will_stand_here(house: House) -> None:
    answer = house.browser_of("Amira").get("/dates")
    assert answer.status_code == 200
    assert "No dates yet Your clinic has not planned a session yet." in words_of(answer.text)


def test_of_several_that_lift_at_once_each_allowed_with_care_says_so(personas: Personas) -> None:
    words = words_of(personas.phone("extended").get("/dates").text)
    assert "Allowed again: Hair wash (with care), Touching, Wet scalp (with care)" in words


@pytest.mark.parametrize(("key", "has_visit"), [("keep-dry", True), ("hands-off", False)])
def test_dates_that_cannot_be_read_are_not_guessed(
    personas: Personas, key: str, has_visit: bool
) -> None:
    with writing() as writer:
        writer.execute(update(TreatmentSession).values(status="dreamt"))
    words = words_of(personas.phone(key).get("/dates").text)
    assert words.count("does not fit together. Please call your clinic.") == 1
    assert ("Consultation" in words) == has_visit


def test_staff_do_not_have_dates_of_their_own(house: House) -> None:
    assert house.browser_of("Iris").get("/dates").status_code == 404
