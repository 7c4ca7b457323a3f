"""This phone: what it says of installing, notifications, the copy and the storage is so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.keeping import IPHONE, KEEP_DRY
from tests.journeys.looks import (
    DARK,
    LARGE_TEXT,
    LIGHT,
    Variant,
    phone_of,
    scrolls_sideways,
    show,
    violations,
)
from tests.journeys.offline_phone import phone_with_copy
from tests.journeys.pushing import Holder, pushing_phone
from tests.journeys.served import Served
from tests.journeys.steps import press

NO_PUSH = "delete window.PushManager; delete window.Notification"
# What the browser says of its storage; a test has no other way to be refused.
STORAGE = """(() => {
  const said = %s;
  Object.defineProperty(navigator, "storage", { value: said });
})()"""
REFUSES = STORAGE % "{ persisted: async () => false, persist: async () => false }"
GRANTS = STORAGE % "{ persisted: async () => false, persist: async () => true }"
SILENT = STORAGE % "{}"


def notifications_of(page: Page, served: Served) -> str:
    """What the card says, once it has settled on one state."""
    page.goto(f"{served.url}/phone")
    card = page.locator("section.card", has_text="Notifications")
    expect(card.locator("[data-when=said]")).to_be_hidden()
    return card.inner_text()


@pytest.mark.parametrize(
    ("holder", "script", "words"),
    [
        (Holder(), "", ("Not asked yet", "Turn on")),
        (Holder(permission="granted"), "", ("Allowed, but not turned on", "Turn on")),
        (Holder(permission="denied"), "", ("Blocked", "Permissions, Notifications")),
        (Holder(), NO_PUSH, ("Not supported", "Your inbox holds every message")),
    ],
)
def test_it_says_how_notifications_stand_and_what_to_do(
    chromium: Browser, demo_clinic: Served, holder: Holder, script: str, words: tuple[str, str]
) -> None:
    page = pushing_phone(chromium, demo_clinic, holder)
    page.add_init_script(script)
    said = notifications_of(page, demo_clinic)
    assert [one for one in words if one not in said] == []
    assert violations(page) == []
    page.context.close()


def test_a_phone_that_is_told_says_so_with_scripts_and_without(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder())
    page.goto(f"{demo_clinic.url}/phone")
    page.get_by_role("link", name="Turn on").click()
    press(page, "Turn on")
    page.get_by_role("link", name="Done").click()
    assert "this phone is told" in notifications_of(page, demo_clinic)
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain = context.new_page()
    plain.goto(f"{demo_clinic.url}/phone")
    expect(plain.get_by_text("Turned on", exact=True).first).to_be_visible()
    for one in (page, plain):
        one.context.close()


def test_an_iphones_browser_says_that_only_the_app_is_told(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, IPHONE)
    assert "Only in the app" in notifications_of(page, demo_clinic)
    expect(page.get_by_text("Not installed")).to_be_visible()
    expect(page.get_by_text("Choose Add to Home Screen.")).to_be_visible()
    page.context.close()


def test_without_scripts_each_card_says_what_holds_then(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, Variant("", {"java_script_enabled": False}))
    page.goto(f"{demo_clinic.url}/phone")
    seen = page.locator("main").inner_text()
    for words in (
        "choose Install app",
        "Not turned on",
        "A copy needs a browser that runs scripts",
    ):
        assert words in seen
    for words in ("Blocked", "A copy is kept", "It may go", "Not asked yet"):
        assert words not in seen
    page.context.close()


def test_a_copy_says_as_of_when_it_is(chromium: Browser, demo_clinic: Served) -> None:
    page = phone_with_copy(chromium, demo_clinic, KEEP_DRY.key)
    told = page.evaluate("caches.match('/offline.json').then((held) => held.json())")
    page.goto(f"{demo_clinic.url}/phone")
    expect(page.get_by_text("A copy is kept")).to_be_visible()
    expect(page.get_by_text(told["as_of_words"])).to_be_visible()
    page.evaluate("caches.delete('copy')")
    page.reload()
    expect(page.get_by_text("Open Today once while there is a network")).to_be_visible()
    page.context.close()


def test_where_nothing_can_be_kept_the_sheet_can_be_printed(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, LIGHT)
    page.add_init_script("delete window.caches")
    page.goto(f"{demo_clinic.url}/phone")
    expect(page.get_by_text("This browser keeps no copy")).to_be_visible()
    page.get_by_role("link", name="Your aftercare on one page").click()
    page.wait_for_url("**/sheet")
    page.context.close()


def keeps_it(page: Page) -> None:
    press(page, "Keep it")
    expect(page.get_by_text("It stays")).to_be_visible()


def is_refused(page: Page) -> None:
    press(page, "Keep it")
    expect(page.get_by_text("This browser decides by itself.")).to_be_visible()


def is_told_nothing(page: Page) -> None:
    expect(page.get_by_text("This browser does not say")).to_be_visible()


@pytest.mark.parametrize(
    ("script", "ends"), [(GRANTS, keeps_it), (REFUSES, is_refused), (SILENT, is_told_nothing)]
)
def test_the_browsers_word_about_its_storage_is_passed_on(
    chromium: Browser, demo_clinic: Served, script: str, ends: Callable[[Page], None]
) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, LIGHT)
    page.add_init_script(script)
    page.goto(f"{demo_clinic.url}/phone")
    ends(page)
    expect(page.get_by_role("button", name="Keep it")).to_be_hidden()
    page.context.close()


def test_it_is_readable_for_everybody(chromium: Browser, demo_clinic: Served) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, LIGHT)
    for variant in (LIGHT, DARK, LARGE_TEXT):
        show(page, f"{demo_clinic.url}/phone", variant)
        expect(page.get_by_text("choose Install app")).to_be_visible()
        expect(page.get_by_role("button", name="Keep it")).to_be_visible()
        assert (violations(page), scrolls_sideways(page)) == ([], False), variant.name
    page.context.close()
