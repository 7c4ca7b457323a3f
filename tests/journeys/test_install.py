"""Keeping the app on the phone: offered late, dismissed easily, never inside the app itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.complaints import REFUSED
from tests.journeys.keeping import CARD, IPHONE, KEEP_DRY, again, code_for
from tests.journeys.looks import new_page, phone_of, violations
from tests.journeys.own_modules import refresh
from tests.journeys.served import Served
from tests.journeys.settling import let_it_settle
from tests.journeys.steps import enter_code, press, shown_code, type_code
from webapp.web.keeping import PAUSE_SPAN

IN_THE_APP = "Object.defineProperty(navigator, 'standalone', {value: true})"
A_MOMENT = timedelta(minutes=1)


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
    for later, is_shown in ((A_MOMENT, False), (PAUSE_SPAN - A_MOMENT, False), (PAUSE_SPAN, True)):
        page.clock.set_fixed_time(now + later)
        again(page, demo_clinic)
        page.wait_for_load_state("networkidle")
        assert page.locator(CARD).is_visible() == is_shown, later
    press(page, "Not now")
    page.clock.set_fixed_time(now + timedelta(days=90))
    again(page, demo_clinic)
    page.wait_for_load_state("networkidle")
    expect(page.locator(CARD)).to_be_hidden()
    page.context.close()


def test_whoever_typed_a_code_is_shown_how_at_once(chromium: Browser, demo_clinic: Served) -> None:
    phone_of(chromium, demo_clinic, KEEP_DRY, IPHONE).context.close()
    page = new_page(chromium, IPHONE)
    page.goto(f"{demo_clinic.url}/sign-in")
    # Nobody types a code before the script that notes it is there.
    let_it_settle(page)
    type_code(page, code_for(demo_clinic).code)
    page.wait_for_url(lambda url: "sign-in" not in url)
    expect(page.locator(CARD)).to_be_visible()
    page.context.close()


@pytest.mark.complains(REFUSED)
def test_whoever_came_by_a_link_sees_today_and_nothing_else(
    chromium: Browser, demo_clinic: Served
) -> None:
    phone_of(chromium, demo_clinic, KEEP_DRY, IPHONE).context.close()
    page = new_page(chromium, IPHONE)
    # A code that did not work was typed in this tab before.
    enter_code(page, demo_clinic, "AAAA2222")
    page.goto(demo_clinic.url + code_for(demo_clinic).path)
    press(page, "Continue")
    page.wait_for_url(demo_clinic.url + "/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(CARD)).to_be_hidden()
    page.context.close()


def test_an_iphone_gets_a_code_to_copy_and_then_the_two_steps(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, IPHONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(demo_clinic.url)
    again(page, demo_clinic)
    pictures = page.locator(CARD).locator("li:has(svg)")
    expect(pictures).to_have_text(["Tap Share in Safari.", "Choose Add to Home Screen."])
    press(page, "Make a code")
    press(page, "Copy the code")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == shown_code(page)
    expect(page.get_by_text("Choose Add to Home Screen.")).to_be_visible()
    # As they are done: first the code, then the way to where it is typed.
    order = page.locator(".code-value, .steps").evaluate_all("all => all.map(one => one.className)")
    assert order == ["code-value", "steps"]
    assert violations(page) == []
    press(page, "Revoke")
    page.context.close()


def test_a_page_that_looks_after_itself_keeps_the_card(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, IPHONE)
    page.goto(demo_clinic.url)
    again(page, demo_clinic)
    expect(page.locator(CARD)).to_be_visible()
    card = page.locator(CARD).element_handle()
    assert refresh(page)
    assert card is not None
    assert card.evaluate("card => card.isConnected") is False
    expect(page.locator(CARD)).to_be_visible()
    page.context.close()


def test_the_app_itself_offers_nothing(chromium: Browser, demo_clinic: Served) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, IPHONE)
    page.add_init_script(IN_THE_APP)
    page.goto(demo_clinic.url)
    again(page, demo_clinic)
    page.wait_for_load_state("networkidle")
    expect(page.locator(CARD)).to_be_hidden()
    page.goto(f"{demo_clinic.url}/phone")
    expect(page.get_by_text("Installed", exact=True)).to_be_visible()
    page.context.close()
