"""`./dev bench axe`: every page and phase in every variant, and what axe finds in each.

Prints a JSON line a page and variant, then the sum; exits with 1 where anything was found.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys import steps
from tests.journeys.conftest import launch
from tests.journeys.looks import (
    ALL,
    Variant,
    new_page,
    phone_of,
    scrolls_sideways,
    show,
    violations,
)
from tests.journeys.screens import CLIENT_PAGES, PUBLIC_PAGES, STAFF_PAGES, owner_sign_in
from tests.journeys.served import Served, serve
from webapp.services.demo_personas import PERSONAS


def main() -> int:
    with ExitStack() as stack:
        served = serve(Path(stack.enter_context(tempfile.TemporaryDirectory())), is_demo=True)
        stack.callback(served.stop)
        browser = launch(stack.enter_context(sync_playwright()))
        stack.callback(browser.close)
        found = [_look(*each) for variant in ALL for each in _pages(browser, served, variant)]
    print(json.dumps({"name": "all", "value": sum(found), "unit": "violations"}))
    return int(sum(found) > 0)


def _look(page: Page, address: str, name: str, variant: Variant) -> int:
    show(page, address, variant)
    problems = violations(page) + ["scrolls sideways"] * scrolls_sideways(page)
    line = {"name": f"{name}/{variant.name}", "value": len(problems), "unit": "violations"}
    print(json.dumps(line | ({"found": problems} if problems else {})), flush=True)
    return len(problems)


def _pages(
    browser: Browser, served: Served, variant: Variant
) -> Iterator[tuple[Page, str, str, Variant]]:
    anybody = new_page(browser, variant)
    for name, address in PUBLIC_PAGES.items():
        yield anybody, served.url + address, name, variant
    for persona in PERSONAS:
        page = phone_of(browser, served, persona, variant)
        yield page, served.url, f"today-{persona.key}", variant
    for name, address in CLIENT_PAGES.items():
        yield page, served.url + address, name, variant
    steps.staff_sign_in(anybody, served, *owner_sign_in(served))
    for name, address in STAFF_PAGES.items():
        yield anybody, served.url + address, f"staff-{name}", variant


if __name__ == "__main__":
    sys.exit(main())
