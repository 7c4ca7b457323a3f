"""A network that is there and brings nothing: nobody waits for it where the phone has a copy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import chair, steps
from tests.journeys.complaints import NO_NETWORK
from tests.journeys.offline_phone import (
    STAMP,
    cold,
    next_session,
    phone_with_copy,
    without_network,
)
from tests.journeys.served import Served

pytestmark = pytest.mark.complains(NO_NETWORK)

# The worker waits so long for the network where it has a copy (milliseconds).
PATIENCE = 3_000
# How long the page took is no measure of that: a busy machine starts a window and paints it late,
# by seconds. So two things are measured that such a machine hardly changes. From the question to
# the first byte of the answer there is the worker alone, whose timer may fire this late; and
# what painting adds is compared with the same page on the same phone without any network, a moment
# later, where nothing can be waited for.
LATE = 1_000
# The browser's clock is coarse, so a timer seems to fire a little early.
EARLY = 50
# Until something is painted at all.
SLOWEST = 15_000
TIMES = """async (patience) => {
  for (const began = performance.now(); performance.now() - began < patience; ) {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const [{ fetchStart, responseStart }] = performance.getEntriesByType("navigation");
    if (paint) return [responseStart - fetchStart, paint.startTime];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("nothing was painted");
}"""


def times(page: Page) -> tuple[float, float]:
    """How long the worker kept the page waiting for its answer, and when something was first to
    be seen, by the page's own clock (milliseconds)."""
    answered, painted = page.evaluate(TIMES, SLOWEST)
    return answered, painted


def painted_without_network(page: Page, clinic: Served) -> tuple[Page, float]:
    """The same page from the same copy, where no network is waited for; in a window of its own."""
    with without_network(page):
        page = cold(page, clinic)
        expect(page.locator(STAMP)).to_be_visible()
        answered, painted = times(page)
    assert answered < PATIENCE
    return page, painted


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
        answered, painted = times(page)
    expect(page.locator(STAMP)).to_have_count(0)
    assert next_session(page) == new
    page, at_once = painted_without_network(page, clinic)
    print(f"answered {answered:.0f} ms, painted {painted:.0f} ms, without network {at_once:.0f} ms")
    assert PATIENCE - EARLY <= answered <= PATIENCE + LATE
    assert painted - answered <= at_once + LATE
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
