"""The pages of the second factor in every light, width and direction: nothing for axe to find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looks import ALL, LIGHT, new_page, scrolls_sideways, show, violations
from tests.journeys.served import Served
from tests.journeys.steps import press
from tests.journeys.test_second_factor import (
    add_passkey,
    arrive,
    code_now,
    give_device,
    named,
    set_app_up,
    sign_out,
    type_password,
)


def problems(page: Page, address: str, ready: str = "") -> dict[str, list[str]]:
    """What is wrong with a page in each variant; `ready` are words that a script brings."""
    found: dict[str, list[str]] = {}
    for variant in ALL:
        show(page, address, variant)
        if ready:
            expect(page.get_by_role("button", name=ready)).to_be_visible()
        sideways = ["scrolls sideways"] if scrolls_sideways(page) else []
        found |= {variant.name: wrong} if (wrong := violations(page) + sideways) else {}
    return found


@pytest.fixture
def artist(chromium: Browser, clinic: Served) -> Iterator[Page]:
    """The artist's phone, signed in with a password alone, with a device that keeps passkeys."""
    yield from signed_in(chromium, clinic, "artist")


@pytest.fixture
def owner(chromium: Browser, clinic: Served) -> Iterator[Page]:
    """The owner's phone, likewise."""
    yield from signed_in(chromium, clinic, "owner")


def signed_in(chromium: Browser, clinic: Served, who: str) -> Iterator[Page]:
    page = new_page(chromium, LIGHT)
    give_device(page)
    type_password(page, clinic, who)
    arrive(page)
    yield page
    page.context.close()


def test_the_way_to_a_second_factor(artist: Page, clinic: Served) -> None:
    security = f"{named(clinic)}/staff/security"
    assert problems(artist, f"{security}?why=needed") == {}
    assert problems(artist, f"{security}/app") == {}
    assert problems(artist, f"{security}/passkeys/new", "Add the passkey") == {}
    press(artist, "Add the passkey")
    expect(artist.get_by_role("button", name="Make ten codes")).to_be_visible()
    assert problems(artist, f"{security}/recovery") == {}
    press(artist, "Make ten codes")
    expect(artist.get_by_role("button", name="I have kept them")).to_be_visible()
    assert problems(artist, f"{security}/recovery") == {}
    press(artist, "I have kept them")
    expect(artist.locator("main")).to_contain_text("10 codes left")
    artist.goto(f"{security}/app")
    press(artist, "Show the QR code")
    expect(artist.locator(".code-value")).to_be_visible()
    assert problems(artist, f"{security}/app") == {}
    key = "".join(artist.locator(".code-value span").all_inner_texts())
    artist.get_by_role("textbox", name="Code").fill(code_now(clinic, key))
    press(artist, "Set up")
    expect(artist.locator("main")).to_contain_text("Your app is set up.")
    for path in ("", "/app", "/passkeys/1"):
        assert problems(artist, f"{security}{path}") == {}, path


def test_the_steps_that_ask_for_one(owner: Page, clinic: Served) -> None:
    add_passkey(owner, clinic)
    expect(owner.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    people = f"{named(clinic)}/staff/settings/people"
    assert problems(owner, people) == {}
    assert problems(owner, f"{people}/1") == {}
    set_app_up(owner, clinic)
    expect(owner.locator("main")).to_contain_text("Your app is set up.")
    assert problems(owner, f"{named(clinic)}/staff/prove", "Use a passkey") == {}
    sign_out(owner, clinic)
    entrance = f"{named(clinic)}/sign-in/staff"
    assert problems(owner, entrance, "Sign in with a passkey") == {}
    type_password(owner, clinic, "owner")
    expect(owner.get_by_role("heading", level=1)).to_have_text("One more step")
    assert problems(owner, f"{entrance}/second", "Use a passkey") == {}
    press(owner, "Continue")
    expect(owner.get_by_role("alert")).to_be_visible()
    assert violations(owner) == []
