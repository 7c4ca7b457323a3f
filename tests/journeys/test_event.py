"""A holiday, from the client's question to the session that keeps it free."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.complaints import REFUSED
from tests.journeys.looks import (
    ALL,
    DARK,
    LIGHT,
    NARROW_LIGHT,
    Variant,
    new_page,
    phone_of,
    scrolls_sideways,
    show,
    violations,
)
from tests.journeys.screens import event_days, owner_sign_in
from tests.journeys.served import Served
from tests.journeys.test_notices import client_of, persona

WITHOUT_SCRIPTS = Variant("without-scripts", {"java_script_enabled": False})
CLIENT = "keep-dry"


def ask(page: Page, served: Served) -> None:
    """From Dates: a holiday that begins two days after the booked session 2."""
    page.goto(f"{served.url}/dates")
    steps.follow(page, "Plan around an event")
    first, last = (day.partition("=")[2] for day in event_days(served).split("&"))
    page.get_by_label("First day").fill(first)
    page.get_by_label("Last day").fill(last)
    steps.press(page, "Show")


def book_the_first_date(page: Page, served: Served) -> str:
    """Staff: the same days at the course, and the first date that keeps them free."""
    steps.staff_sign_in(page, served, *owner_sign_in(served))
    with served.beside.app_context():
        _account_id, course_id = client_of(CLIENT)
    page.goto(f"{served.url}/staff/courses/{course_id}")
    steps.follow(page, "Plan around an event")
    page.goto(f"{page.url}?{event_days(served)}")
    date = page.locator("main .row-link").first
    words = date.inner_text()
    date.click()
    steps.press(page, "Save")
    steps.press(page, "Save it so")
    page.wait_for_url("**/staff/courses/*")
    return words


def test_a_client_asks_for_a_holiday_and_staff_keep_it_free(
    chromium: Browser, clinic: Served
) -> None:
    phone = phone_of(chromium, clinic, persona(CLIENT), WITHOUT_SCRIPTS)
    # Given a session whose restrictions reach into the holiday, the client hears so.
    ask(phone, clinic)
    expect(phone.locator("#found")).to_contain_text("Session 2 reaches into these days")
    expect(phone.get_by_role("link", name="Call the clinic")).to_be_visible()
    # When staff book the first date that would keep it free,
    booked = book_the_first_date(new_page(chromium, LIGHT), clinic)
    # then nothing reaches into it any more, and the client's dates have the new one.
    phone.reload()
    expect(phone.locator("#found")).to_contain_text("takes anything away from these days")
    phone.goto(f"{clinic.url}/dates")
    expect(phone.locator(".timeline")).to_contain_text(booked)
    phone.context.close()


def problems_of(page: Page, address: str, variant: Variant) -> list[str]:
    show(page, address, variant)
    found = violations(page)
    return [*found, "scrolls sideways"] if scrolls_sideways(page) else found


@pytest.mark.complains(REFUSED)
def test_the_clients_page_has_nothing_for_axe_to_find(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, persona(CLIENT), LIGHT)
    asked = f"{demo_clinic.url}/dates/event?{event_days(demo_clinic)}"
    for variant in ALL:
        assert problems_of(page, asked, variant) == [], variant.name
    refused = f"{demo_clinic.url}/dates/event?from=soon&to="
    assert problems_of(page, refused, NARROW_LIGHT) == []
    page.context.close()


def test_the_desks_page_has_nothing_for_axe_to_find(chromium: Browser, demo_clinic: Served) -> None:
    page = new_page(chromium, LIGHT)
    steps.staff_sign_in(page, demo_clinic, *owner_sign_in(demo_clinic))
    with demo_clinic.beside.app_context():
        _account_id, course_id = client_of(CLIENT)
    address = f"{demo_clinic.url}/staff/courses/{course_id}/event"
    for variant in (DARK, NARROW_LIGHT):
        asked = f"{address}?{event_days(demo_clinic)}"
        assert problems_of(page, asked, variant) == [], variant.name
    page.context.close()
