"""The number on the app's icon: what is unread, as the server counted it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from tests.journeys import steps
from tests.journeys.complaints import NO_NETWORK
from tests.journeys.conftest import PATIENCE
from tests.journeys.looks import LIGHT, phone_of
from tests.journeys.offline_phone import wait_for_copy
from tests.journeys.own_modules import call, refresh
from tests.journeys.served import Served
from webapp.persistence.database import writing
from webapp.persistence.tables import Notice
from webapp.services.demo_personas import PERSONAS

TOLD = next(persona for persona in PERSONAS if persona.key == "keep-dry")
# What the page asked of the browser's badge, in order; no browser here has an icon to look at. A
# window keeps its name from page to page, and where all that is stored is cleared.
RECORD = """(() => {
  const note = (what) => {
    window.name = JSON.stringify([...JSON.parse(window.name || "[]"), what]);
    return Promise.resolve();
  };
  navigator.setAppBadge = note;
  navigator.clearAppBadge = () => note(0);
})()"""
BADGE = "JSON.parse(window.name || '[]').at(-1)"
UNREAD = "Number(document.querySelector('.top-inbox').dataset.unread)"


@pytest.fixture
def page(chromium: Browser, clinic: Served) -> Iterator[Page]:
    """A client's phone with everything in its inbox unread; badges are written down."""
    page = phone_of(chromium, clinic, TOLD, LIGHT)
    with clinic.beside.app_context(), writing() as writer:
        writer.execute(update(Notice).values(read_at=None))
    page.add_init_script(RECORD)
    yield page
    page.context.close()


def wait_for_badge(page: Page, count: int) -> None:
    page.wait_for_function(f"count => {BADGE} === count", arg=count, timeout=PATIENCE)


def test_opening_the_app_shows_how_much_is_unread(page: Page, clinic: Served) -> None:
    page.goto(clinic.url)
    unread = page.evaluate(UNREAD)
    assert unread > 0
    wait_for_badge(page, unread)


def test_reading_the_inbox_takes_the_number_away(page: Page, clinic: Served) -> None:
    page.goto(clinic.url)
    assert page.evaluate(UNREAD) > 0
    page.goto(f"{clinic.url}/inbox")
    wait_for_badge(page, 0)
    expect(page.locator(".top-inbox .count")).to_be_empty()
    # It stays away with the next page, which counts for itself.
    page.evaluate("window.name = ''")
    page.goto(clinic.url)
    wait_for_badge(page, 0)


def test_what_is_read_elsewhere_is_gone_here_when_the_page_looks_again(
    page: Page, clinic: Served
) -> None:
    page.goto(clinic.url)
    wait_for_badge(page, page.evaluate(UNREAD))
    other = page.context.new_page()
    other.goto(f"{clinic.url}/inbox")
    expect(other.locator(".top-inbox .count")).to_be_empty()
    assert refresh(page)
    wait_for_badge(page, 0)
    expect(page.locator(".top-inbox .count")).to_be_empty()


@pytest.mark.complains(NO_NETWORK)
def test_a_page_from_the_copy_leaves_the_number_as_it_is(page: Page, clinic: Served) -> None:
    page.goto(clinic.url)
    wait_for_badge(page, page.evaluate(UNREAD))
    wait_for_copy(page)
    page.context.set_offline(True)
    page.goto(clinic.url)
    expect(page.locator("[data-offline]")).to_be_visible()
    before = page.evaluate("JSON.parse(window.name).length")
    call(page, "lib/badge.js", "follow")
    assert page.evaluate("JSON.parse(window.name).length") == before


def test_signing_out_takes_the_number_away(page: Page, clinic: Served) -> None:
    page.goto(clinic.url)
    wait_for_badge(page, page.evaluate(UNREAD))
    page.goto(f"{clinic.url}/devices")
    steps.press(page, "Sign out on this device")
    page.wait_for_url("**/sign-in*")
    wait_for_badge(page, 0)
