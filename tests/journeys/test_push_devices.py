"""From "tell me when I can wash" to a device that is told, and back: each way it can go."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from sqlalchemy import select, update

from tests.journeys.looks import LIGHT, Variant
from tests.journeys.pushing import (
    Holder,
    held_endpoint,
    move_to,
    notice_kinds,
    pushing_phone,
    questions,
    stored_endpoints,
)
from tests.journeys.served import NOBODY, Served
from tests.journeys.steps import press
from webapp.persistence.database import writing
from webapp.persistence.tables import Delivery, DeliveryNotice, Notice, PushSubscription

IPHONE = Variant(
    "iphone", {"user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Version/18.5 Safari/604.1"}
)
NEW_ADDRESS = f"https://{NOBODY}/new"
OFFER = "Tell me when I can wash"


def open_sheet(page: Page, served: Served) -> None:
    page.goto(served.url)
    page.get_by_role("link", name=OFFER).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def turned_on(chromium: Browser, served: Served) -> Page:
    """Given a phone that was turned on from Today."""
    page = pushing_phone(chromium, served, Holder())
    open_sheet(page, served)
    press(page, "Turn on")
    expect(page.get_by_text("This device is turned on")).to_be_visible()
    return page


def test_a_client_turns_it_on_beside_the_restriction(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder())
    open_sheet(page, demo_clinic)
    expect(page.get_by_role("dialog")).to_contain_text("A few short messages")
    # Our own sheet came first; nobody was asked by it.
    assert questions(page) == 0
    press(page, "Turn on")
    expect(page.get_by_text("This device is turned on")).to_be_visible()
    assert questions(page) == 1
    endpoint = held_endpoint(page)
    assert endpoint in stored_endpoints(demo_clinic)
    assert notice_kinds(demo_clinic, endpoint) == ["welcome"]
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="This phone will tell you")).to_be_visible()
    page.context.close()


def test_whoever_says_no_is_never_asked_again(chromium: Browser, demo_clinic: Served) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder(answer="denied"))
    open_sheet(page, demo_clinic)
    press(page, "Turn on")
    expect(page.get_by_text("we do not ask again")).to_be_visible()
    expect(page.get_by_text("iPhone: Settings, Notifications")).to_be_visible()
    page.get_by_role("link", name="Close").click()
    page.goto(f"{demo_clinic.url}/notifications/turn-on")
    expect(page.get_by_text("we do not ask again")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on")).to_be_hidden()
    page.goto(demo_clinic.url)
    expect(page.get_by_role("link", name=OFFER)).to_be_hidden()
    assert questions(page) == 1
    page.context.close()


@pytest.mark.parametrize("place", ["/notifications/turn-on", "/notifications", "/phone"])
def test_whoever_said_no_is_led_to_the_inbox_and_to_a_calendar(
    chromium: Browser, demo_clinic: Served, place: str
) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder(permission="denied"))
    page.goto(demo_clinic.url + place)
    ways = page.locator("[data-when=denied]")
    expect(ways.get_by_role("link", name="Inbox")).to_be_visible()
    ways.get_by_role("link", name="Dates in your own calendar").click()
    expect(page.get_by_role("button", name="Make the address")).to_be_visible()
    page.context.close()


def test_whoever_waves_the_question_away_may_tap_again(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder(answer="default"))
    open_sheet(page, demo_clinic)
    press(page, "Turn on")
    expect(page.get_by_role("button", name="Turn on")).to_be_visible()
    assert held_endpoint(page) is None
    page.get_by_role("link", name="Not now").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.context.close()


def test_where_push_does_not_exist_nothing_is_offered(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder())
    page.add_init_script("delete window.PushManager")
    page.goto(demo_clinic.url)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("link", name=OFFER)).to_be_hidden()
    page.goto(f"{demo_clinic.url}/notifications")
    expect(page.get_by_text("This browser cannot receive messages.")).to_be_visible()
    expect(page.get_by_role("link", name="Turn on")).to_be_hidden()
    page.context.close()


def test_an_iphone_outside_the_home_screen_is_told_how_to_get_there(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder(), IPHONE)
    page.add_init_script("delete window.PushManager; delete window.Notification")
    open_sheet(page, demo_clinic)
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("Choose Add to Home Screen.")).to_be_visible()
    expect(sheet.get_by_role("link", name="Make a code")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on")).to_be_hidden()
    assert questions(page) == 0
    page.context.close()


def test_a_test_is_answered_on_the_page_by_itself(chromium: Browser, demo_clinic: Served) -> None:
    page = turned_on(chromium, demo_clinic)
    page.get_by_role("link", name="Choose what and how").click()
    page.get_by_role("button", name="Send a test").first.click()
    expect(page.get_by_text("On its way")).to_be_visible()
    accept_newest(demo_clinic, held_endpoint(page))
    # The page looks again by itself.
    expect(page.get_by_text("Accepted", exact=True)).to_be_visible()
    expect(page.locator("#proof")).to_contain_text("only the device knows")
    page.context.close()


def accept_newest(served: Served, endpoint: str | None) -> None:
    """What the worker writes down once the push service has taken the newest test."""
    now = served.now()
    with served.beside.app_context(), writing() as writer:
        row = writer.scalars(
            select(PushSubscription).where(PushSubscription.endpoint == endpoint)
        ).one()
        newest = writer.scalars(select(Notice.id).order_by(Notice.id.desc())).first()
        made = Delivery(account_id=row.account_id, subscription_id=row.id, origin=row.origin)
        made.state, made.due_at, made.expires_at = "accepted", now, now
        made.created_at = made.settled_at = now
        writer.add(made)
        writer.flush()
        writer.add(DeliveryNotice(delivery_id=made.id, notice_id=newest))
        writer.execute(update(Notice).where(Notice.id == newest).values(state="told"))


def test_a_device_that_is_removed_falls_silent_in_its_browser_too(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = turned_on(chromium, demo_clinic)
    endpoint = held_endpoint(page)
    page.goto(f"{demo_clinic.url}/notifications")
    row = page.locator(".row", has_text="This device.")
    row.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Not turned on")).to_be_visible()
    assert endpoint not in stored_endpoints(demo_clinic)
    expect(page.get_by_text("That device is told no more.")).to_be_visible()
    page.wait_for_function("() => !JSON.parse(localStorage.getItem('pretended-subscription'))")
    page.context.close()


def test_an_opening_compares_once_and_mends_what_changed(
    chromium: Browser, demo_clinic: Served
) -> None:
    first = turned_on(chromium, demo_clinic)
    moved = held_endpoint(first)
    move_to(first, NEW_ADDRESS)
    page = first.context.new_page()
    compared = count_comparisons(page)
    for path in ("/", "/dates", "/"):
        page.goto(demo_clinic.url + path)
        page.wait_for_function("() => sessionStorage.getItem('compared')")
    assert len(compared) == 1
    assert moved not in stored_endpoints(demo_clinic)
    assert NEW_ADDRESS in stored_endpoints(demo_clinic)
    page.context.close()


def count_comparisons(page: Page) -> list[Request]:
    found: list[Request] = []
    page.on("request", lambda one: found.append(one) if "comparison" in one.url else None)
    return found


def test_a_key_that_changed_means_turn_on_again(chromium: Browser, demo_clinic: Served) -> None:
    page = turned_on(chromium, demo_clinic)
    old = held_endpoint(page)
    demo_clinic.beside.extensions["collaborators"].push_keys.rotate()
    page.goto(f"{demo_clinic.url}/notifications")
    row = page.locator(".row", has_text="This device.")
    expect(row).to_contain_text("our key has changed")
    page.get_by_role("link", name="Turn on").click()
    press(page, "Turn on")
    expect(page.get_by_text("This device is turned on")).to_be_visible()
    assert held_endpoint(page) != old
    assert held_endpoint(page) in stored_endpoints(demo_clinic)
    assert old not in stored_endpoints(demo_clinic)
    page.context.close()


@pytest.mark.parametrize("key", ["keep-dry", "water-only"])
def test_nothing_moves_when_the_offer_appears(
    chromium: Browser, demo_clinic: Served, key: str
) -> None:
    page = pushing_phone(chromium, demo_clinic, Holder(), LIGHT, key)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => "
        "window.moved += one.value)).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(demo_clinic.url)
    expect(page.locator(".tell-me a:visible")).to_have_count(1)
    assert page.evaluate("window.moved") == 0
    page.context.close()
