"""The card for the hairdresser: made by the client, open to whoever has its address, and silent
about whose it is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.conftest import NOON
from tests.web.house import House
from tests.web.personas import Personas, main_of, words_of
from tests.web.phone import FIRST_END, SECOND_START, Phone, add_course, make_phone
from tests.web.test_language import texts_of
from webapp.persistence.tables import Account, Consent, Course, TreatmentSession
from webapp.services.demo_personas import PERSONAS
from webapp.services.today import facts_of

KEYS = [persona.key for persona in PERSONAS]
PAGE = "/hairdresser-card"
A_DAY = timedelta(days=1)
TOLD = FIRST_END + A_DAY
CARD = re.compile(r"http://localhost(/card/[\w-]{43})")


@pytest.fixture
def phone(house: House) -> Phone:
    found = make_phone(house)
    add_course(found, done=(FIRST_END,), booked=(SECOND_START,))
    house.clock.at = TOLD
    return found


def make_card(phone: Phone, days: str = "7") -> str:
    """The path of a new card, as the page shows it."""
    assert phone.browser.post(PAGE, data={"days": days}).status_code == 303
    found = CARD.search(phone.open(PAGE).text)
    assert found is not None
    return found[1]


def opened(phone: Phone, path: str) -> TestResponse:
    """The card in a browser that nobody is signed in on."""
    return phone.house.app.test_client().get(path)


def test_it_says_what_may_be_done_and_until_when(phone: Phone) -> None:
    words = words_of(opened(phone, make_card(phone)).text)
    assert "As of Tuesday 3 March 2026, 16:30, Dubai time." in words
    assert "Until Sat 7 Mar, 16:30 Hair wash, Water only: then, until Mon 9 Mar, 16:30" in words
    assert "Until Mon 9 Mar, 16:30 Touching: with clean hands and only lightly" in words
    assert "Ask the clinic first Shaving, Haircut, Brushing" in words
    assert "The next treatment is booked for Tue 10 Mar, 11:00." in words
    assert "Atelier" in words
    assert "+97140000000" in words


@pytest.mark.parametrize("key", KEYS)
def test_nothing_on_it_tells_whose_it_is(personas: Personas, key: str) -> None:
    phone = personas.phone(key)
    phone.post(PAGE, data={"days": "30"})
    found = CARD.search(phone.get(PAGE).text)
    assert found is not None
    body = personas.app.test_client().get(found[1]).text
    persona = next(persona for persona in PERSONAS if persona.key == key)
    codes = [f"DEM{number + 22}" for number in range(len(PERSONAS))]
    secrets = [*persona.name.split(), persona.phone, *codes, found[1], "Iris", "/dates", "<script"]
    assert [secret for secret in secrets if secret in body] == []
    assert facts_of(personas.client_id(key), NOON).place.phone in body  # type: ignore[union-attr]


def test_what_happens_elsewhere_than_in_a_salon_is_not_on_it(phone: Phone) -> None:
    words = words_of(opened(phone, make_card(phone)).text)
    for name in ("Swimming", "Alcohol", "Light sport", "Medicines", "Sauna", "Body shower"):
        assert name not in words


def test_its_headers_keep_it_out_of_caches_indexes_and_referrers(phone: Phone) -> None:
    for path in (make_card(phone), "/card/unknown"):
        headers = opened(phone, path).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_the_page_is_the_same_for_everybody(phone: Phone) -> None:
    path = make_card(phone)
    strangers = opened(phone, path).text
    for browser in (phone.browser, phone.house.browser_of("Basim"), phone.house.browser_of("Iris")):
        assert browser.get(path).text == strangers


def test_a_client_without_consent_may_open_somebody_elses_card(phone: Phone) -> None:
    path, basim = make_card(phone), phone.house.browser_of("Basim")
    with phone.house.writer() as writer:
        theirs = Consent.account_id == phone.house.accounts["Basim"]
        writer.execute(update(Consent).where(theirs).values(withdrawn_at=NOON))
    assert basim.get(path).status_code == 200
    assert basim.get("/").status_code == 303


def stopped(phone: Phone, path: str) -> None:
    action = re.search(r'action="(/hairdresser-card/\d+/stop)"', phone.open(PAGE).text)
    assert action is not None
    assert phone.browser.post(action[1]).status_code == 303


def expired(phone: Phone, path: str) -> None:
    phone.house.clock.at = TOLD + 7 * A_DAY


def disabled(phone: Phone, path: str) -> None:
    phone.change(Account, disabled_at=TOLD)


def withdrawn(phone: Phone, path: str) -> None:
    phone.change(Consent, withdrawn_at=TOLD)


@pytest.mark.parametrize("end", [stopped, expired, disabled, withdrawn])
def test_a_card_that_is_over_looks_like_one_that_never_was(phone: Phone, end: object) -> None:
    path = make_card(phone)
    unknown = opened(phone, f"/card/{'A' * 43}")
    end(phone, path)  # type: ignore[operator]
    over = opened(phone, path)
    assert (over.status_code, over.text) == (404, unknown.text)
    assert "Ask whoever gave you this address for a new one." in words_of(over.text)


def test_a_second_before_its_end_it_is_still_there(phone: Phone) -> None:
    path = make_card(phone, "1")
    phone.house.clock.at = TOLD + A_DAY - timedelta(seconds=1)
    assert opened(phone, path).status_code == 200


def test_a_moved_session_changes_it_at_once(phone: Phone) -> None:
    path = make_card(phone)
    phone.house.app.test_client().get(path)
    with phone.house.writer() as writer:
        second = TreatmentSession.number == 2
        moved = SECOND_START - 3 * A_DAY
        writer.execute(update(TreatmentSession).where(second).values(starts_at=moved))
    words = words_of(opened(phone, path).text)
    assert "booked for Sat 7 Mar, 11:00" in words
    assert "Until Mon 9 Mar" not in words


def test_the_address_is_shown_once_and_to_its_maker_only(phone: Phone) -> None:
    phone.browser.post(PAGE, data={"days": "7"})
    assert CARD.search(phone.open(PAGE).text)
    again = phone.open(PAGE)
    assert not CARD.search(again.text)
    assert "Until Tue 10 Mar, 16:30" in words_of(again.text)


def test_who_signs_in_next_on_the_same_browser_is_not_shown_it(phone: Phone) -> None:
    phone.browser.post(PAGE, data={"days": "7"})
    kept = phone.browser.get_cookie("flash")
    assert kept is not None
    basim = phone.house.browser_of("Basim")
    basim.set_cookie("flash", kept.value)
    assert not CARD.search(basim.get(PAGE).text)


@pytest.mark.parametrize("days", ["", "0", "2", "31", "-1", "7\x00", "7 ", "x" * 10_240, "٧"])
def test_another_span_than_those_on_offer_is_refused_in_words(phone: Phone, days: str) -> None:
    answer = phone.browser.post(PAGE, data={"days": days})
    is_meant = days.strip() == "7"
    assert answer.status_code == (303 if is_meant else 422)
    assert is_meant or "Please check" in answer.text


def test_a_sixth_card_is_refused_in_words(phone: Phone) -> None:
    for _number in range(5):
        make_card(phone, "1")
    phone.browser.post(PAGE, data={"days": "1"})
    assert "You have several cards already." in phone.words(PAGE)


@pytest.mark.parametrize("change", [{"closed_at": FIRST_END}, {"is_last_confirmed": True}])
def test_without_a_plan_it_says_to_ask_the_clinic_and_nothing_else(
    phone: Phone, change: dict[str, object]
) -> None:
    path = make_card(phone)
    phone.change(Course, **change)
    words = words_of(main_of(opened(phone, path)))
    assert "There are no dates to show now. Please ask the clinic first." in words
    assert "Allowed" not in words


@pytest.mark.parametrize("key", KEYS)
def test_every_text_of_it_is_translated(personas: Personas, key: str) -> None:
    phone = personas.phone(key)
    phone.post(PAGE, data={"days": "1"})
    found = CARD.search(phone.get(PAGE).text)
    assert found is not None
    texts = texts_of(personas.app.test_client().get(f"{found[1]}?lang=x-pseudo").text)
    assert len(texts) > 5
    assert [text for text in texts if "[" not in text] == []


@pytest.mark.parametrize(
    "odd", ["%00", "%ed%b2%80", "x" * 5_000, "%2e%2e", "a%2fb", "\u0661", "-1"]
)
def test_an_odd_address_is_no_card(house: House, odd: str) -> None:
    assert house.browser().get(f"/card/{odd}").status_code == 404


def test_no_token_reaches_the_log(phone: Phone, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_card(phone)
    opened(phone, path)
    opened(phone, f"{path}x")
    printed = "".join(capsys.readouterr())
    assert '"route": "/card/<token>"' in printed
    assert path.removeprefix("/card/") not in printed


def test_whoever_tries_addresses_meets_a_wall(limited_house: House) -> None:
    stranger = limited_house.browser()
    statuses = [stranger.get(f"/card/{number}").status_code for number in range(31)]
    assert statuses == [404] * 30 + [429]


def test_dates_leads_to_making_one(phone: Phone) -> None:
    assert f'href="{PAGE}"' in main_of(phone.open("/dates"))
