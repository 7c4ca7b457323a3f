"""What a journey asks of a phone, whichever browser it has."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

PATIENCE = 60.0
ZONE = "Asia/Dubai"
GLANCE = 0.05
T = TypeVar("T")


@dataclass(frozen=True)
class Shown:
    """A notification as its reader sees it."""

    title: str
    body: str


class PushPhone(Protocol):
    """A browser with a profile of its own that real pushes reach.

    All but `script` wait until they can be done. Words are what stands on a button, link or label.
    """

    def open(self, address: str) -> None:
        """Open an address in the page in front."""

    def open_another(self, address: str) -> None:
        """Open an address in one more page, in front of the others."""

    @property
    def address(self) -> str:
        """Where the page in front is; the others below act on that page too."""

    def press(self, words: str) -> None: ...

    def fill(self, label: str, words: str) -> None: ...

    def text(self, css: str) -> str:
        """The words in the first element of that kind, once there is one."""

    def script(self, source: str, *given: object) -> Any:
        """What the body of an async function returns; its arguments are `given[0]` and on."""

    def notifications(self) -> list[Shown]:
        """What is on the screen now, the oldest first."""

    def tap(self, title: str) -> None:
        """Tap a notification, once it is there; what comes of it may come a moment later."""

    def add_cookie(self, name: str, value: str, address: str) -> None:
        """As if the site at this address had set it, for scripts to see or not as it likes."""

    def permit(self, address: str, is_granted: bool) -> None:
        """Allow or deny a site to notify; at first all may."""

    def close_pages(self) -> None:
        """Close every page of a site; the browser itself goes on running."""

    def wait_until(self, condition: Callable[[], T], what: str) -> T:
        """The first true answer of a condition; `what` is said if there never is one."""

    def tidy(self) -> None:
        """Be a fresh phone again: no page, no data, no worker, no notification."""


def until(condition: Callable[[], T], what: str, pause: Callable[[], None] | None = None) -> T:
    """Ask again and again for something that another process does."""
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, f"never seen: {what}"
        (pause or _glance)()
    return found


def _glance() -> None:
    time.sleep(GLANCE)
