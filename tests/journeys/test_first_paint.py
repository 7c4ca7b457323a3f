"""A page is painted before anything is loaded that only improves it."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.journeys.looks import LIGHT, phone_of
from tests.journeys.served import Served
from tests.journeys.settling import let_it_settle
from webapp.services.demo_personas import PERSONAS

PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
MODULES = """performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes("/modules/"))
  .map(({ startTime }) => startTime)"""


def test_the_modules_of_a_page_are_asked_for_after_its_first_paint(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, PERSONAS[0], LIGHT)
    page.goto(demo_clinic.url)
    let_it_settle(page)
    began = page.evaluate(MODULES)
    assert len(began) >= 2
    assert min(began) >= page.evaluate(PAINTED)
    page.context.close()
