"""One phone, two clients: whoever signs out leaves nothing, with a network or without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.journeys import steps
from tests.journeys.complaints import NO_NETWORK, NOBODY_THERE
from tests.journeys.conftest import PATIENCE
from tests.journeys.looks import LIGHT, new_page
from tests.journeys.marks import bytes_of, keep_number, marks_of, tell_who
from tests.journeys.offline_phone import (
    ALONE,
    KEPT,
    STAMP,
    cold,
    phone_with_copy,
    visit,
    wait_for_copy,
    without_network,
)
from tests.journeys.screens import owner_sign_in
from tests.journeys.served import Served
from webapp.persistence.database import reading
from webapp.persistence.tables import LoginRecord
from webapp.services import demo, logins

pytestmark = pytest.mark.complains(NO_NETWORK, NOBODY_THERE)
KEPT_PATHS = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const held = await Promise.all(caches_.map((cache) => cache.keys()));
  return held.flat().map(({ url }) => new URL(url).pathname);
}"""
# The scripts of the page that says who is signed out take databases away, a moment after it.
NO_DATABASE = "async () => !(await indexedDB.databases()).length"
A, B = "keep-dry", "traveller"


def enter(page: Page, served: Served, key: str) -> None:
    """Somebody signs in on this phone with a fresh code."""
    with served.beside.app_context():
        made = demo.persona_code(served.beside.extensions["collaborators"], key)
    steps.enter_code(page, served, made.code)
    page.wait_for_url(lambda url: "sign-in" not in url)
    if page.get_by_role("checkbox").count():
        steps.agree(page)


def live_logins(served: Served) -> int:
    with served.beside.app_context():
        found = list(
            reading().scalars(select(LoginRecord.id).where(LoginRecord.ended_at.is_(None)))
        )
        reading().rollback()
        return len(found)


def sign_out(page: Page) -> None:
    # A copy is on its way at that very moment.
    page.evaluate("navigator.serviceWorker.controller.postMessage('keep')")
    steps.press(page, "Sign out on this device")
    page.wait_for_url("**/sign-in*")


def sign_out_without_a_network(page: Page) -> None:
    with without_network(page):
        steps.press(page, "Sign out on this device")
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        page.wait_for_function(NO_DATABASE)


@pytest.mark.parametrize("leave", [sign_out, sign_out_without_a_network])
def test_after_a_signed_out_and_b_signed_in_nothing_of_a_is_left(
    chromium: Browser, clinic: Served, leave: Callable[[Page], None]
) -> None:
    page = phone_with_copy(chromium, clinic, A)
    dates, who = marks_of(page), tell_who(page, clinic, A) | keep_number(page, A)
    page.goto(f"{clinic.url}/devices")
    leave(page)
    assert bytes_of(who, page) == 0
    assert page.evaluate("caches.has('copy')") is False
    enter(page, clinic, B)
    visit(page, clinic)
    of_a = (dates - marks_of(page)) | who
    page.context.set_offline(True)
    page.goto(clinic.url)
    expect(page.locator("[data-offline]")).to_be_visible()
    left = bytes_of(of_a, page)
    print("bytes of A on B's phone:", left, "of", len(of_a), "marks")
    assert (left, len(of_a - who) > 5) == (0, True)
    page.context.close()


@pytest.mark.parametrize("leave", [sign_out, sign_out_without_a_network])
def test_another_window_of_the_phone_shows_nothing_of_a_either(
    chromium: Browser, clinic: Served, leave: Callable[[Page], None]
) -> None:
    page = phone_with_copy(chromium, clinic, A)
    of_a = marks_of(page) | tell_who(page, clinic, A)
    page.goto(clinic.url)
    other = page.context.new_page()
    other.goto(f"{clinic.url}/devices")
    leave(other)
    expect(page.locator(".answer-state")).to_have_count(0)
    assert bytes_of(of_a, page) == 0
    page.context.close()


def test_signing_out_without_a_server_wipes_at_once_and_is_told_before_anything_else(
    chromium: Browser, clinic: Served
) -> None:
    page = phone_with_copy(chromium, clinic, A)
    of_a = marks_of(page) | tell_who(page, clinic, A) | keep_number(page, A)
    before = live_logins(clinic)
    page.goto(f"{clinic.url}/devices")
    page.evaluate("localStorage.setItem('mine', 'something')")
    clinic.stop()
    steps.press(page, "Sign out on this device")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    # The page that says so is dressed, and its scripts take away what the worker cannot reach.
    page.wait_for_function("() => localStorage.length === 0")
    page.wait_for_function(NO_DATABASE)
    assert page.evaluate("document.styleSheets.length") > 0
    assert bytes_of(of_a, page) == 0
    for path in ("/", "/dates", "/something-is-wrong"):
        page.goto(clinic.url + path)
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    clinic.start()
    page.goto(clinic.url)
    page.wait_for_url("**/sign-in*")
    assert live_logins(clinic) == before - 1
    page.context.close()


def test_whoever_was_signed_out_from_elsewhere_loses_the_copy_with_the_next_page(
    chromium: Browser, clinic: Served
) -> None:
    page = phone_with_copy(chromium, clinic, A)
    page.context.clear_cookies()
    page.goto(clinic.url)
    page.wait_for_url("**/sign-in*")
    page.context.set_offline(True)
    page.goto(clinic.url)
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    page.context.close()


def test_whoever_is_signed_out_from_elsewhere_while_offline_loses_everything_on_return(
    chromium: Browser, clinic: Served
) -> None:
    page, tablet = (phone_with_copy(chromium, clinic, A) for _ in range(2))
    of_a = marks_of(page)
    with without_network(page):
        page = cold(page, clinic)
        expect(page.locator(STAMP)).to_be_visible()
        tablet.goto(f"{clinic.url}/devices")
        tablet.locator(f"form[action='/devices/{login_of(page, clinic)}/sign-out'] button").click()
        expect(tablet.get_by_text("That device is signed out.")).to_be_visible()
        expect(page.locator(STAMP)).to_be_visible()
    # Nobody touches the phone: the page asks by itself.
    page.wait_for_url("**/sign-in*")
    assert bytes_of(of_a, page) == 0
    page.context.set_offline(True)
    page.goto(clinic.url)
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    page.context.close()
    tablet.context.close()


def login_of(page: Page, served: Served) -> int:
    """Which of its holder's devices this phone is."""
    (cookie,) = (one for one in page.context.cookies() if one["name"] == "liftday")
    with served.beside.app_context():
        person = logins.find(served.beside.extensions["collaborators"], cookie["value"])
        assert person is not None
        return person.login_id


def test_of_the_desk_a_phone_keeps_nothing(chromium: Browser, demo_clinic: Served) -> None:
    page = new_page(chromium, LIGHT)
    steps.staff_sign_in(page, demo_clinic, *owner_sign_in(demo_clinic))
    page.evaluate(KEPT, [[ALONE], PATIENCE])
    for path in ("/staff/clients", "/staff/clients/4", "/staff/clients/4/as-client"):
        page.goto(demo_clinic.url + path)
    kept = page.evaluate(KEPT_PATHS)
    assert {path.split("/")[1] for path in kept} == {"assets", "icons", "offline"}
    page.context.close()


def test_who_enters_over_somebody_else_finds_nothing_of_them(
    chromium: Browser, clinic: Served
) -> None:
    page = phone_with_copy(chromium, clinic, A)
    dates, who = marks_of(page), tell_who(page, clinic, A)
    page.context.clear_cookies()
    page.goto("about:blank")
    enter(page, clinic, B)
    wait_for_copy(page)
    assert bytes_of((dates - marks_of(page)) | who, page) == 0
    page.context.close()
