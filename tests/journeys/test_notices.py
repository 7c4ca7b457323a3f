"""Reading what one was told, acknowledging it, telling in person, and releasing what is held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from tests import told
from tests.journeys import steps
from tests.journeys.looks import (
    ALL,
    DARK,
    DESK,
    LIGHT,
    RIGHT_TO_LEFT,
    Variant,
    new_page,
    phone_of,
    scrolls_sideways,
    show,
    violations,
)
from tests.journeys.screens import owner_sign_in
from tests.journeys.served import Served
from webapp.domain.notices import NoticeKind
from webapp.persistence.database import reading
from webapp.persistence.tables import Client, Course
from webapp.services.demo_personas import PERSONAS, Persona

WITHOUT_SCRIPTS = Variant("without-scripts", {"java_script_enabled": False})
DESK_LIGHT = Variant("desk", {"viewport": DESK})


def persona(key: str) -> Persona:
    return next(one for one in PERSONAS if one.key == key)


def problems_of(page: Page, address: str, variant: Variant) -> list[str]:
    show(page, address, variant)
    found = violations(page)
    return [*found, "scrolls sideways"] if scrolls_sideways(page) else found


def client_of(key: str) -> tuple[int, int]:
    """The ids of this client's account and newest course, inside an application context."""
    phone = persona(key).phone
    client_id, account_id = (
        reading().execute(select(Client.id, Client.account_id).where(Client.phone == phone)).one()
    )
    newest = select(func.max(Course.id)).where(Course.client_id == client_id)
    return account_id, reading().scalars(newest).one()


def beat(served: Served, **values: object) -> None:
    """The worker's sign of life, told beside the server."""
    with served.beside.app_context():
        told.beat(served.now().replace(microsecond=0), **values)


@pytest.fixture
def staff(chromium: Browser, demo_clinic: Served) -> Callable[[Variant], Page]:
    """Given the owner, signed in on a phone or at the desk."""

    def sign_in(variant: Variant) -> Page:
        page = new_page(chromium, variant)
        steps.staff_sign_in(page, demo_clinic, *owner_sign_in(demo_clinic))
        return page

    return sign_in


def test_a_client_reads_what_is_new_and_it_is_new_no_more(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, persona("hands-off"), LIGHT)
    page.goto(demo_clinic.url)
    expect(page.locator("#news")).to_contain_text("Your aftercare has begun")
    # When she opens the inbox, a script says that she has seen it.
    with page.expect_response("**/inbox/read"):
        page.get_by_role("link", name="Inbox, 1 unread").click()
    expect(page.locator("main")).to_contain_text("do not touch it")
    expect(page.locator(".count")).to_be_hidden()
    expect(page.get_by_role("link", name="Inbox", exact=True)).to_be_visible()
    # Then Today has nothing new any more.
    page.goto(demo_clinic.url)
    expect(page.locator("#news")).to_have_count(0)
    page.context.close()


def test_without_scripts_a_button_says_that_it_was_read(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, persona("water-only"), WITHOUT_SCRIPTS)
    page.goto(f"{demo_clinic.url}/inbox")
    steps.press(page, "Mark as read")
    page.wait_for_url("**/inbox")
    expect(page.locator(".count")).to_be_hidden()
    expect(page.locator("main")).not_to_contain_text("New ·")
    page.context.close()


def test_a_client_acknowledges_what_became_stricter(chromium: Browser, demo_clinic: Served) -> None:
    page = phone_of(chromium, demo_clinic, persona("extended"), LIGHT)
    page.goto(demo_clinic.url)
    alert = page.locator("a.changed")
    expect(alert).to_contain_text("Plan changed: please wait with washing your hair")
    # The line at the top leads to what exactly has changed.
    alert.click()
    expect(page.locator("#news .plain li").first).to_be_in_viewport()
    steps.press(page, "I have read this")
    # Then Today is as ever, and the inbox keeps it.
    expect(alert).to_have_count(0)
    page.goto(f"{demo_clinic.url}/inbox")
    expect(page.locator("main")).to_contain_text("Plan changed")
    expect(page.get_by_role("button", name="I have read this")).to_have_count(0)
    page.context.close()


def test_staff_tell_in_person_whom_no_push_reaches(
    demo_clinic: Served, staff: Callable[[Variant], Page]
) -> None:
    with demo_clinic.beside.app_context():
        account_id, course_id = client_of("settling")
        soon = demo_clinic.now().replace(microsecond=0) + timedelta(minutes=90)
        told.plan(account_id, NoticeKind.LIFT, soon, course_id=course_id, content=told.WATER)
    page = staff(LIGHT)
    row = page.locator("li.row", has_text="Push was never turned on").filter(has_text="Chloe")
    expect(row.get_by_role("link", name="Call Chloe Martin")).to_have_attribute(
        "href", "tel:+971501000006"
    )
    row.get_by_role("button", name="Chloe Martin was told in person").click()
    expect(page.get_by_role("status").first).to_contain_text("Chloe Martin was told in person")
    expect(row).to_have_count(0)
    page.context.close()


def test_the_owner_releases_what_is_held_with_the_password_again(
    demo_clinic: Served, staff: Callable[[Variant], Page]
) -> None:
    page = staff(LIGHT)
    email_and_password = owner_sign_in(demo_clinic)
    # Given a jump of the clock, and a password typed longer ago than it holds.
    demo_clinic.advance(minutes=11)
    beat(demo_clinic, held_at=demo_clinic.now().replace(microsecond=0), held_for="clock-jump")
    page.goto(f"{demo_clinic.url}/staff")
    steps.follow(page, "See what is wrong")
    steps.follow(page, "Release sending")
    page.get_by_label("Password").fill(email_and_password[1])
    steps.press(page, "Continue")
    expect(page.locator("main")).to_contain_text("The server’s clock shows")
    steps.press(page, "The clock is right, release")
    expect(page.get_by_role("status").first).to_contain_text("Released")
    page.context.close()


@pytest.mark.parametrize("variant", ALL, ids=lambda variant: variant.name)
def test_axe_finds_nothing_in_the_inbox_nor_in_what_is_new(
    chromium: Browser, demo_clinic: Served, variant: Variant
) -> None:
    with demo_clinic.beside.app_context():
        account_id, course_id = client_of("keep-dry")
        now = demo_clinic.now().replace(microsecond=0)
        waits = {"wash-shampoo": ["no", (now + timedelta(days=2)).isoformat(), None]}
        for kind, content in ((NoticeKind.STRICTER, {"activities": waits}), (NoticeKind.PHOTO, {})):
            told.tell(account_id, kind, now, course_id=course_id, content=content)
    page = phone_of(chromium, demo_clinic, persona("keep-dry"), variant)
    for path in ("/", "/inbox"):
        assert problems_of(page, demo_clinic.url + path, variant) == [], path
    page.context.close()


SENDING = "/staff/settings/sending"
LOOKS = [
    ("/staff", LIGHT),
    ("/staff", DESK_LIGHT),
    ("/staff/clients/4/notices", RIGHT_TO_LEFT),
    (SENDING, DARK),
    (f"{SENDING}/release", LIGHT),
]


@pytest.mark.parametrize(("path", "variant"), LOOKS)
def test_axe_finds_nothing_on_the_staffs_pages_of_notices(
    demo_clinic: Served, staff: Callable[[Variant], Page], path: str, variant: Variant
) -> None:
    with demo_clinic.beside.app_context():
        account_id, course_id = client_of("keep-dry")
        soon = demo_clinic.now().replace(microsecond=0) + timedelta(hours=1)
        told.plan(account_id, NoticeKind.LIFT, soon, course_id=course_id, content=told.WATER)
    beat(demo_clinic, held_at=demo_clinic.now().replace(microsecond=0), held_for="clock-jump")
    page = staff(variant)
    assert problems_of(page, demo_clinic.url + path, variant) == []
    page.context.close()
