"""A network that is there and brings nothing: nobody waits for it where the phone has a copy."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Browser, Page, expect

from tests.journeys import chair, steps
from tests.journeys.offline_phone import STAMP, cold, next_session, phone_with_copy
from tests.journeys.served import Served

# The worker waits three seconds. The rest is for a machine that is busy with everything else.
LATEST = 9_000
FIRST_PAINT = """async (patience) => {
  for (const began = performance.now(); performance.now() - began < patience; ) {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    if (paint) return paint.startTime;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("nothing was painted");
}"""


def first_paint(page: Page) -> float:
    """When something was first to be seen, by the page's own clock (milliseconds)."""
    found: float = page.evaluate(FIRST_PAINT, LATEST)
    return found


def test_the_copy_is_shown_after_three_seconds_and_the_truth_as_soon_as_it_comes(
    chromium: Browser, clinic: Served
) -> None:
    page = phone_with_copy(chromium, clinic, "settling")
    old = next_session(page)
    new = chair.move_session(clinic, "settling", timedelta(days=2))
    with clinic.keeping_answers_back():
        page = cold(page, clinic)
        expect(page.locator(STAMP)).to_contain_text("dates may have changed")
        assert next_session(page) == old
        painted = first_paint(page)
    print(f"first paint while every answer is kept back: {painted:.0f} ms")
    assert painted < LATEST
    expect(page.locator(STAMP)).to_have_count(0)
    assert next_session(page) == new
    page.context.close()


def test_signing_out_does_not_wait_for_the_answer_either(chromium: Browser, clinic: Served) -> None:
    page = phone_with_copy(chromium, clinic, "keep-dry")
    page.goto(f"{clinic.url}/devices")
    with clinic.keeping_answers_back():
        steps.press(page, "Sign out on this device")
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        assert page.evaluate("caches.has('copy')") is False
    page.goto(clinic.url)
    page.wait_for_url("**/sign-in*")
    page.context.close()
