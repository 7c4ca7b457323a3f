"""A browser with a profile of its own on disk: only such a one may keep the app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.journeys.complaints import listen
from tests.journeys.conftest import PHONE, QUIET, path_of_chromium
from tests.journeys.looks import token_of
from tests.journeys.served import Served
from webapp.services.demo_personas import DUBAI, Persona


@contextmanager
def browser_of(playwright: Playwright, folder: Path) -> Iterator[BrowserContext]:
    """Chromium as somebody has it on a phone, with tabs."""
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=path_of_chromium(), args=list(QUIET), viewport=PHONE
    )
    listen(context)
    yield context
    context.close()


@contextmanager
def window_of(playwright: Playwright, folder: Path, served: Served) -> Iterator[Page]:
    """The app in a real window of its own, as the Home Screen opens it: `display-mode` is
    standalone there by itself."""
    arguments = [*QUIET, f"--app={served.url}"]
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=path_of_chromium(), args=arguments, viewport=PHONE
    )
    listen(context)
    yield context.pages[0]
    context.close()


def sign_in(context: BrowserContext, served: Served, persona: Persona) -> None:
    """Give this browser a persona's login."""
    token = token_of(served, persona, DUBAI)
    context.add_cookies([{"name": "liftday", "value": token, "url": served.url}])
