"""Can I …? Each shape of an answer, and that what we do not know is never allowed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from tests.web.house import House
from tests.web.personas import Personas, main_of, states_of, words_of
from tests.web.phone import FIRST_END, SECOND_START, Phone, add_course, make_phone
from webapp.persistence.tables import Course, Location
from webapp.services.demo_personas import PERSONAS

DAY_2 = FIRST_END + timedelta(days=2)
PACKED = {"Accept-Encoding": "br"}


@pytest.fixture
def phone(house: House) -> Phone:
    """Amira's, on the second day after session 1; session 2 is booked."""
    phone = make_phone(house)
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    house.clock.at = DAY_2
    return phone


def found(phone: Phone, address: str, at: datetime | None = None) -> str:
    """The words of what the page answers, without the field and the help around it."""
    answered = main_of(phone.open(address, at)).partition('id="found"')[2].partition(">")[2]
    return words_of(answered.partition('<section class="help">')[0])


# question, beginning of the card, and what it says besides
SHAPES = [
    ("swimming", "Go swimming No Until Monday 9 March, 16:30", "Why The 7 days after session 1"),
    ("sauna", "Use a sauna No About Tue 28 Apr An estimate, until", "21 days after it. Until it"),
    ("wash hair", "Wash your hair No", "From Sat 7 Mar, 16:30: yes, but with lukewarm water only"),
    ("scratch", "Scratch or pick your scalp No Always", "Why This is so at any time"),
    (
        "hat",
        "Wear a hat or a scarf Yes, but Until Monday 9 March, 16:30",
        "Keep it loose and clean",
    ),
    (
        "haircut",
        "Have your hair cut Ask your clinic Call your clinic WhatsApp",
        "decides it for you",
    ),
    ("fly a kite", "We do not know this one Ask your clinic before you do it.", "Call your clinic"),
]


@pytest.mark.parametrize(("text", "begins", "says"), SHAPES)
def test_every_shape_of_an_answer_says_what_it_rests_on(
    phone: Phone, text: str, begins: str, says: str
) -> None:
    words = found(phone, f"/can-i?q={text}")
    assert words.startswith(begins)
    assert says in words


def test_what_is_allowed_says_until_when(phone: Phone) -> None:
    words = found(phone, "/can-i?q=swimming", at=FIRST_END + timedelta(days=7))
    assert words == "Go swimming Yes Until session 2, Tuesday 10 March, 11:00"
    before = found(phone, "/can-i?q=swimming", at=FIRST_END + timedelta(days=7, seconds=-1))
    assert before.startswith("Go swimming No")


def test_what_comes_then_is_said_up_to_the_next_wait(phone: Phone) -> None:
    words = found(phone, "/can-i?q=wash+hair")
    assert words.endswith("From Mon 9 Mar, 16:30: yes From Tue 10 Mar, 11:00 (session 2): no")


def test_a_sentence_with_slips_is_understood(phone: Phone) -> None:
    assert found(phone, "/can-i?q=can+I+go+swiming+tomorow%3F").startswith("Go swimming No")


def test_where_answers_differ_each_stands_on_top_the_strictest_first(phone: Phone) -> None:
    words = found(phone, "/can-i?q=shower")
    assert words.startswith(
        "It depends on which you mean Take a hot shower No Until Mon 9 Mar, 16:30 "
        "Wash your hair No Until Sat 7 Mar, 16:30 Shower your body Yes, but"
    )
    cards = re.findall(r'class="answer-question">([^<]+)<', phone.open("/can-i?q=shower").text)
    assert cards == ["Shower your body", "Take a hot shower", "Wash your hair"]


def test_the_gym_is_two_things_with_two_dates(phone: Phone) -> None:
    words = found(phone, "/can-i?q=gym")
    assert words.startswith("It depends on which you mean Do intense sport No About Tue 28 Apr")
    assert "Do light sport No Until Monday 9 March, 16:30" in words


def test_what_is_answered_alike_needs_no_overview(phone: Phone) -> None:
    words = found(phone, "/can-i?q=alcohol+or+smoking")
    assert "It depends" not in words
    assert words.count("Until Monday 9 March, 16:30") == 2


UNKNOWN = ("fly a kite", "???", "\U0001f680", "дъжд", "' OR 1=1 --")


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_unknown_is_never_allowed(phone: Phone, text: str) -> None:
    page = phone.browser.get("/can-i", query_string={"q": text})
    shown = main_of(page)
    assert "We do not know this one" in words_of(shown)
    assert 'href="tel:+97140000000"' in shown
    assert 'href="https://wa.me/971500000000"' in shown
    assert "is-yes" not in shown
    assert "is-limited" not in shown


def test_the_beginning_of_a_word_leads_on(phone: Phone) -> None:
    shown = main_of(phone.open("/can-i?q=exfo"))
    assert "Perhaps you mean Scratch or pick your scalp" in words_of(shown)
    assert 'href="/can-i?q=Scratching"' in shown


def test_a_clinic_that_is_closed_says_when_it_opens(phone: Phone) -> None:
    phone.change(Location, opening_hours=[["09:00", "17:10"]] * 7)
    held = phone.open("/can-i?q=haircut", at=datetime.fromisoformat("2026-03-04T17:09:00+04:00"))
    assert "Open now, until 17:10" in words_of(held.text)
    later = datetime.fromisoformat("2026-03-04T17:10:00+04:00")
    page = phone.open("/can-i?q=haircut", later, **{"If-None-Match": held.headers["ETag"]})
    assert "Closed now: opens Thu 5 Mar, 09:00" in words_of(page.text)


@pytest.mark.parametrize("address", ["/can-i", "/can-i?q=swimming", "/can-i?day=2026-03-05"])
def test_a_course_that_cannot_be_read_leads_to_the_clinic(phone: Phone, address: str) -> None:
    phone.change(Course, protocol_version=99)
    words = found(phone, address)
    assert words.startswith("Ask your clinic What is stored of your course does not fit together.")
    assert "Call your clinic" in words
    assert "No" not in words.split()


def test_without_a_course_the_clinic_is_asked(house: House) -> None:
    words = found(make_phone(house), "/can-i?q=swimming")
    assert words.startswith("Ask your clinic There are no answers to show yet. Call your clinic")


def test_an_unconfirmed_session_is_waited_for(personas: Personas) -> None:
    words = words_of(personas.phone("unconfirmed").get("/can-i?q=swimming").text)
    assert "No Waiting for your clinic to confirm session 2" in words
    assert "Why Waiting for your clinic to confirm session 2." in words
    assert "From " not in words


def test_a_touch_up_is_called_so(personas: Personas) -> None:
    words = words_of(personas.phone("touch-up").get("/can-i?q=swimming").text)
    assert "The 7 days after your touch-up are not over." in words


def test_a_traveller_reads_both_clocks(personas: Personas) -> None:
    phone = personas.phone("keep-dry", zone="Europe/Sofia")
    assert "16:30 Dubai time (14:30 Sofia time)" in words_of(phone.get("/can-i?q=swimming").text)


@pytest.mark.parametrize("key", [persona.key for persona in PERSONAS])
def test_an_open_page_turns_to_what_it_would_say_then(personas: Personas, key: str) -> None:
    phone = personas.phone(key)
    for name in ("hair+wash", "hairspray", "sauna", "body+shower"):
        personas.clock.at = personas.clock.at.replace(day=2, hour=8, minute=0)
        for at, words in states_of(phone.get(f"/can-i?q={name}")):
            personas.clock.at = datetime.fromisoformat(at)
            assert f"{words} " in words_of(phone.get(f"/can-i?q={name}").text), name
