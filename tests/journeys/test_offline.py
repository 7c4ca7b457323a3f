"""Without a network the app tells the truth of the present instant, and says how old it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.offline_phone import (
    errors_of,
    next_session,
    phone_with_copy,
    switch_of,
    visit,
)
from tests.journeys.served import Served

STAMP = "[data-offline]"
SOON_SPAN = timedelta(seconds=8)


@pytest.fixture
def away(clinic: Served) -> Iterator[Served]:
    """The clinic, there again afterwards and at its own time."""
    yield clinic
    if clinic.process.poll() is not None:
        clinic.start()
    clinic.advance(seconds=-clinic.moved.total_seconds())


def cold(page: Page, served: Served, path: str = "/") -> Page:
    """The app is opened anew, in a fresh window of the same phone."""
    context = page.context
    page.close()
    fresh = context.new_page()
    fresh.goto(served.url + path)
    return fresh


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Not yet"),
        ("/can-i", "sauna"),
        ("/dates", "Session 1"),
        ("/something-is-wrong", "Call the clinic"),
    ],
)
def test_after_one_visit_a_cold_start_without_a_server_shows_the_page(
    chromium: Browser, away: Served, path: str, words: str
) -> None:
    page = phone_with_copy(chromium, away, "keep-dry")
    away.stop()
    page = cold(page, away, path)
    heard = errors_of(page)
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator(STAMP)).to_contain_text("dates may have changed")
    if path == "/something-is-wrong":
        expect(page.locator("a[href^='tel:']").first).to_be_visible()
    assert heard == []
    page.context.close()


def opened_shortly_before(instant: datetime, page: Page, served: Served) -> Page:
    """The server is away, time passes on the phone, and a few seconds before an instant the app is
    opened anew."""
    served.stop()
    age(page, instant - served.now() - SOON_SPAN)
    return cold(page, served)


def test_a_lift_that_passes_without_a_server_turns_the_answer(
    chromium: Browser, away: Served
) -> None:
    page = phone_with_copy(chromium, away, "keep-dry")
    page = opened_shortly_before(switch_of(page), page, away)
    expect(page.locator(".answer-state")).to_contain_text("Not yet")
    expect(page.locator(".answer-state")).to_contain_text("Water only")
    expect(page.locator(".phase-words")).to_contain_text("Water only")
    expect(page.locator(STAMP)).to_be_visible()
    page.context.close()


def test_a_session_that_begins_without_a_server_makes_every_answer_strict(
    chromium: Browser, away: Served
) -> None:
    page = phone_with_copy(chromium, away, "settling")
    page = opened_shortly_before(next_session(page), page, away)
    expect(page.locator(".answer-state")).not_to_contain_text("Not yet")
    expect(page.locator(".answer-state")).to_contain_text("Not yet")
    page = cold(page, away)
    expect(page.locator(".answer-state")).to_contain_text("Not yet")
    page.context.close()


def test_back_on_the_network_the_stamp_goes_and_what_was_changed_is_there(
    chromium: Browser, away: Served
) -> None:
    page = phone_with_copy(chromium, away, "water-only")
    page.context.set_offline(True)
    page = cold(page, away)
    expect(page.locator(STAMP)).to_be_visible()
    before = page.locator(".phase-words").inner_text()
    away.advance(days=2)
    page.context.set_offline(False)
    expect(page.locator(STAMP)).to_have_count(0)
    assert page.locator(".phase-words").inner_text() != before
    page.context.close()


def test_a_page_that_is_not_in_the_copy_says_so_and_whom_to_call(
    chromium: Browser, away: Served
) -> None:
    page = phone_with_copy(chromium, away, "keep-dry")
    page.context.set_offline(True)
    page.goto(f"{away.url}/notifications")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.get_by_role("link", name="Call Marina Walk")).to_be_visible()
    page.context.close()


def test_a_copy_older_than_two_weeks_asks_to_connect(chromium: Browser, away: Served) -> None:
    page = phone_with_copy(chromium, away, "keep-dry")
    age(page, timedelta(days=14))
    page.context.set_offline(True)
    page = cold(page, away)
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize(("minutes", "is_said"), [(4, False), (6, True), (-6, True)])
def test_a_wrong_clock_of_the_phone_is_said(
    chromium: Browser, away: Served, minutes: int, is_said: bool
) -> None:
    page = phone_with_copy(chromium, away, "keep-dry")
    away.advance(minutes=-minutes)
    visit(page, away)
    page.context.set_offline(True)
    page = cold(page, away)
    expect(page.locator(STAMP)).to_be_visible()
    assert ("clock of this phone is wrong" in page.locator(STAMP).inner_text()) == is_said
    page.context.close()


def age(page: Page, span: timedelta) -> None:
    """So much time passes on this phone."""
    page.evaluate(
        """async (span) => {
          const cache = await caches.open("copy");
          const held = await cache.match("/offline.json");
          const headers = new Headers(held.headers);
          headers.set("X-Kept-At", Number(headers.get("X-Kept-At")) - span);
          await cache.put("/offline.json", new Response(await held.text(), { headers }));
        }""",
        span / timedelta(milliseconds=1),
    )
