"""What browsers complain of while they are driven: errors in their consoles, of pages and of
workers, and whatever the content security policy kept from happening.

Every page of every phone is heard. What a test provokes, it names: `@pytest.mark.complains(words)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError, Worker

# What a browser says of a request that found no network, or nobody at the other end.
NO_NETWORK, NOBODY_THERE = "net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_REFUSED"
# What it says where a test cuts the connection in the middle.
CUT = "net::ERR_CONNECTION_RESET"
# What a test calls a form that was refused, a place that is not there, a request that it broke off.
REFUSED, NOT_FOUND, BROKEN_OFF = "status of 422", "status of 404", "net::ERR_FAILED"
# What browsers say of their own doings: an animation between two pages that was not worth it.
NO_MATTER = ("ViewTransition opt-in disabled",)
BREACH = "Policy breach"
# A listener of its own: not every breach is an error in the console.
_HEAR_BREACHES = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`%s: ${event.effectiveDirective} of ${event.blockedURI}`));
"""


@dataclass
class Record:
    """What was heard in this process. `pages`: how many were heard; `open`: phones in use;
    `expected` and `unexpected`: how many complaints tests had named, and had not."""

    pages: int = 0
    expected: int = 0
    unexpected: int = 0
    heard: list[str] = field(default_factory=list)
    open: list[BrowserContext] = field(default_factory=list)

    def take(self) -> list[str]:
        """Whatever was heard since the last time."""
        for context in self.open:
            # An answer of the browser comes after all that it had to say before.
            context.cookies()
        heard, self.heard = self.heard, []
        return heard

    def judge(self, named: tuple[str, ...]) -> list[str]:
        """Whatever was heard since the last time and holds none of these words; counted."""
        heard = self.take()
        known = (*named, *NO_MATTER)
        found = [one for one in heard if not any(words in one for words in known)]
        self.expected += len(heard) - len(found)
        self.unexpected += len(found)
        return found


RECORD = Record()


def listen_to_all(browser: Browser) -> None:
    """Hear every phone that this browser makes."""
    browser.on("context", listen)


def listen(context: BrowserContext) -> None:
    """Hear every page of a phone, and its worker."""
    RECORD.open.append(context)
    context.on("close", _forget)
    context.on("page", _count)
    context.on("console", _hear)
    context.on("weberror", _hear_error)
    context.on("serviceworker", _hear_worker)
    context.add_init_script(_HEAR_BREACHES % BREACH)


def _forget(context: BrowserContext) -> None:
    RECORD.open.remove(context)


def _count(_page: Page) -> None:
    RECORD.pages += 1


def _hear_worker(worker: Worker) -> None:
    worker.on("console", _hear)


def _hear(message: ConsoleMessage) -> None:
    if message.type == "error":
        RECORD.heard.append(f"{message.text} ({message.location['url']})")


def _hear_error(error: WebError) -> None:
    RECORD.heard.append(f"{error.error} ({error.page.url if error.page else 'no page'})")
