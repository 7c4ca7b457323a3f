"""From page to page: a short fade for those who want movement, and none for those who do not."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.keeping import KEEP_DRY
from tests.journeys.looks import DARK, LIGHT, Variant, new_page, phone_of
from tests.journeys.screens import owner_sign_in
from tests.journeys.served import Served

CALM = 250  # milliseconds
# Whether the page came by a transition, and what moves in it, held in the middle of its way.
HOLD = """
addEventListener("pagereveal", async ({ viewTransition }) => {
  window.transition = viewTransition ? "began" : "none";
  if (!viewTransition) return;
  await viewTransition.ready;
  const moving = document.getAnimations();
  for (const one of moving) {
    one.pause();
    one.currentTime = one.effect.getComputedTiming().endTime / 2;
  }
  window.moving = moving.map(({ effect }) => ({
    what: effect.pseudoElement,
    endTime: effect.getComputedTiming().endTime,
  }));
  window.transition = "held";
});
"""
# Every element that a style sheet lets move, with what is drawn before and after it.
MAY_MOVE = """() => {
  const found = [];
  const spans = (list) => list.split(",").some((one) => parseFloat(one) > 0);
  for (const element of document.querySelectorAll("*")) {
    for (const part of [null, "::before", "::after", "::backdrop"]) {
      const style = getComputedStyle(element, part);
      const isAnimated = style.animationName !== "none" && spans(style.animationDuration);
      const isSmooth = style.scrollBehavior === "smooth";
      if (isAnimated || isSmooth || spans(style.transitionDuration)) {
        found.push(`${element.tagName}.${element.className}${part ?? ""}`);
      }
    }
  }
  return [...found, ...document.getAnimations().map(({ effect }) => effect.pseudoElement)];
}"""
CLIENT = ("/", "/can-i", "/dates", "/something-is-wrong", "/inbox", "/phone", "/notifications")
STAFF = ("/staff", "/staff/clients", "/staff/clients/4", "/staff/settings")


def moving_phone(browser: Browser, served: Served, variant: Variant) -> Page:
    """The phone of somebody who has not asked for less movement."""
    options = variant.options | {"reduced_motion": "no-preference"}
    page = phone_of(browser, served, KEEP_DRY, Variant(variant.name, options))
    page.add_init_script(HOLD)
    page.goto(served.url)
    return page


def test_a_page_fades_into_the_next_and_nothing_slides(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = moving_phone(chromium, demo_clinic, LIGHT)
    page.evaluate("scrollTo(0, 900)")
    steps.follow(page, "Dates")
    page.wait_for_function("() => window.transition === 'held'")
    moving = page.evaluate("window.moving")
    # The page as a whole: a part with a name of its own would move from place to place.
    parts = {f"::view-transition-{part}(root)" for part in ("group", "old", "new")}
    assert {one["what"] for one in moving} == parts
    assert max(one["endTime"] for one in moving) <= CALM
    page.context.close()


@pytest.mark.parametrize("variant", [LIGHT, DARK], ids=lambda variant: variant.name)
def test_what_two_pages_share_does_not_flicker(
    chromium: Browser, demo_clinic: Served, variant: Variant
) -> None:
    page = moving_phone(chromium, demo_clinic, variant)
    page.wait_for_load_state("networkidle")
    # Without the scrolling that comes before a tap of a test.
    page.get_by_role("link", name="Dates", exact=True).first.dispatch_event("click")
    page.wait_for_function("() => window.transition === 'held'")
    between = picture(page)
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    page.wait_for_function("() => !document.getAnimations().length")
    after = picture(page)
    header = page.locator("header.top").bounding_box()
    assert header is not None
    shared = (0, 0, int(header["width"]), int(header["y"] + header["height"]))
    gone = ImageChops.difference(between.crop(shared), after.crop(shared))
    # A level or two of 255 is what mixing two equal pictures rounds to.
    assert max(gone.tobytes()) <= 2
    # It was looked at in the middle of its way: the rest of the page is not there yet.
    assert ImageChops.difference(between, after).getbbox() is not None
    page.context.close()


def picture(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def test_whoever_asked_for_less_movement_gets_the_next_page_at_once(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, KEEP_DRY, LIGHT)
    page.add_init_script(HOLD)
    page.goto(demo_clinic.url)
    steps.follow(page, "Dates")
    page.wait_for_url("**/dates")
    page.wait_for_function("() => window.transition")
    assert page.evaluate("window.transition") == "none"
    page.context.close()


def test_nothing_moves_for_whoever_asked_for_less_movement(
    chromium: Browser, demo_clinic: Served
) -> None:
    client = phone_of(chromium, demo_clinic, KEEP_DRY, LIGHT)
    staff = new_page(chromium, LIGHT)
    steps.staff_sign_in(staff, demo_clinic, *owner_sign_in(demo_clinic))
    for page, addresses in ((client, CLIENT), (staff, STAFF)):
        for address in addresses:
            page.goto(demo_clinic.url + address)
            assert page.evaluate(MAY_MOVE) == [], address
    client.goto(demo_clinic.url)
    client.locator(".tell-me a:visible").click()
    expect(client.get_by_role("dialog")).to_be_visible()
    assert client.evaluate(MAY_MOVE) == []
    # The same look finds what moves for everybody else.
    client.emulate_media(reduced_motion="no-preference")
    assert any("button" in one for one in client.evaluate(MAY_MOVE))
    for page in (client, staff):
        page.context.close()
