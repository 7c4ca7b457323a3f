"""Asking Can I …? on a phone: whole sentences, two answers, none, and another day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.complaints import REFUSED
from tests.journeys.conftest import PhoneMaker
from tests.journeys.looks import (
    LIGHT,
    ROTATING,
    Variant,
    phone_of,
    scrolls_sideways,
    show,
    token_of,
    violations,
)
from tests.journeys.served import Served
from tests.journeys.steps import DUBAI, press
from webapp.services.demo_personas import PERSONAS

MARTA = next(persona for persona in PERSONAS if persona.key == "keep-dry")
# Each state of the page, with what it needs to be seen in.
STATES = {
    "everything": "",
    "several": "q=shower",
    "unknown": "q=fly+a+kite",
    "near": "q=exfo",
    "refused": "q=hat&day=2020-01-01&hour=9",
}
LOOKS = [
    (state, LIGHT if number == 0 else ROTATING[(place + number) % len(ROTATING)])
    for place, state in enumerate([*STATES, "another day"])
    for number in range(2)
]


@pytest.fixture
def phone(new_phone: PhoneMaker, demo_clinic: Served) -> Page:
    """Marta's, on Today; she has two more dry days to go."""
    made = new_phone()
    token = token_of(demo_clinic, MARTA, "Asia/Dubai")
    cookie: Any = {"name": "liftday", "value": token, "url": demo_clinic.url}
    made.context.add_cookies([cookie])
    return made.open(demo_clinic.url)


def ask(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)
    press(page, "Ask")
    page.wait_for_url("**/can-i?*")


def day_after(served: Served, days: int) -> datetime:
    return served.now().astimezone(DUBAI) + timedelta(days=days)


def test_a_sentence_with_a_slip_is_answered_from_today(phone: Page) -> None:
    # When Marta asks on Today, as she would ask a friend.
    ask(phone, "can i go swiming tomorow?")
    # Then the answer is large and says why and what comes then.
    card = phone.locator(".answer")
    expect(card.locator(".answer-words")).to_have_text("No")
    expect(card).to_contain_text("Go swimming")
    expect(card).to_contain_text("The 7 days after session 1 are not over.")
    # When she asks for the gym, both things it can be are there, the strictest on top.
    ask(phone, "gym")
    expect(phone.locator(".rows .row-title").first).to_have_text("Do intense sport")
    expect(phone.locator(".answer-words")).to_have_text(["No", "No"])
    # When nobody knows the thing, the clinic is a tap away, and nothing looks allowed.
    ask(phone, "fly a kite")
    expect(phone.get_by_role("heading", name="We do not know this one")).to_be_visible()
    expect(phone.get_by_role("link", name="Call your clinic")).to_have_attribute(
        "href", "tel:+97141234567"
    )
    expect(phone.locator(".is-yes")).to_have_count(0)


def test_another_day_is_picked_and_answered_as_expected(phone: Page, demo_clinic: Served) -> None:
    phone.goto(f"{demo_clinic.url}/can-i?q=swimming")
    phone.get_by_text("What about another day?").click()
    day = day_after(demo_clinic, 8)
    phone.get_by_label("Day").fill(day.strftime("%Y-%m-%d"))
    phone.get_by_label("Hour").select_option("14")
    press(phone, "Show that day")
    expect(phone.locator(".notice")).to_contain_text("If session 2 goes as booked")
    expect(phone.locator(".answer-question")).to_contain_text("expected for")
    expect(phone.locator(".answer-words")).to_have_text("No")
    # The way back to the present leads to the same question.
    phone.get_by_role("link", name="As things stand now").click()
    expect(phone.locator(".answer-question")).to_have_text("Go swimming")


def test_while_typing_what_fits_is_shown_and_told(phone: Page, demo_clinic: Served) -> None:
    phone.goto(f"{demo_clinic.url}/can-i")
    field = phone.get_by_role("searchbox")
    field.press_sequentially("sau")
    expect(phone.locator("#typed .row-title").first).to_have_text("Use a sauna")
    expect(phone.get_by_role("status").last).to_contain_text("activit")
    expect(phone.locator("#found")).to_be_hidden()
    # An empty field shows everything again.
    field.fill("")
    expect(phone.locator("#found")).to_be_visible()
    expect(phone.locator("#typed")).to_be_hidden()
    # Enter asks the server, without an empty day in the address.
    field.fill("saunna")
    field.press("Enter")
    phone.wait_for_url("**/can-i?q=saunna")
    expect(phone.locator(".answer-words")).to_have_text("No")


@pytest.fixture(scope="module")
def watched(chromium: Browser, demo_clinic: Served) -> Iterator[Page]:
    """One phone that is looked at in every way."""
    page = phone_of(chromium, demo_clinic, MARTA, LIGHT)
    yield page
    page.context.close()


@pytest.mark.complains(REFUSED)
@pytest.mark.parametrize(("state", "variant"), LOOKS, ids=lambda one: getattr(one, "name", one))
def test_every_state_is_readable_for_everybody(
    watched: Page, demo_clinic: Served, state: str, variant: Variant
) -> None:
    day = {"q": "sauna", "day": day_after(demo_clinic, 8).strftime("%Y-%m-%d"), "hour": "14"}
    query = STATES.get(state, urlencode(day))
    show(watched, f"{demo_clinic.url}/can-i?{query}", variant)
    assert violations(watched) == []
    assert not scrolls_sideways(watched)
