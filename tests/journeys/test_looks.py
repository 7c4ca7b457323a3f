"""Today in every phase: nothing for axe to find, and the truth above the fold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from tests.journeys.looks import (
    ALL,
    LIGHT,
    ROTATING,
    Variant,
    new_page,
    phone_of,
    scrolls_sideways,
    show,
    violations,
)
from tests.journeys.served import Served
from webapp.persistence.database import writing
from webapp.persistence.tables import Clinic
from webapp.services.demo_personas import PERSONAS, Persona

SMALL_PHONE = Variant("small", {"viewport": {"width": 390, "height": 660}})
ROTATED = [(persona, ROTATING[place % len(ROTATING)]) for place, persona in enumerate(PERSONAS)]


def name_of(each: Persona | Variant) -> str:
    return each.key if isinstance(each, Persona) else each.name


PhoneOf = Callable[[Persona], Page]


@pytest.fixture(scope="module")
def open_phone(chromium: Browser, demo_clinic: Served) -> Iterator[PhoneOf]:
    """One phone a persona, signed in once and looked at in every way."""
    phones: dict[str, Page] = {}

    def made(persona: Persona) -> Page:
        if persona.key not in phones:
            phones[persona.key] = phone_of(chromium, demo_clinic, persona, LIGHT)
        return phones[persona.key]

    yield made
    for page in phones.values():
        page.context.close()


def problems_of(page: Page, address: str, variant: Variant) -> list[str]:
    show(page, address, variant)
    found = violations(page)
    return [*found, "scrolls sideways"] if scrolls_sideways(page) else found


@pytest.mark.parametrize(("persona", "rotated"), ROTATED, ids=name_of)
def test_today_has_nothing_for_axe_to_find(
    open_phone: PhoneOf, demo_clinic: Served, persona: Persona, rotated: Variant
) -> None:
    page = open_phone(persona)
    for variant in (LIGHT, rotated):
        assert problems_of(page, demo_clinic.url, variant) == [], variant.name


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.key)
def test_what_matters_at_two_in_the_morning_needs_no_scrolling(
    open_phone: PhoneOf, demo_clinic: Served, persona: Persona
) -> None:
    page = open_phone(persona)
    show(page, demo_clinic.url, SMALL_PHONE)
    bar = page.locator("nav.bar").bounding_box()
    assert bar is not None
    for part in (".phase", ".answer", ".help-problem"):
        box = page.locator(part).first.bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= bar["y"], f"{part} ends below the bar"


def test_a_traveller_reads_both_clocks_named(chromium: Browser, demo_clinic: Served) -> None:
    traveller = next(persona for persona in PERSONAS if persona.key == "traveller")
    page = phone_of(chromium, demo_clinic, traveller, LIGHT, zone="")
    page.goto(demo_clinic.url)
    # The page reports the phone's zone by itself and then shows itself again.
    expect(page.locator("main")).to_contain_text("Dubai time")
    page.context.close()


def test_about_the_treatment_has_nothing_for_axe_to_find(chromium: Browser, clinic: Served) -> None:
    with clinic.beside.app_context(), writing() as writer:
        writer.execute(update(Clinic).values(offers="Touch-up in May\nA coffee with it"))
    stranger = new_page(chromium, LIGHT)
    for variant in ALL:
        assert problems_of(stranger, f"{clinic.url}/about-treatment", variant) == [], variant.name
        expect(stranger.locator("main")).to_contain_text("A coffee with it")
    stranger.context.close()


def test_without_scripts_about_the_treatment_is_read_from_sign_in(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = new_page(chromium, Variant("without-scripts", {"java_script_enabled": False}))
    page.goto(f"{demo_clinic.url}/sign-in")
    page.get_by_role("link", name="About the treatment").click()
    expect(page.get_by_role("heading", name="How long it lasts")).to_be_visible()
    page.context.close()
