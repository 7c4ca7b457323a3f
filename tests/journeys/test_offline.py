"""Without a network the app tells the truth of the present instant, and says how old it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.complaints import NO_NETWORK, NOBODY_THERE
from tests.journeys.offline_phone import (
    STAMP,
    age,
    cold,
    next_session,
    phone_with_copy,
    switch_of,
)
from tests.journeys.served import Served

pytestmark = pytest.mark.complains(NO_NETWORK, NOBODY_THERE)
ANSWER = ".answer-state"
SOON_SPAN = timedelta(seconds=8)
# Who waits for a lift, and who for a session.
WAITING, BOOKED = "touch-up", "settling"


@dataclass
class Alone:
    """Phones that were here once, and from which nothing reaches the clinic any more."""

    served: Served
    phones: dict[str, Page]

    def open(self, key: str, path: str = "/") -> Page:
        self.phones[key] = cold(self.phones[key], self.served, path)
        return self.phones[key]

    def open_shortly_before(self, instant: datetime, key: str) -> Page:
        """Time passes on this phone, and a few seconds before an instant the app is opened."""
        age(self.phones[key], instant - self.served.now() - SOON_SPAN)
        return self.open(key)


@pytest.fixture(scope="module", params=["no network", "no server"])
def alone(request: pytest.FixtureRequest, chromium: Browser, clinic: Served) -> Iterator[Alone]:
    """Once the phones have no network, once the server is really stopped."""
    keys = ("keep-dry", WAITING, BOOKED)
    phones = {key: phone_with_copy(chromium, clinic, key) for key in keys}
    if request.param == "no server":
        clinic.stop()
    for page in phones.values():
        page.context.set_offline(request.param == "no network")
    yield Alone(clinic, phones)
    for page in phones.values():
        page.context.close()
    if request.param == "no server":
        clinic.start()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Not yet"),
        ("/can-i", "sauna"),
        ("/dates", "Session 1"),
        ("/something-is-wrong", "Call the clinic"),
    ],
)
def test_after_one_visit_a_cold_start_shows_the_page(alone: Alone, path: str, words: str) -> None:
    page = alone.open("keep-dry", path)
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator(STAMP)).to_contain_text("dates may have changed")
    expect(page.locator("a[href^='tel:']").first).to_be_attached()


def test_a_lift_that_passes_and_a_session_that_begins_turn_the_answer(alone: Alone) -> None:
    lift_at, begins_at = switch_of(alone.phones[WAITING]), next_session(alone.phones[BOOKED])
    lifting = alone.open_shortly_before(lift_at, WAITING)
    expect(lifting.locator(ANSWER)).to_contain_text("Not yet")
    booked = alone.open_shortly_before(begins_at, BOOKED)
    expect(booked.locator(ANSWER)).not_to_contain_text("Not yet")
    # The one becomes milder by itself, the other stricter.
    expect(lifting.locator(ANSWER)).to_contain_text("Water only")
    expect(lifting.locator(".phase-words")).to_contain_text("Water only")
    expect(booked.locator(ANSWER)).to_contain_text("Not yet")
    for page in (lifting, booked):
        expect(page.locator(STAMP)).to_be_visible()
    # Whether that session took place nobody knows here: it stays no.
    expect(alone.open(BOOKED).locator(ANSWER)).to_contain_text("Not yet")


def test_a_page_that_is_not_in_the_copy_says_so_and_whom_to_call(alone: Alone) -> None:
    page = alone.open("keep-dry", "/notifications")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.get_by_role("link", name="Call Marina Walk")).to_be_visible()
