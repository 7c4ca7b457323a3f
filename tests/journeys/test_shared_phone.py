"""One phone, two clients: whoever signs out leaves nothing, with a network or without."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.journeys import steps
from tests.journeys.offline_phone import phone_with_copy, stored, visit, wait_for_copy
from tests.journeys.served import Served
from webapp.persistence.database import reading
from webapp.persistence.tables import LoginRecord
from webapp.services import demo

A, B = "keep-dry", "traveller"


def marks_of(page: Page) -> set[str]:
    """What stands on this client's pages and on nobody else's: their dates."""
    text = stored(page)
    return set(re.findall(r'datetime="([^"]+)"', text)) | set(
        re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text)
    )


def bytes_of(marks: set[str], page: Page) -> int:
    text = stored(page)
    return sum(len(mark) * text.count(mark) for mark in marks)


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


def test_after_a_signed_out_and_b_signed_in_nothing_of_a_is_left(
    chromium: Browser, clinic: Served
) -> None:
    page = phone_with_copy(chromium, clinic, A)
    of_a = marks_of(page)
    page.goto(f"{clinic.url}/devices")
    # A copy is on its way at that very moment.
    page.evaluate("navigator.serviceWorker.controller.postMessage('keep')")
    steps.press(page, "Sign out on this device")
    page.wait_for_url("**/sign-in*")
    assert page.evaluate("caches.has('copy')") is False
    enter(page, clinic, B)
    visit(page, clinic)
    of_b = marks_of(page)
    page.context.set_offline(True)
    page.goto(clinic.url)
    expect(page.locator("[data-offline]")).to_be_visible()
    left = bytes_of(of_a - of_b, page)
    print("bytes of A on B's phone:", left, "of", len(of_a - of_b), "marks")
    assert (left, len(of_a - of_b) > 5) == (0, True)
    page.context.close()


def test_signing_out_without_a_server_wipes_at_once_and_is_told_before_anything_else(
    chromium: Browser, clinic: Served
) -> None:
    page = phone_with_copy(chromium, clinic, A)
    of_a = marks_of(page)
    before = live_logins(clinic)
    page.goto(f"{clinic.url}/devices")
    clinic.stop()
    steps.press(page, "Sign out on this device")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
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


def test_who_enters_over_somebody_else_finds_nothing_of_them(
    chromium: Browser, clinic: Served
) -> None:
    page = phone_with_copy(chromium, clinic, A)
    of_a = marks_of(page)
    page.context.clear_cookies()
    page.goto("about:blank")
    enter(page, clinic, B)
    wait_for_copy(page)
    of_b = marks_of(page)
    assert bytes_of(of_a - of_b, page) == 0
    page.context.close()
