"""Every photo page of the staff in every light, width and direction: nothing for axe to find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.journeys import photo_desk as at
from tests.journeys.conftest import launch
from tests.journeys.looks import ALL, LIGHT, Variant, scrolls_sideways, show, violations
from tests.journeys.served import Served
from tests.journeys.test_photos_at_the_chair import FAKE_CAMERA

PAGES = ("", "?zone=crown", "/new", "/camera", "/consents", "/ask", "/bin")
VARIANTS = pytest.mark.parametrize("variant", ALL, ids=lambda variant: variant.name)


@pytest.fixture(scope="module")
def page(playwright: Playwright, clinic: Served) -> Iterator[Page]:
    """The artist's phone, with a camera, when the demo's photos have been taken."""
    browser = launch(playwright, *FAKE_CAMERA)
    for key, count in (("keep-dry", 4), ("settling", 1)):
        client_id = at.client_of(clinic, key)
        at.until_stored(clinic, client_id, count)
    yield at.staff_phone(browser, clinic, LIGHT, permissions=["camera"])
    browser.close()


def address_of(clinic: Served, key: str) -> str:
    return f"{clinic.url}/staff/clients/{at.client_of(clinic, key)}/photos"


def problems_of(page: Page, address: str, variant: Variant) -> list[str]:
    show(page, address, variant)
    if "/camera" in address:
        expect(page.locator("[data-shutter]")).to_be_visible()
    found = violations(page)
    return [*found, "scrolls sideways"] if scrolls_sideways(page) else found


@VARIANTS
def test_the_photos_of_a_client_are_readable_for_everybody(
    page: Page, clinic: Served, variant: Variant
) -> None:
    address = address_of(clinic, "keep-dry")
    found = {route: problems_of(page, address + route, variant) for route in PAGES}
    assert {route: problems for route, problems in found.items() if problems} == {}


@VARIANTS
def test_one_photo_two_and_its_end_are_readable_for_everybody(
    page: Page, clinic: Served, variant: Variant
) -> None:
    page.goto(address_of(clinic, "keep-dry"))
    photo = clinic.url + str(page.locator(".thumb a").first.get_attribute("href"))
    page.goto(photo)
    pair = clinic.url + str(page.get_by_role("link", name="Compare").get_attribute("href"))
    found = {way: problems_of(page, way, variant) for way in (photo, pair, f"{photo}/delete")}
    assert {way: problems for way, problems in found.items() if problems} == {}


@VARIANTS
def test_an_empty_page_the_board_and_an_answer_are_readable_for_everybody(
    page: Page, clinic: Served, variant: Variant
) -> None:
    answer = f"{address_of(clinic, 'settling')}?request=1"
    ways = (address_of(clinic, "overdue"), f"{clinic.url}/staff", answer)
    found = {way: problems_of(page, way, variant) for way in ways}
    assert {way: problems for way, problems in found.items() if problems} == {}


@VARIANTS
def test_the_owners_pages_are_readable_for_everybody(
    chromium: Browser, clinic: Served, variant: Variant
) -> None:
    page = at.staff_phone(chromium, clinic, variant, "owner")
    photos = address_of(clinic, "keep-dry")
    erase = photos.replace("/photos", "/erase")
    ways = (f"{photos}/locked", f"{clinic.url}/staff/settings/photos", erase)
    found = {way: problems_of(page, way, variant) for way in ways}
    expect(page.get_by_label("Reason")).to_be_visible()
    page.context.close()
    assert {way: problems for way, problems in found.items() if problems} == {}


def test_the_shutter_is_at_the_thumb(page: Page, clinic: Served) -> None:
    show(page, f"{address_of(clinic, 'keep-dry')}/camera", LIGHT)
    expect(page.locator("[data-shutter]")).to_be_in_viewport(ratio=1)
    expect(page.locator(".camera-zones")).to_be_in_viewport(ratio=1)
