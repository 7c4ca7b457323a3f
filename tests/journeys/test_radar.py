"""Three clients search in vain, the owner taps once, and the next one is understood."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.asked import ask
from tests.journeys.complaints import REFUSED
from tests.journeys.looks import ALL, LIGHT, Variant, new_page, scrolls_sideways, show, violations
from tests.journeys.screens import owner_sign_in
from tests.journeys.served import Served
from tests.journeys.steps import follow, press, staff_sign_in
from webapp.services import asking

WORDS = "infrared blanket"


@pytest.fixture(scope="module")
def owner(chromium: Browser, demo_clinic: Served) -> Iterator[Page]:
    """The owner's phone, after three clients looked for the same words in vain."""
    with demo_clinic.beside.app_context():
        ask(demo_clinic.beside.extensions["collaborators"], f"Can I use an {WORDS}?")
    page = new_page(chromium, LIGHT)
    staff_sign_in(page, demo_clinic, *owner_sign_in(demo_clinic))
    yield page
    page.context.close()


def understood(served: Served) -> list[str]:
    """What another process than the server finds in the words."""
    with served.beside.app_context():
        return asking.matcher(asking.newest_protocol()).activities_in(f"May I use an {WORDS}?")


@pytest.mark.parametrize("variant", ALL, ids=lambda variant: variant.name)
def test_the_radar_is_readable_for_everybody(
    owner: Page, demo_clinic: Served, variant: Variant
) -> None:
    show(owner, f"{demo_clinic.url}/staff/radar", variant)
    expect(owner.locator(".row", has_text=WORDS)).to_have_count(1)
    assert violations(owner) == []
    assert not scrolls_sideways(owner)


def test_one_tap_makes_a_synonym_and_one_takes_it_back(owner: Page, demo_clinic: Served) -> None:
    show(owner, f"{demo_clinic.url}/staff/settings", LIGHT)
    follow(owner, "What clients ask")
    row = owner.locator(".row", has_text=WORDS)
    expect(row).to_contain_text("3 times, by at least 3 people")
    assert understood(demo_clinic) == []
    row.get_by_role("button", name="Means: Great heat").click()
    expect(owner.get_by_role("status").first).to_contain_text(f"“{WORDS}” now means")
    assert understood(demo_clinic) == ["excess-heat"]
    press(owner, f"Remove: {WORDS}")
    expect(owner.get_by_text("Removed. Clients are answered as before.")).to_be_visible()
    assert understood(demo_clinic) == []


@pytest.mark.complains(REFUSED)
def test_what_cannot_be_a_synonym_is_said_where_it_was_typed(
    owner: Page, demo_clinic: Served
) -> None:
    show(owner, f"{demo_clinic.url}/staff/radar", LIGHT)
    owner.locator(".row", has_text=WORDS).get_by_role("link").click()
    owner.get_by_label("Word or phrase").fill("swimming")
    owner.get_by_label("It means", exact=True).select_option("sauna")
    press(owner, "Make it a synonym")
    expect(owner.get_by_role("alert")).to_contain_text("already answered about: Swimming")
    expect(owner.get_by_label("It means", exact=True)).to_have_value("sauna")
    assert violations(owner) == []
