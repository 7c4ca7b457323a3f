"""How old the copy may be, and a phone whose clock is not the clinic's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.complaints import NO_NETWORK
from tests.journeys.offline_phone import (
    STAMP,
    age,
    cold,
    phone_with_copy,
    visit,
    without_network,
)
from tests.journeys.served import Served

pytestmark = pytest.mark.complains(NO_NETWORK)


@pytest.fixture
def phone(chromium: Browser, served: Served) -> Iterator[Page]:
    """Marta's, with a copy of now."""
    page = phone_with_copy(chromium, served, "keep-dry")
    yield page
    page.context.close()


def test_a_copy_older_than_two_weeks_asks_to_connect(phone: Page, served: Served) -> None:
    age(phone, timedelta(days=14))
    with without_network(phone):
        page = cold(phone, served)
        expect(page.get_by_role("heading", name="No connection")).to_be_visible()


@pytest.mark.parametrize(("minutes", "is_said"), [(4, False), (6, True), (-6, True)])
def test_a_wrong_clock_of_the_phone_is_said(
    phone: Page, served: Served, minutes: int, is_said: bool
) -> None:
    served.advance(minutes=-minutes)
    visit(phone, served)
    with without_network(phone):
        stamp = cold(phone, served).locator(STAMP)
        expect(stamp).to_be_visible()
        assert ("clock of this phone is wrong" in stamp.inner_text()) == is_said
