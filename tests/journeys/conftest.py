"""Real browsers for the journeys: Chromium as the machine has it, never a download of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.journeys.complaints import RECORD, listen_to_all
from tests.journeys.served import Served, serve
from tests.journeys.settling import count_fetches

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
HERE = {"locale": "en-GB", "timezone_id": "Asia/Dubai"}
PHONE: ViewportSize = {"width": 390, "height": 844}
# Two browsers, two servers and the tests themselves may share two cores.
PATIENCE = 15_000

expect.set_options(timeout=PATIENCE)


def launch(playwright: Playwright, *more: str) -> Browser:
    """Chromium, headless, talking to this machine only; heard. `more`: flags of its own."""
    path = path_of_chromium()
    browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *more])
    listen_to_all(browser)
    return browser


def path_of_chromium() -> str:
    """Where the machine has it."""
    return next(filter(None, map(shutil.which, BROWSERS)))


@pytest.fixture(autouse=True)
def no_complaints(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a browser complains of fails the test in which it does, unless the test says so."""
    yield
    named = [words for mark in request.node.iter_markers("complains") for words in mark.args]
    assert RECORD.judge(tuple(named)) == []


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for all browsers of a process: a thread cannot have two."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


@dataclass
class Phone:
    """A fresh browser context that shares nothing with others."""

    context: BrowserContext

    def open(self, address: str) -> Page:
        page = self.context.new_page()
        page.goto(address)
        return page


PhoneMaker = Callable[..., Phone]


@pytest.fixture
def new_phone(chromium: Browser) -> Iterator[PhoneMaker]:
    """Make phones; they are gone at the end."""
    phones: list[Phone] = []

    def make(**options: object) -> Phone:
        settings = {"viewport": PHONE, "reduced_motion": "reduce"} | HERE | options
        phones.append(Phone(chromium.new_context(**settings)))  # type: ignore[arg-type]
        count_fetches(phones[-1].context)
        return phones[-1]

    yield make
    for phone in phones:
        phone.context.close()


@pytest.fixture(scope="module")
def empty_clinic(memory: Path) -> Iterator[Served]:
    """A server that nobody has set up yet."""
    served = serve(memory / "empty", is_demo=False)
    yield served
    served.stop()


@pytest.fixture(scope="module")
def clinic(memory: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """A demo clinic for the journeys of one file alone: they change it, or stop it."""
    served = serve(memory / request.module.__name__, is_demo=True)
    yield served
    served.stop()


@pytest.fixture(scope="session")
def demo_clinic(memory: Path) -> Iterator[Served]:
    """A server with the demo clinic, for everybody who changes nothing in it."""
    served = serve(memory / "demo", is_demo=True)
    yield served
    served.stop()


@pytest.fixture
def served(demo_clinic: Served) -> Iterator[Served]:
    """The demo clinic for a test that moves its clock; back at its own time afterwards."""
    yield demo_clinic
    demo_clinic.advance(seconds=-demo_clinic.moved.total_seconds())
