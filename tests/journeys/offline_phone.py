"""A client's phone that has its pages with it, and a server that may be away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Browser, Page

from tests.journeys.conftest import PATIENCE
from tests.journeys.looks import LIGHT, phone_of
from tests.journeys.served import Served
from webapp.services.demo_personas import PERSONAS

# Until the worker has answered for this page's copy, and has what pages are dressed in.
KEPT = """async (patience) => {
  const wanted = ["/offline.json", "/offline/signed-out"];
  const missing = async () => {
    const held = await Promise.all(wanted.map((url) => caches.match(url)));
    return wanted.filter((url, place) => !held[place]);
  };
  for (const began = performance.now(); performance.now() - began < patience; ) {
    if (!(await missing()).length) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { active, installing } = (await navigator.serviceWorker.getRegistration()) ?? {};
  throw new Error(`not kept: ${await missing()}; ${active?.state}, ${installing?.state}`);
}"""
# Everything that a phone stores for us, as one text.
STORED = """async () => {
  const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      texts.push(request.url, await (await cache.match(request)).text());
    }
  }
  texts.push(JSON.stringify(await indexedDB.databases()), document.documentElement.outerHTML);
  return texts.join("\\n");
}"""


def phone_with_copy(browser: Browser, served: Served, key: str) -> Page:
    """A demo client's phone after one visit."""
    persona = next(persona for persona in PERSONAS if persona.key == key)
    page = phone_of(browser, served, persona, LIGHT)
    visit(page, served)
    return page


def visit(page: Page, served: Served) -> None:
    """Open Today, and wait until the phone has a copy of now."""
    if page.url.startswith(served.url):
        page.evaluate("caches.delete('copy')")
    page.goto(served.url)
    wait_for_copy(page)


def wait_for_copy(page: Page) -> None:
    """Wait until this page has everything for the time without a network."""
    page.evaluate(KEPT, PATIENCE)


def stored(page: Page) -> str:
    """Everything of ours that is on this phone."""
    found: str = page.evaluate(STORED)
    return found


def switch_of(page: Page) -> datetime:
    """The instant at which the answer on Today turns."""
    return instant_of(page, ".answer-state time[datetime]")


def next_session(page: Page) -> datetime:
    """When the session on Today begins."""
    return instant_of(page, ".card:has(.label:text('Next session')) time[datetime]")


def instant_of(page: Page, place: str) -> datetime:
    told = page.locator(place).first.get_attribute("datetime")
    assert told is not None
    return datetime.fromisoformat(told).astimezone(UTC)


def errors_of(page: Page) -> list[str]:
    """What the page says is wrong, from now on; a refused connection is none."""
    heard: list[str] = []

    def hear(message: Any) -> None:
        if message.type == "error" and "net::ERR" not in message.text:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
