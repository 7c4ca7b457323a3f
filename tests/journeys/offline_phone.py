"""A client's phone that has its pages with it, and a server that may be away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page

from tests.journeys.conftest import PATIENCE
from tests.journeys.looks import LIGHT, Variant, phone_of
from tests.journeys.served import Served
from webapp.services.demo_personas import PERSONAS

COPY, ALONE = "/offline.json", "/offline/signed-out"
# Until the worker has kept these addresses; the second comes with all that pages are dressed in.
KEPT = """async ([wanted, patience]) => {
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
# Until the copy holds these words.
COPIED = """async ([words, patience]) => {
  for (const began = performance.now(); performance.now() - began < patience; ) {
    const held = await caches.match("/offline.json");
    if (held && (await held.text()).includes(words)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the copy never said ${words}`);
}"""
AGE = """async (span) => {
  const cache = await caches.open("copy");
  const held = await cache.match("/offline.json");
  const headers = new Headers(held.headers);
  headers.set("X-Kept-At", Number(headers.get("X-Kept-At")) - span);
  await cache.put("/offline.json", new Response(await held.text(), { headers }));
}"""
# What a script of ours might keep: a record in a database of the browser, and a file in it.
KEEP = """([name, words]) => new Promise((resolve, reject) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("notes");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const transaction = request.result.transaction("notes", "readwrite");
    const note = { words, file: new Blob([`in a file: ${words}`]) };
    transaction.objectStore("notes").put(note, words);
    transaction.oncomplete = () => resolve(request.result.close());
  };
})"""
# What stands on each page that comes from the copy.
STAMP = "[data-offline]"
# Everything that a phone stores for us, as one text.
STORED = """async () => {
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      texts.push(request.url, await (await cache.match(request)).text());
    }
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const held = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([held.getAllKeys(), held.getAll()].map(answer));
      texts.push(name, store, JSON.stringify(keys), JSON.stringify(values));
      const parts = values.flatMap((value) => Object.values(value ?? {}));
      const files = parts.filter((part) => part instanceof Blob);
      texts.push(...(await Promise.all(files.map((file) => file.text()))));
    }
    database.close();
  }
  texts.push(document.documentElement.outerHTML);
  return texts.join("\\n");
}"""


def phone_with_copy(browser: Browser, served: Served, key: str, variant: Variant = LIGHT) -> Page:
    """A demo client's phone after one visit."""
    persona = next(persona for persona in PERSONAS if persona.key == key)
    page = phone_of(browser, served, persona, variant)
    visit(page, served)
    return page


def visit(page: Page, served: Served) -> None:
    """Open Today, and wait until the phone has a copy of now."""
    if page.url.startswith(served.url):
        page.evaluate("caches.delete('copy')")
    page.goto(served.url)
    wait_for_copy(page)


def wait_for_copy(page: Page, patience: int = PATIENCE) -> None:
    """Wait until this page has everything for the time without a network (milliseconds)."""
    page.evaluate(KEPT, [[COPY, ALONE], patience])


def stored(page: Page) -> str:
    """Everything of ours that is on this phone."""
    found: str = page.evaluate(STORED)
    return found


def keep_in_database(page: Page, name: str, words: str) -> None:
    """Leave these words in a database of this browser."""
    page.evaluate(KEEP, [name, words])


def wait_for_words(page: Page, words: str) -> None:
    """Wait until the copy says this somewhere."""
    page.evaluate(COPIED, [words, PATIENCE])


def age(page: Page, span: timedelta) -> None:
    """So much time passes on this phone."""
    page.evaluate(AGE, span / timedelta(milliseconds=1))


def cold(page: Page, served: Served, path: str = "/") -> Page:
    """The app is opened anew, in a fresh window of the same phone."""
    context = page.context
    page.close()
    fresh = context.new_page()
    fresh.goto(served.url + path)
    return fresh


@contextmanager
def without_network(page: Page) -> Iterator[None]:
    """The phone is where there is no network; then it is back."""
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


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
