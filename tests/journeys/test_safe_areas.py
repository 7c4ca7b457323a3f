"""Round corners, a notch and the line at the bottom of a phone cover nothing of ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.looks import LIGHT, new_page
from tests.journeys.pushing import Holder, pushing_phone
from tests.journeys.screens import owner_sign_in
from tests.journeys.served import Served

# Pixels from each edge that a phone with a notch keeps for itself, and its screen, as it is held.
UPRIGHT = {"top": 59, "left": 0, "bottom": 34, "right": 0, "width": 393, "height": 852}
LYING = {"top": 0, "left": 59, "bottom": 21, "right": 59, "width": 932, "height": 430}
CLIENT = ("/", "/can-i", "/dates", "/something-is-wrong", "/phone", "/sheet")
# What can be read or tapped, lies in the window, and reaches into what the phone keeps.
COVERED = """(edges) => {
  const end = document.documentElement.scrollHeight;
  const isAtEnd = Math.ceil(scrollY + innerHeight) >= end;
  const isRead = (one) => one.matches("button, input, .icon")
    || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const isCovered = (one, { left, right, top, bottom }) =>
    left < edges.left || right > edges.width - edges.right || (top < edges.top && scrollY === 0)
    || (bottom > innerHeight - edges.bottom && (one.closest(".bar") || isAtEnd));
  return [...document.querySelectorAll("body *:not(.unseen, .skip, .unseen *)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && isRead(one))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, at]) => at.width && at.bottom > 0 && at.top < innerHeight && isCovered(one, at))
    .map(([one, at]) => `${one.outerHTML.slice(0, 80)} at ${at.left}, ${at.top}`);
}"""


def held(page: Page, edges: dict[str, int]) -> None:
    """The phone held this way, with these edges kept."""
    page.set_viewport_size({"width": edges["width"], "height": edges["height"]})
    sides = ("top", "left", "bottom", "right")
    kept = {name + more: edges[name] for name in sides for more in ("", "Max")}
    page.context.new_cdp_session(page).send("Emulation.setSafeAreaInsetsOverride", {"insets": kept})


def covered(page: Page, edges: dict[str, int]) -> list[str]:
    """What is covered at the beginning of the page and at its end."""
    page.evaluate("scrollTo(0, 0)")
    found: list[str] = page.evaluate(COVERED, edges)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    return [*found, *page.evaluate(COVERED, edges)]


@pytest.fixture(scope="module")
def client(chromium: Browser, demo_clinic: Served) -> Iterator[Page]:
    page = pushing_phone(chromium, demo_clinic, Holder())
    yield page
    page.context.close()


@pytest.mark.parametrize("edges", [UPRIGHT, LYING], ids=["upright", "lying"])
def test_nothing_on_a_clients_page_is_covered(
    client: Page, demo_clinic: Served, edges: dict[str, int]
) -> None:
    held(client, edges)
    for address in CLIENT:
        client.goto(demo_clinic.url + address)
        assert covered(client, edges) == [], address


@pytest.mark.parametrize("edges", [UPRIGHT, LYING], ids=["upright", "lying"])
def test_nothing_in_a_sheet_is_covered(
    client: Page, demo_clinic: Served, edges: dict[str, int]
) -> None:
    held(client, edges)
    client.goto(demo_clinic.url)
    client.locator(".tell-me a:visible").click()
    sheet = client.get_by_role("dialog")
    last = sheet.get_by_text("Your browser asks you to confirm.")
    last.scroll_into_view_if_needed()
    sheet.evaluate("one => one.scrollTo(0, one.scrollHeight)")
    box = last.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= edges["height"] - edges["bottom"]
    assert edges["left"] <= box["x"] <= edges["width"] - edges["right"] - box["width"]
    client.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


@pytest.mark.parametrize("edges", [UPRIGHT, LYING], ids=["upright", "lying"])
def test_nothing_at_the_door_and_at_the_desk_is_covered(
    chromium: Browser, demo_clinic: Served, edges: dict[str, int]
) -> None:
    page = new_page(chromium, LIGHT)
    held(page, edges)
    page.goto(f"{demo_clinic.url}/sign-in")
    assert covered(page, edges) == []
    steps.staff_sign_in(page, demo_clinic, *owner_sign_in(demo_clinic))
    for address in ("/staff", "/staff/clients/4", "/staff/settings"):
        page.goto(demo_clinic.url + address)
        assert covered(page, edges) == [], address
    page.context.close()


def test_a_phone_that_kept_more_would_be_noticed(client: Page, demo_clinic: Served) -> None:
    held(client, UPRIGHT)
    client.goto(demo_clinic.url)
    assert covered(client, UPRIGHT | {"top": 300}) != []
    assert covered(client, UPRIGHT | {"bottom": 300}) != []
    assert covered(client, UPRIGHT | {"left": 100}) != []
