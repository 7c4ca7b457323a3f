"""Real browsers for the journeys: Chromium as the machine has it, never a download of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

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
PHONE: ViewportSize = {"width": 390, "height": 844}
# Two browsers, two servers and the tests themselves may share two cores.
PATIENCE = 15_000

expect.set_options(timeout=PATIENCE)


def launch(playwright: Playwright) -> Browser:
    """Chromium, headless, talking to this machine only."""
    return playwright.chromium.launch(executable_path=path_of_chromium(), args=list(QUIET))


def path_of_chromium() -> str:
    """Where the machine has it."""
    return next(filter(None, map(shutil.which, BROWSERS)))


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
    """A fresh browser context that shares nothing with others; remembers what went wrong."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)


PhoneMaker = Callable[..., Phone]


@pytest.fixture
def new_phone(chromium: Browser) -> Iterator[PhoneMaker]:
    """Make phones; at the end none of them may have complained in its console."""
    phones: list[Phone] = []

    def make(**options: object) -> Phone:
        settings = {"viewport": PHONE, "locale": "en-GB", "timezone_id": "Asia/Dubai"} | options
        phones.append(Phone(chromium.new_context(**settings)))  # type: ignore[arg-type]
        count_fetches(phones[-1].context)
        return phones[-1]

    yield make
    complaints = [complaint for phone in phones for complaint in phone.complaints]
    for phone in phones:
        phone.context.close()
    assert complaints == []


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
