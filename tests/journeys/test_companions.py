"""What goes along with a course: a sheet on one page, a card for others, a slip that is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from tests.journeys import steps
from tests.journeys.complaints import NOT_FOUND
from tests.journeys.conftest import PhoneMaker
from tests.journeys.looks import (
    DARK,
    LARGE_TEXT,
    LIGHT,
    NARROW_LIGHT,
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
from webapp.persistence.database import reading
from webapp.persistence.tables import Course
from webapp.services.demo_personas import PERSONAS

# A page of a PDF, and not the list of them.
PDF_PAGE = re.compile(rb"/Type\s*/Page(?!\w)")
SMALLEST_TEXT = 12  # CSS pixels: 9 points
PAGES = ("/sheet", "/hairdresser-card", "/slip")
# Longer than any clinic's: the name and address as long as the forms take them, every other word
# by a third, as in German.
LENGTHEN = """() => {
  document.querySelector(".clinic-name").textContent = "Haarpigmentierungsklinik ".repeat(5);
  document.querySelector(".sheet-foot dd").textContent = "Hauptbahnhofstraße 12, ".repeat(18);
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const longer = (word) => word + word.slice(0, Math.ceil(word.length / 3)).toLowerCase();
    text.data = text.data.replace(/[A-Za-z]{4,}/g, longer);
  }
}"""
# The sizes and colours of every text that is printed.
LOOKS = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.clientWidth > 1
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((one) => [parseFloat(getComputedStyle(one).fontSize), getComputedStyle(one).color])"""


@pytest.fixture(scope="module")
def desk(chromium: Browser, demo_clinic: Served) -> Iterator[Page]:
    """The owner's phone, signed in."""
    page = new_page(chromium, DARK)
    steps.staff_sign_in(page, demo_clinic, *owner_sign_in(demo_clinic))
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def marta(chromium: Browser, demo_clinic: Served) -> Iterator[Page]:
    """A client's phone on day 2."""
    persona = next(persona for persona in PERSONAS if persona.key == "keep-dry")
    page = phone_of(chromium, demo_clinic, persona, LIGHT)
    yield page
    page.context.close()


def pages_in(pdf: bytes) -> int:
    return len(PDF_PAGE.findall(pdf))


def newest_courses(served: Served) -> list[int]:
    with served.beside.app_context():
        newest = select(func.max(Course.id)).group_by(Course.client_id)
        return list(reading().scalars(newest))


def test_every_sheet_is_one_page_however_long_its_words(desk: Page, demo_clinic: Served) -> None:
    pages = {}
    for course_id in newest_courses(demo_clinic):
        desk.goto(f"{demo_clinic.url}/staff/courses/{course_id}/sheet")
        usual = pages_in(desk.pdf(format="A4"))
        desk.evaluate(LENGTHEN)
        pages[course_id] = (usual, pages_in(desk.pdf(format="A4")))
    assert len(pages) == len(PERSONAS)
    assert set(pages.values()) == {(1, 1)}


def test_two_sheets_of_paper_would_be_noticed(desk: Page) -> None:
    desk.evaluate("document.body.append(document.querySelector('main').cloneNode(true))")
    assert pages_in(desk.pdf(format="A4")) > 1


def test_it_is_printed_black_and_readable_from_a_dark_screen(
    desk: Page, demo_clinic: Served
) -> None:
    desk.goto(f"{demo_clinic.url}/staff/courses/{newest_courses(demo_clinic)[3]}/sheet")
    assert (violations(desk), scrolls_sideways(desk)) == ([], False)
    desk.emulate_media(media="print", color_scheme="dark")
    looks = desk.evaluate(LOOKS)
    assert len(looks) > 30
    assert min(size for size, _colour in looks) >= SMALLEST_TEXT
    assert {colour for _size, colour in looks} == {"rgb(0, 0, 0)"}
    expect(desk.get_by_role("button", name="Print")).to_be_hidden()
    desk.emulate_media(media="screen")


def test_the_button_prints(marta: Page, demo_clinic: Served) -> None:
    marta.add_init_script("window.print = () => { window.isPrinted = true; };")
    marta.goto(f"{demo_clinic.url}/sheet")
    steps.press(marta, "Print")
    assert marta.evaluate("window.isPrinted")


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_have_nothing_for_axe_to_find(
    marta: Page, demo_clinic: Served, address: str
) -> None:
    variants = {"/sheet": (LIGHT, LARGE_TEXT), "/slip": (LIGHT, NARROW_LIGHT)}
    for variant in variants.get(address, (DARK, RIGHT_TO_LEFT)):
        show(marta, demo_clinic.url + address, variant)
        assert (violations(marta), scrolls_sideways(marta)) == ([], False), variant.name


@pytest.mark.complains(NOT_FOUND)
def test_a_card_opens_for_somebody_without_cookies_or_scripts(
    marta: Page, demo_clinic: Served, new_phone: PhoneMaker
) -> None:
    show(marta, f"{demo_clinic.url}/hairdresser-card", LIGHT)
    marta.get_by_label("1 day").check()
    steps.press(marta, "Make a card")
    link = marta.locator("a[href*='/card/']")
    assert (violations(marta), scrolls_sideways(marta)) == ([], False)
    address = str(link.get_attribute("href"))
    salon = new_phone(java_script_enabled=False).open(address)
    expect(salon.locator("main")).to_contain_text("Hair wash, Water only")
    expect(salon.locator("body")).not_to_contain_text("Marta")
    assert salon.context.cookies() == []
    stop_it(marta)
    salon.reload()
    expect(salon.locator("main")).to_contain_text("This card shows nothing")


def stop_it(marta: Page) -> None:
    marta.get_by_role("button", name="Stop the card").click()
    expect(marta.get_by_role("status").first).to_contain_text("shows nothing any more")


@pytest.mark.parametrize("variant", [DARK, NARROW_LIGHT], ids=lambda variant: variant.name)
def test_the_card_has_nothing_for_axe_to_find(
    chromium: Browser, marta: Page, demo_clinic: Served, variant: Variant
) -> None:
    marta.goto(f"{demo_clinic.url}/hairdresser-card")
    marta.locator("main form.form button").click()
    salon = new_page(chromium, variant)
    salon.goto(str(marta.locator("a[href*='/card/']").get_attribute("href")))
    assert (violations(salon), scrolls_sideways(salon)) == ([], False)
    salon.context.close()
    stop_it(marta)


def test_a_slip_is_told_at_night_and_seen_on_the_board(
    marta: Page, desk: Page, demo_clinic: Served
) -> None:
    show(marta, f"{demo_clinic.url}/something-is-wrong", DARK)
    steps.follow(marta, "I slipped: something happened too early")
    marta.get_by_label("I sweated").check()
    steps.press(marta, "Tell my clinic")
    expect(marta.locator("main")).to_contain_text("Stop what makes you sweat and cool down")
    assert violations(marta) == []
    desk.goto(f"{demo_clinic.url}/staff")
    seen: Any = desk.get_by_role("button", name="Seen: Marta Rossi, Sweated")
    expect(seen).to_be_visible()
    assert violations(desk) == []
    seen.click()
    expect(desk.locator("main")).to_contain_text("Noted: you have seen what Marta Rossi told.")
    expect(seen).to_have_count(0)
    marta.reload()
    expect(marta.locator("main")).to_contain_text("Your clinic has seen it.")


def test_the_time_of_a_slip_is_asked_only_where_it_was_earlier(
    marta: Page, demo_clinic: Served
) -> None:
    show(marta, f"{demo_clinic.url}/slip", LIGHT)
    expect(marta.get_by_label("Date", exact=True)).to_be_hidden()
    marta.get_by_label("Earlier").check()
    expect(marta.get_by_label("Date", exact=True)).to_be_visible()
