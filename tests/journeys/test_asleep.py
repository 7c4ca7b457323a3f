"""A phone that sleeps while the server answers does not take the answer for the present."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Request, Route, expect

from tests.journeys.conftest import PATIENCE
from tests.journeys.looks import WITHOUT_WORKER, phone_of
from tests.journeys.nights import KEEP_DRY, LONG_NIGHT
from tests.journeys.served import Served
from tests.journeys.settling import let_it_settle
from webapp.services.demo_personas import DUBAI

# One clock of the phone stands still while it sleeps, the other one goes on.
SLEEPY = """
window.asleep = 0;
const rightly = Date.now.bind(Date);
Date.now = () => rightly() + window.asleep;
"""
FALL_ASLEEP = "span => { window.asleep += span; dispatchEvent(new Event('focus')); }"
# No present in the page's own header, as when Back brings a page: the server has to be asked.
UNTOLD = "performance.getEntriesByType = () => [];"

# What a browser notes once a page has been out of sight.
WAS_HIDDEN = """
const noted = performance.getEntriesByType.bind(performance);
performance.getEntriesByType = (kind) =>
  kind === "visibility-state" ? [{ name: "visible" }, { name: "hidden" }] : noted(kind);
"""


def both_clocks_go_on(page: Page, served: Served) -> Callable[[], None]:
    """A phone that counts its sleep: returns what lets the night pass."""
    page.context.clock.install(time=served.now())
    return lambda: page.clock.fast_forward(int(LONG_NIGHT / timedelta(milliseconds=1)))


def one_clock_stands_still(page: Page, served: Served) -> Callable[[], None]:
    page.add_init_script(SLEEPY)
    return lambda: page.evaluate(FALL_ASLEEP, LONG_NIGHT / timedelta(milliseconds=1))


def both_go_on_and_nothing_is_given_up(page: Page, served: Served) -> Callable[[], None]:
    """An older phone, whose requests have no end of their own."""
    page.add_init_script("delete AbortSignal.timeout;")
    return both_clocks_go_on(page, served)


Sleeper = Callable[[Page, Served], Callable[[], None]]
SLEEPERS = pytest.mark.parametrize(
    "sleeper", [both_clocks_go_on, both_go_on_and_nothing_is_given_up, one_clock_stands_still]
)


class Held:
    """The first request of one kind, whose answer is kept back on its way to the phone."""

    def __init__(self, page: Page, is_it: Callable[[Request], bool]) -> None:
        self._is_it, self._page = is_it, page
        self._kept: list[Route] = []
        page.route("**/*", self._meet)

    def _meet(self, route: Route) -> None:
        if self._kept or not self._is_it(route.request):
            route.continue_()
        else:
            self._kept.append(route)

    def answer_at(self, address: str) -> APIResponse:
        """Open the address; returns what the server says once it has been asked."""
        with self._page.expect_request(self._is_it):
            self._page.goto(address, wait_until="commit")
        end = time.monotonic() + PATIENCE / 1000
        while not self._kept:
            assert time.monotonic() < end, "the request went past us"
            self._page.evaluate("'the request is on its way into our hands'")
        return self._kept[0].fetch()

    def let_through(self, answer: APIResponse) -> None:
        self._kept[0].fulfill(response=answer)


def is_page_fetched(request: Request) -> bool:
    return request.method == "GET" and request.resource_type == "fetch"


def is_script(request: Request) -> bool:
    return request.url.endswith("/main.js")


def is_question(request: Request) -> bool:
    return request.method == "HEAD"


def sleep_over(page: Page, held: Held, served: Served, pass_the_night: Callable[[], None]) -> None:
    answer = held.answer_at(served.url)
    served.advance(seconds=LONG_NIGHT.total_seconds())
    pass_the_night()
    # Whatever the phone asks when it is taken up again is answered before.
    let_it_settle(page, but_for=1)
    held.let_through(answer)
    let_it_settle(page)


@SLEEPERS
def test_a_page_fetched_before_the_night_is_not_shown_after_it(
    chromium: Browser, served: Served, sleeper: Sleeper
) -> None:
    # The phone reports its zone at the first opening and then fetches the page anew.
    page = phone_of(chromium, served, KEEP_DRY, WITHOUT_WORKER, zone="")
    held = Held(page, is_page_fetched)
    pass_the_night = sleeper(page, served)
    sleep_over(page, held, served, pass_the_night)
    expect(page.locator(".answer-state")).to_contain_text("Water only")
    page.context.close()


@SLEEPERS
def test_a_present_told_before_the_night_is_asked_for_again(
    chromium: Browser, served: Served, sleeper: Sleeper
) -> None:
    page = phone_of(chromium, served, KEEP_DRY, WITHOUT_WORKER, zone=DUBAI)
    page.add_init_script(UNTOLD)
    held = Held(page, is_question)
    pass_the_night = sleeper(page, served)
    sleep_over(page, held, served, pass_the_night)
    expect(page.locator(".answer-state")).to_contain_text("Water only")
    page.context.close()


def test_a_page_put_aside_before_its_scripts_came_asks_for_the_present(
    chromium: Browser, served: Served
) -> None:
    page = phone_of(chromium, served, KEEP_DRY, WITHOUT_WORKER, zone=DUBAI)
    page.add_init_script(WAS_HIDDEN)
    held = Held(page, is_script)
    sleep_over(page, held, served, one_clock_stands_still(page, served))
    expect(page.locator(".answer-state")).to_contain_text("Water only")
    page.context.close()
