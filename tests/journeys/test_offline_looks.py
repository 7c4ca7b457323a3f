"""What is shown without a network, and the offer of a new version: readable for everybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.complaints import NO_NETWORK
from tests.journeys.conftest import PATIENCE
from tests.journeys.looks import (
    ALL,
    LIGHT,
    RIGHT_TO_LEFT,
    ROTATING,
    Variant,
    scrolls_sideways,
    show,
    violations,
)
from tests.journeys.offline_phone import STAMP, phone_with_copy
from tests.journeys.served import Served
from tests.journeys.settling import let_it_settle
from tests.journeys.test_app_update import FETCH_NEW, OFFER, release

pytestmark = pytest.mark.complains(NO_NETWORK)
PAGES = ("/offline/no-copy", "/offline/signed-out", "/phone")
COPIES = ("/can-i", "/dates", "/something-is-wrong")
COPY_LOOKS = [("/", variant) for variant in ALL]
COPY_LOOKS += [
    (path, look) for place, path in enumerate(COPIES) for look in (LIGHT, ROTATING[place])
]
every_variant = pytest.mark.parametrize("variant", ALL, ids=lambda variant: variant.name)


@pytest.fixture(scope="module")
def phone(chromium: Browser, clinic: Served) -> Iterator[Page]:
    """Marta's, with a copy of now."""
    page = phone_with_copy(chromium, clinic, "keep-dry")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def alone(chromium: Browser, clinic: Served) -> Iterator[Page]:
    """The same without a network."""
    page = phone_with_copy(chromium, clinic, "keep-dry")
    page.context.set_offline(True)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def outdated(phone: Page, clinic: Served) -> Page:
    """The first one, for which a new version is there."""
    release(clinic, "Quiet Lake Clinic", "#7c3aed")
    phone.goto(clinic.url)
    phone.evaluate(FETCH_NEW, PATIENCE)
    return phone


def problems_of(page: Page, variant: Variant) -> list[str]:
    if variant is RIGHT_TO_LEFT:
        # A copy is as it was drawn, whatever stands behind its address.
        page.evaluate("document.documentElement.dir = 'rtl'")
    return [*violations(page), *["scrolls sideways"] * scrolls_sideways(page)]


@every_variant
@pytest.mark.parametrize("path", PAGES)
def test_what_is_there_for_the_time_without_a_network(
    phone: Page, clinic: Served, path: str, variant: Variant
) -> None:
    show(phone, clinic.url + path, variant)
    # What a script brings out makes the page longer.
    let_it_settle(phone)
    assert problems_of(phone, variant) == []


@pytest.mark.parametrize(("path", "variant"), COPY_LOOKS, ids=lambda one: getattr(one, "name", one))
def test_pages_of_the_copy(alone: Page, clinic: Served, path: str, variant: Variant) -> None:
    show(alone, clinic.url + path, variant)
    expect(alone.locator(STAMP)).to_be_visible()
    assert problems_of(alone, variant) == []


@every_variant
def test_the_offer_of_a_new_version(outdated: Page, clinic: Served, variant: Variant) -> None:
    show(outdated, clinic.url, variant)
    expect(outdated.get_by_text(OFFER)).to_be_visible()
    assert problems_of(outdated, variant) == []
