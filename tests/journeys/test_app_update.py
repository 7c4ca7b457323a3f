"""A new version of the app waits until it is wanted, and takes nothing from the one at work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from tests.journeys.complaints import NO_NETWORK
from tests.journeys.conftest import PATIENCE
from tests.journeys.offline_phone import (
    STAMP,
    cold,
    phone_with_copy,
    wait_for_words,
    without_network,
)
from tests.journeys.served import Served
from webapp.persistence.database import writing
from webapp.persistence.tables import Clinic

pytestmark = pytest.mark.complains(NO_NETWORK)
OFFER = "There is a new version of this app."
# Ask for a new worker; until it is there and waits.
FETCH_NEW = """async (patience) => {
  const registration = await navigator.serviceWorker.ready;
  await registration.update();
  for (const began = performance.now(); performance.now() - began < patience; ) {
    if (registration.waiting) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("no new worker came");
}"""
IS_WAITING = "async () => Boolean((await navigator.serviceWorker.ready).waiting)"
HELD = """async (paths) =>
  (await Promise.all(paths.map((path) => caches.match(path)))).every(Boolean)"""
DRESSED_IN = "[...document.styleSheets].map(({ href }) => new URL(href).pathname)"
# Until nothing is kept but what pages wear now.
TIDY = """async (patience) => {
  const listed = await (await fetch("/offline/shell.json")).json();
  const isOver = ({ pathname }) => !listed.includes(pathname) && !pathname.startsWith("/offline/");
  for (const began = performance.now(); performance.now() - began < patience; ) {
    const held = await (await caches.open("shell")).keys();
    if (!held.map(({ url }) => new URL(url)).some(isOver)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("something old is kept");
}"""


@pytest.fixture
def page(chromium: Browser, clinic: Served) -> Iterator[Page]:
    page = phone_with_copy(chromium, clinic, "keep-dry")
    yield page
    page.context.close()


def release(clinic: Served, name: str, colour: str) -> None:
    """The worker says the clinic's name, and pages wear its colour: both are new."""
    with clinic.beside.app_context(), writing() as writer:
        new = {"name": name, "accent_colour": colour, "version": Clinic.version + 1}
        writer.execute(update(Clinic).values(**new))


def take(page: Page) -> None:
    """A tap on the offer."""
    expect(page.get_by_text(OFFER)).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Update").click()
    expect(page.locator(".answer-state")).to_be_visible()
    assert not page.evaluate(IS_WAITING)


def test_a_new_version_is_offered_and_comes_with_a_tap(page: Page, clinic: Served) -> None:
    expect(page.get_by_text(OFFER)).to_have_count(0)
    release(clinic, "Quiet Lake Clinic", "#0f766e")
    page.evaluate(FETCH_NEW, PATIENCE)
    assert page.evaluate(IS_WAITING)
    take(page)
    with without_network(page):
        expect(cold(page, clinic).locator(STAMP)).to_be_visible()


def test_one_that_came_before_the_network_went_is_offered_on_return(
    page: Page, clinic: Served
) -> None:
    old = page.evaluate(DRESSED_IN)
    release(clinic, "Still Lake Clinic", "#7c3aed")
    page.evaluate(FETCH_NEW, PATIENCE)
    with without_network(page):
        page.goto(clinic.url)
        expect(page.locator(STAMP)).to_be_visible()
        expect(page.get_by_text(OFFER)).to_be_visible()
        assert page.evaluate(IS_WAITING)
    page.goto(clinic.url)
    take(page)
    new = page.evaluate(DRESSED_IN)
    wait_for_words(page, new[-1])
    page.evaluate(TIDY, PATIENCE)
    with without_network(page):
        page = cold(page, clinic)
        expect(page.locator(STAMP)).to_be_visible()
        assert page.evaluate(DRESSED_IN) == new != old


def test_one_that_takes_over_without_a_network_leaves_the_copy_what_it_wears(
    page: Page, clinic: Served
) -> None:
    old = page.evaluate(DRESSED_IN)
    release(clinic, "Far Lake Clinic", "#9a3412")
    page.evaluate(FETCH_NEW, PATIENCE)
    with without_network(page):
        # Nobody looks at the old version any more, so the new one is at work.
        page = cold(page, clinic)
        expect(page.locator(STAMP)).to_be_visible()
        assert not page.evaluate(IS_WAITING)
        assert page.evaluate(DRESSED_IN) == old
        # By itself, whatever the browser happens to remember.
        assert page.evaluate(HELD, old)
