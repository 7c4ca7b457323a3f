"""A client's page on paper: black on white, with nothing that could only be tapped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.keeping import KEEP_DRY
from tests.journeys.looks import DARK, phone_of
from tests.journeys.served import Served

PAGES = ("/", "/can-i", "/can-i?q=gym", "/dates", "/something-is-wrong", "/inbox", "/phone")
A4 = {"width": 794, "height": 1123}
# What is printed and could only be tapped; an address to call is a line to read.
TO_TAP = """() => [...document.querySelectorAll(
    "nav, button, input, .button:not([href^='tel:']), .top-links > a, .back, .more")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 1)
  .map((one) => one.outerHTML)"""
# Every colour of a text, an icon or a ground, with what is drawn before and after.
COLOURS = """() => [...new Set([...document.querySelectorAll("html, body, body *")]
  .filter((one) => one.checkVisibility())
  .flatMap((one) => [null, "::before", "::after"].map((part) => getComputedStyle(one, part)))
  .flatMap(({ color, backgroundColor, backgroundImage, boxShadow }) =>
    [color, backgroundColor, backgroundImage, boxShadow]))]"""
BLACK_ON_NOTHING = {"rgb(0, 0, 0)", "oklab(0 0 0)", "rgba(0, 0, 0, 0)", "none"}


@pytest.fixture(scope="module")
def paper(chromium: Browser, demo_clinic: Served) -> Iterator[Page]:
    """What a client's dark phone gives to a printer."""
    page = phone_of(chromium, demo_clinic, KEEP_DRY, DARK)
    page.set_viewport_size({"width": A4["width"], "height": A4["height"]})
    page.emulate_media(media="print", color_scheme="dark")
    yield page
    page.context.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_printed_black_on_white_without_bars_and_buttons(
    paper: Page, demo_clinic: Served, address: str
) -> None:
    paper.goto(demo_clinic.url + address)
    paper.wait_for_load_state("networkidle")
    assert paper.evaluate(TO_TAP) == []
    assert set(paper.evaluate(COLOURS)) <= BLACK_ON_NOTHING
    expect(paper.get_by_role("heading").first).to_be_visible()


def test_on_a_screen_the_same_look_finds_bars_and_colours(paper: Page, demo_clinic: Served) -> None:
    paper.goto(demo_clinic.url)
    paper.emulate_media(media="screen", color_scheme="dark")
    assert len(paper.evaluate(TO_TAP)) > 4
    assert not set(paper.evaluate(COLOURS)) <= BLACK_ON_NOTHING
    paper.emulate_media(media="print", color_scheme="dark")


def test_whom_to_call_stays_on_paper_with_the_number(paper: Page, demo_clinic: Served) -> None:
    paper.goto(f"{demo_clinic.url}/something-is-wrong")
    call = paper.locator("main .button.is-primary[href^='tel:']:visible")
    expect(call).to_have_count(1)
    number = call.evaluate("one => getComputedStyle(one, '::after').content")
    assert "+971" in number
    expect(paper.get_by_text("Emergency: 112").filter(visible=True)).to_have_count(1)
