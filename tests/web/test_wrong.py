"""Something is wrong: for everybody, at any hour, whom to call and when. Never a diagnosis."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.web.house import House
from tests.web.personas import Personas, main_of, words_of
from webapp.domain.people import Role, SignedIn
from webapp.persistence.database import writing
from webapp.persistence.tables import Clinic, Location
from webapp.services import clinic_settings

PAGE = "/something-is-wrong"
OWNER = SignedIn(1, 1, Role.OWNER, "Dana", "")
TITLES = [
    "What to expect in most courses",
    "Call the clinic today",
    "See a doctor now",
    "Emergency",
]
# Words of medicine or of comfort that nobody may say from afar.
DIAGNOSES = (
    "infection infected allergy allergic inflammation dermatitis folliculitis eczema abscess "
    "sepsis cellulitis necrosis diagnosis antibiotic harmless normal nothing stop"
)
OPENING = [
    (datetime(2026, 3, 2, 5, 59, tzinfo=UTC), "Closed now: opens at 10:00"),
    (datetime(2026, 3, 2, 6, 0, tzinfo=UTC), "Open now, until 19:00"),
    (datetime(2026, 3, 2, 14, 59, tzinfo=UTC), "Open now, until 19:00"),
    (datetime(2026, 3, 2, 15, 0, tzinfo=UTC), "Closed now: opens Tue 3 Mar, 10:00"),
    (datetime(2026, 3, 7, 16, 0, tzinfo=UTC), "Closed now: opens Mon 9 Mar, 10:00"),
    (datetime(2026, 3, 8, 8, 0, tzinfo=UTC), "Closed now: opens Mon 9 Mar, 10:00"),
]


def links_of(answer: TestResponse) -> list[str]:
    """Where the links of the page itself lead, each once, in their order."""
    return list(dict.fromkeys(re.findall(r'href="([^"]+)"', main_of(answer))))


def titles_of(answer: TestResponse) -> list[str]:
    return re.findall(r'<h2 class="card-title">([^<]+)</h2>', main_of(answer))


def test_a_client_finds_the_own_place_the_chat_and_the_emergency(personas: Personas) -> None:
    links = links_of(personas.phone("keep-dry").get(PAGE))
    assert links == [
        "tel:+97141234567",
        "https://wa.me/971501234567",
        "tel:112",
        "/slip",
        "/about-treatment",
    ]


def test_each_client_calls_the_own_place(personas: Personas) -> None:
    links = links_of(personas.phone("traveller").get(PAGE))
    assert "tel:+35929876543" in links
    assert "tel:+97141234567" not in links


def test_signed_out_every_place_can_be_called(personas: Personas) -> None:
    answer = personas.app.test_client().get(PAGE)
    words = words_of(answer.text)
    assert answer.status_code == 200
    assert {"tel:+97141234567", "tel:+35929876543", "tel:112"} <= set(links_of(answer))
    assert "Call Marina Walk" in words
    assert "Call Vitosha Boulevard" in words


@pytest.mark.parametrize("name", ["Olga", "Iris", "Otto", "Amira"])
def test_it_is_open_to_every_role(house: House, name: str) -> None:
    answer = house.browser_of(name).get(PAGE)
    assert answer.status_code == 200
    assert titles_of(answer)[:4] == TITLES
    assert "Call the clinic today Redness that spreads or gets darker." in words_of(answer.text)


def test_it_is_open_before_the_consent(house: House) -> None:
    with writing() as writer:
        writer.execute(update(Clinic).values(emergency_number="112"))
    phone = house.browser()
    phone.post("/sign-in", data={"code": house.desk_code().code})
    assert "tel:112" in links_of(phone.get(PAGE))


def test_the_signs_stand_in_the_order_of_urgency(personas: Personas) -> None:
    words = words_of(main_of(personas.phone("keep-dry").get(PAGE)))
    places = [words.index(f"{title} ") for title in TITLES]
    assert places == sorted(places)
    assert "Emergency Trouble breathing. Swelling of the face or throat. Emergency: 112" in words


def test_the_clinics_own_lines_replace_those_of_their_kind(personas: Personas) -> None:
    version = clinic_settings.current().version
    lines = {"see_doctor": ["A fever above 38 °C.", "<b>Shivering</b>"]}
    with_ = personas.app.extensions["collaborators"]
    clinic_settings.save_warning_signs(with_, OWNER, lines, version)
    answer = personas.phone("keep-dry").get(PAGE)
    words = words_of(answer.text)
    assert "See a doctor now A fever above 38 °C. <b>Shivering</b> Emergency" in words
    assert "Pus." not in words
    assert "Trouble breathing." in words


@pytest.mark.parametrize(("at", "words"), OPENING)
def test_it_says_whether_the_place_is_open(personas: Personas, at: datetime, words: str) -> None:
    phone = personas.phone("keep-dry")
    personas.clock.at = at
    assert f"Marina Walk {words}" in words_of(phone.get(PAGE).text)


def test_a_place_without_hours_says_nothing_of_them(personas: Personas) -> None:
    with writing() as writer:
        writer.execute(update(Location).values(opening_hours=[None] * 7))
    words = words_of(personas.phone("keep-dry").get(PAGE).text)
    assert "Closed" not in words
    assert "Open now" not in words


def test_a_number_that_nobody_has_set_is_no_empty_link(personas: Personas) -> None:
    with writing() as writer:
        writer.execute(update(Clinic).values(emergency_number="", whatsapp=""))
        writer.execute(update(Location).values(phone=""))
    answer = personas.phone("keep-dry").get(PAGE)
    assert links_of(answer) == ["/slip", "/about-treatment"]
    assert titles_of(answer)[:4] == TITLES


def test_nobody_is_told_what_they_have(personas: Personas) -> None:
    words = words_of(main_of(personas.phone("keep-dry").get(PAGE))).lower()
    assert set(re.findall(r"\w+", words)) & set(DIAGNOSES.split()) == set()


def test_the_page_ends_with_what_to_do_when_it_gets_worse(personas: Personas) -> None:
    words = words_of(main_of(personas.phone("keep-dry").get(PAGE)))
    assert "If it gets worse, do not wait for an answer." in words
    assert words.count("do not wait for an answer.") == 1


def test_nothing_of_a_client_stands_on_it(personas: Personas) -> None:
    words = words_of(personas.phone("keep-dry").get(PAGE).text)
    assert "Marta" not in words
    assert "Thursday 5 March" not in words


def test_before_the_clinic_is_set_up_it_still_answers(house: House) -> None:
    with house.writer() as writer:
        writer.query(Clinic).delete()
    assert house.browser().get(PAGE).status_code == 200


def test_hours_are_listed_with_the_days_that_share_them(personas: Personas) -> None:
    hours = [["09:00", "18:00"]] * 5 + [["10:00", "14:00"], None]
    with writing() as writer:
        writer.execute(update(Location).values(opening_hours=hours))
    phone = personas.phone("keep-dry")
    personas.clock.at = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    words = words_of(phone.get(PAGE).text)
    assert "Closed now: opens at 09:00 Mon to Fri 09:00–18:00 Sat 10:00–14:00" in words


def test_a_clinic_without_numbers_still_shows_the_signs(house: House) -> None:
    answer = house.browser().get(PAGE)
    assert "See a doctor now Fever." in words_of(answer.text)
    assert titles_of(answer)[:4] == TITLES
