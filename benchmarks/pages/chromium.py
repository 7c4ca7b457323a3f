"""A phone of its own: a Chromium process with a fresh profile, somebody signed in, and a port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.journeys.conftest import BROWSERS, QUIET
from tests.journeys.offline_phone import wait_for_copy
from webapp.services.demo_personas import DUBAI

START_SECONDS = 60
STOP_SECONDS = 20
KEEPING_MILLISECONDS = 90_000


@dataclass(frozen=True)
class Phone:
    """A running Chromium; `port` is where others drive it."""

    port: int
    playwright: Playwright

    @contextmanager
    def context(self) -> Iterator[BrowserContext]:
        """Its one context, which is no private one: whatever is kept stays until it ends."""
        browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{self.port}")
        try:
            yield browser.contexts[0]
        finally:
            browser.close()

    def sign_in(self, address: str, token: str) -> None:
        """Let the phone be signed in at this address."""
        cookie: Any = {"name": "liftday", "value": token, "url": address, "httpOnly": True}
        with self.context() as context:
            context.add_cookies([cookie])

    def visit(self, addresses: Iterable[str]) -> None:
        """Open each once: a server that has served before is not measured at its first page."""
        with self.context() as context:
            for address in addresses:
                page = context.new_page()
                page.goto(address)
                page.close()


@contextmanager
def phone(playwright: Playwright) -> Iterator[Phone]:
    """Start one in Dubai, where the demo clinic is; end it afterwards."""
    with ExitStack() as stack:
        profile = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        path = next(filter(None, map(shutil.which, BROWSERS)))
        options = ("--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank")
        process = subprocess.Popen(
            [path, *QUIET, *options], env=os.environ | {"TZ": DUBAI}, stderr=subprocess.DEVNULL
        )
        stack.callback(_end, process)
        yield Phone(_port_of(process, profile / "DevToolsActivePort"), playwright)


def wait_until_kept(page: Page) -> None:
    """Until the phone has this page's copy, however busy the machine is."""
    wait_for_copy(page, KEEPING_MILLISECONDS)


def _port_of(process: subprocess.Popen[bytes], told: Path) -> int:
    for _attempt in range(START_SECONDS * 10):
        assert process.poll() is None, "Chromium ended at its start"
        lines = told.read_text(encoding="ascii").split() if told.exists() else []
        if lines:
            return int(lines[0])
        time.sleep(0.1)
    raise AssertionError("Chromium did not start")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=STOP_SECONDS)
