"""About the treatment: for everybody, what it is, and what the clinic itself says and offers."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from tests.web.house import House
from tests.web.personas import Personas, main_of, words_of
from tests.web.test_language import texts_of
from webapp.persistence.database import writing
from webapp.persistence.tables import Clinic

PAGE = "/about-treatment"
TITLES = [
    "What it is",
    "Whom it suits",
    "The consultation",
    "The sessions",
    "How to prepare",
    "Why there are rules",
    "How long it lasts",
    "Once a year",
    "What the clinic says of it",
]
TOLD = [
    "Lines, and microblading above all, do not belong on a scalp",
    "a parting that gets wider",
    "it is free of charge",
    "Session 1: your scalp is mapped",
    "Session 2: the clinic sees how much ink your scalp took",
    "Session 3: about 70 percent is done by now",
    "Leave out masks, creams, foams, fixatives and sprays",
    "Sun: it makes the ink fade",
    "Up to 5 years",
    "without ammonia or with henna",
    "whether people notice",
]
# What a page about a treatment must never promise.
PROMISES = re.compile(r"side effect|painless|guarantee|risk|permanent|harmless|always works", re.I)
CLAIM = re.compile(r"discomfort|hurts|green or grey", re.I)
OWN_WORDS = "Your clinic says: "


def offer(text: str) -> None:
    with writing() as writer:
        writer.execute(update(Clinic).values(offers=text))


def titles_of(page: str) -> list[str]:
    return re.findall(r'<h2 class="card-title">([^<]+)</h2>', page)


@pytest.mark.parametrize("name", ["Olga", "Iris", "Otto", "Amira"])
def test_it_is_open_to_every_role(house: House, name: str) -> None:
    answer = house.browser_of(name).get(PAGE)
    assert (answer.status_code, titles_of(answer.text)) == (200, TITLES)


def test_it_is_open_to_whoever_is_not_signed_in(house: House) -> None:
    page = house.browser().get("/sign-in")
    assert f'href="{PAGE}"' in page.text
    answer = house.browser().get(PAGE)
    assert (answer.status_code, titles_of(answer.text)) == (200, TITLES)


def test_it_is_open_before_the_consent(house: House) -> None:
    phone = house.browser_of("Amira")
    phone.post("/privacy/withdrawal")
    assert phone.get("/dates").location == "/privacy"
    assert phone.get(PAGE).status_code == 200


@pytest.mark.parametrize("words", TOLD)
def test_it_says_what_happens_and_what_is_asked(personas: Personas, words: str) -> None:
    assert words in words_of(personas.phone("preparing").get(PAGE).text)


def test_every_claim_is_marked_as_the_clinics_own(personas: Personas) -> None:
    said = texts_of(main_of(personas.phone("healed").get(PAGE)))
    claims = [text for text in said if CLAIM.search(text)]
    assert len(claims) == 2
    assert [text for text in claims if not text.startswith(OWN_WORDS)] == []


def test_nothing_is_promised(personas: Personas) -> None:
    assert PROMISES.findall(words_of(personas.phone("preparing").get(PAGE).text)) == []


def test_without_offers_there_is_no_block_of_them(personas: Personas) -> None:
    offer(" \n ")
    page = personas.phone("healed").get(PAGE).text
    assert "Offers of" not in page
    assert "keep-lines" not in page


def test_offers_keep_their_lines_and_are_never_html(personas: Personas) -> None:
    offer("Touch-up in May\n<b>Half</b> the price & coffee")
    for phone in (personas.phone("healed"), personas.app.test_client()):
        page = phone.get(PAGE).text
        assert "Offers of Halo Scalp Studio" in page
        shown = "Touch-up in May\n&lt;b&gt;Half&lt;/b&gt; the price &amp; coffee"
        assert f'<p class="keep-lines" dir="auto">{shown}</p>' in page


def test_who_writes_the_offers_is_told_where_they_appear(house: House) -> None:
    page = house.browser_of("Olga").get("/staff/settings/clinic").text
    assert "at the end of the page About the treatment" in words_of(page)
    assert f'href="{PAGE}"' in page


def test_before_the_clinic_is_set_up_it_still_answers(house: House) -> None:
    with house.writer() as writer:
        writer.query(Clinic).delete()
    assert titles_of(house.browser().get(PAGE).text) == TITLES


def test_it_leads_back_only_whoever_is_not_signed_in(personas: Personas) -> None:
    assert 'class="back"' in personas.app.test_client().get(PAGE).text
    assert 'class="back"' not in personas.phone("healed").get(PAGE).text


@pytest.mark.parametrize("page", ["/dates", "/something-is-wrong"])
def test_a_client_finds_the_way_to_it(personas: Personas, page: str) -> None:
    assert f'href="{PAGE}"' in main_of(personas.phone("healed").get(page))
