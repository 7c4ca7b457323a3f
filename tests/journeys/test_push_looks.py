"""The sheet and the pages of push in each of their states: nothing for axe to find."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.complaints import REFUSED
from tests.journeys.looks import (
    DARK,
    LARGE_TEXT,
    LIGHT,
    NARROW_LIGHT,
    RIGHT_TO_LEFT,
    Variant,
    scrolls_sideways,
    show,
    violations,
)
from tests.journeys.pushing import Holder, pushing_phone
from tests.journeys.served import Served
from tests.journeys.steps import press

PAGES = (LIGHT, DARK, LARGE_TEXT, RIGHT_TO_LEFT)
SHEETS = (DARK, NARROW_LIGHT, LARGE_TEXT)
TURN_ON = "/notifications/turn-on"


def offered(page: Page) -> None:
    expect(page.get_by_role("button", name="Turn on")).to_be_visible()


def turned_on(page: Page) -> None:
    press(page, "Turn on")
    expect(page.get_by_text("This device is turned on")).to_be_visible()


def blocked(page: Page) -> None:
    expect(page.get_by_text("we do not ask again")).to_be_visible()


def on_an_iphone(page: Page) -> None:
    expect(page.get_by_text("Choose Add to Home Screen.")).to_be_visible()


STATES: dict[str, tuple[Holder, str, Callable[[Page], None]]] = {
    "offered": (Holder(), "", offered),
    "turned on": (Holder(), "", turned_on),
    "blocked": (Holder(permission="denied"), "", blocked),
    "on an iPhone": (
        Holder(),
        "Object.defineProperty(navigator, 'userAgent', {value: 'iPhone'})",
        on_an_iphone,
    ),
}


def problems_of(page: Page) -> list[str]:
    found = violations(page)
    return [*found, "scrolls sideways"] if scrolls_sideways(page) else found


@pytest.mark.parametrize("variant", [LIGHT, DARK], ids=lambda variant: variant.name)
@pytest.mark.parametrize("state", list(STATES))
def test_every_state_of_the_page_is_readable_for_everybody(
    chromium: Browser, demo_clinic: Served, state: str, variant: Variant
) -> None:
    holder, script, reach = STATES[state]
    page = pushing_phone(chromium, demo_clinic, holder, variant)
    page.add_init_script(script)
    show(page, demo_clinic.url + TURN_ON, variant)
    reach(page)
    assert problems_of(page) == []
    page.context.close()


@pytest.mark.parametrize("variant", PAGES, ids=lambda variant: variant.name)
def test_the_settings_and_a_test_are_readable_for_everybody(
    chromium: Browser, demo_clinic: Served, variant: Variant
) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder(), variant)
    page.goto(demo_clinic.url + TURN_ON)
    turned_on(page)
    show(page, f"{demo_clinic.url}/notifications", variant)
    expect(page.get_by_text("Turned on", exact=True)).to_be_visible()
    assert problems_of(page) == []
    page.get_by_role("button", name="Send a test").first.click()
    page.wait_for_url("**/notifications/tests/*")
    show(page, page.url, variant)
    assert problems_of(page) == []
    page.context.close()


@pytest.mark.parametrize("variant", SHEETS, ids=lambda variant: variant.name)
def test_the_sheet_over_today_is_readable_for_everybody(
    chromium: Browser, demo_clinic: Served, variant: Variant
) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder(), variant)
    show(page, demo_clinic.url, variant)
    page.locator(".tell-me a:visible").click()
    offered(page)
    sheet = page.get_by_role("dialog")
    assert problems_of(page) == []
    # Everything in it can be reached, however large the text is.
    sheet.get_by_role("link", name="Not now").scroll_into_view_if_needed()
    expect(sheet.get_by_role("link", name="Not now")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    page.context.close()


@pytest.mark.complains(REFUSED)
def test_a_form_that_was_refused_is_readable_for_everybody(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder())
    page.goto(f"{demo_clinic.url}/notifications")
    page.get_by_label("From").fill("22:00")
    page.get_by_label("Until").fill("22:00")
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Choose two different times")
    assert problems_of(page) == []
    page.context.close()
