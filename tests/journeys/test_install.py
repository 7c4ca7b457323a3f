"""Keeping the app on the phone: offered late, dismissed easily, never inside the app itself."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, expect

from tests.journeys.conftest import BROWSERS, PHONE, QUIET
from tests.journeys.looks import DARK, LIGHT, Variant, phone_of, show, token_of, violations
from tests.journeys.served import Served
from tests.journeys.steps import press
from webapp.services.demo_personas import DUBAI, PERSONAS

KEEP_DRY = next(persona for persona in PERSONAS if persona.key == "keep-dry")
IPHONE = Variant("iphone", {"user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Safari/605"})
CARD = "section[data-pause]"


def again(page: Page, served: Served) -> None:
    """Another visit: a new opening of the app."""
    page.evaluate("sessionStorage.removeItem('visited')")
    page.goto(served.url)


def test_an_iphone_is_shown_how_from_the_second_visit_and_asked_twice_at_most(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, IPHONE)
    now = datetime.now(UTC)
    page.clock.set_fixed_time(now)
    page.goto(demo_clinic.url)
    page.wait_for_load_state("networkidle")
    expect(page.locator(CARD)).to_be_hidden()
    again(page, demo_clinic)
    expect(page.locator(CARD)).to_be_visible()
    expect(page.locator(CARD)).to_contain_text("Choose Add to Home Screen.")
    assert violations(page) == []
    press(page, "Not now")
    for days, is_shown in ((0, False), (2.99, False), (3, True)):
        page.clock.set_fixed_time(now + timedelta(days=days))
        again(page, demo_clinic)
        page.wait_for_load_state("networkidle")
        assert page.locator(CARD).is_visible() == is_shown, days
    press(page, "Not now")
    page.clock.set_fixed_time(now + timedelta(days=90))
    again(page, demo_clinic)
    page.wait_for_load_state("networkidle")
    expect(page.locator(CARD)).to_be_hidden()
    page.context.close()


def test_this_phone_is_readable_for_everybody(chromium: Browser, demo_clinic: Served) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, LIGHT)
    for variant in (LIGHT, DARK):
        show(page, f"{demo_clinic.url}/phone", variant)
        expect(page.get_by_text("choose Install app")).to_be_visible()
        expect(page.get_by_role("button", name="Keep it")).to_be_visible()
        assert violations(page) == []
    page.context.close()


def test_chromium_finds_nothing_missing_and_lets_our_card_ask(
    playwright: Playwright, demo_clinic: Served, tmp_path: Path
) -> None:
    path = next(filter(None, map(shutil.which, BROWSERS)))
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=path, args=list(QUIET), viewport=PHONE
    )
    token = token_of(demo_clinic, KEEP_DRY, DUBAI)
    context.add_cookies([{"name": "liftday", "value": token, "url": demo_clinic.url}])
    page = context.new_page()
    page.goto(demo_clinic.url)
    page.wait_for_load_state("networkidle")
    found = context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    assert found == {"installabilityErrors": []}
    expect(page.locator(CARD)).to_be_hidden()
    again(page, demo_clinic)
    expect(page.locator(CARD).get_by_role("button", name="Install")).to_be_visible()
    context.close()


def test_the_app_itself_offers_nothing(chromium: Browser, demo_clinic: Served) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, IPHONE)
    page.add_init_script("Object.defineProperty(navigator, 'standalone', {value: true})")
    page.goto(demo_clinic.url)
    again(page, demo_clinic)
    page.wait_for_load_state("networkidle")
    expect(page.locator(CARD)).to_be_hidden()
    page.goto(f"{demo_clinic.url}/phone")
    expect(page.get_by_text("Installed", exact=True)).to_be_visible()
    page.context.close()
