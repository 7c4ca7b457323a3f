"""A phone whose own clock is wrong, or jumps, tells what the server says: never a milder answer."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.journeys.complaints import BROKEN_OFF, NO_NETWORK
from tests.journeys.looks import LIGHT, WITHOUT_WORKER, Variant, phone_of
from tests.journeys.nights import LONG_NIGHT
from tests.journeys.served import Served
from tests.journeys.settling import let_it_settle
from webapp.services.demo_personas import PERSONAS

WRONG_BY = [timedelta(days=4), timedelta(days=-4)]
MINUTE = timedelta(minutes=1)
# The phone's clock alone is wrong by `window.wrongBy`; everything else is as the browser has it.
WRONG_CLOCK = """
window.wrongBy = %d;
const rightly = Date.now.bind(Date);
Date.now = () => rightly() + window.wrongBy;
"""
NOT_YET, WATER, YES = (re.compile(words) for words in ("Not yet", "[Ww]ater", "Yes"))
TRUTH = [("keep-dry", NOT_YET), ("water-only", WATER)]


def phone_for(chromium: Browser, served: Served, key: str, variant: Variant = LIGHT) -> Page:
    persona = next(persona for persona in PERSONAS if persona.key == key)
    return phone_of(chromium, served, persona, variant)


def with_wrong_clock(page: Page, wrong_by: timedelta) -> Page:
    page.add_init_script(WRONG_CLOCK % (wrong_by / timedelta(milliseconds=1)))
    return page


def answer_on(page: Page) -> Locator:
    return page.locator(".answer-state")


def wake(page: Page, jump: timedelta = timedelta()) -> None:
    """The phone is taken up again; meanwhile its clock has jumped."""
    span = jump / timedelta(milliseconds=1)
    page.evaluate("span => { window.wrongBy += span; dispatchEvent(new Event('focus')); }", span)


@pytest.mark.parametrize("wrong_by", WRONG_BY, ids=str)
@pytest.mark.parametrize(("key", "truth"), TRUTH)
def test_a_wrong_clock_changes_no_answer(
    chromium: Browser, served: Served, wrong_by: timedelta, key: str, truth: re.Pattern[str]
) -> None:
    page = with_wrong_clock(phone_for(chromium, served, key), wrong_by)
    page.goto(served.url)
    let_it_settle(page)
    left = page.locator(".answer-left").inner_text()
    expect(answer_on(page)).to_contain_text(truth)
    # The same words that the server wrote, also when the phone is taken up again.
    wake(page)
    let_it_settle(page)
    expect(answer_on(page)).to_contain_text(truth)
    assert left in page.context.request.get(served.url).text().replace("\n", " ")
    page.context.close()


@pytest.mark.parametrize("wrong_by", WRONG_BY, ids=str)
def test_an_open_page_follows_the_server_and_not_the_phone(
    chromium: Browser, served: Served, wrong_by: timedelta
) -> None:
    page = phone_for(chromium, served, "keep-dry")
    page.context.clock.install(time=served.now() + wrong_by)
    page.goto(served.url)
    let_it_settle(page)
    for span in (MINUTE, MINUTE, timedelta(hours=1)):
        wait_together(served, page, span)
        expect(answer_on(page)).to_contain_text(NOT_YET)
    wait_together(served, page, LONG_NIGHT)
    expect(answer_on(page)).to_contain_text(WATER)
    page.context.close()


def wait_together(served: Served, page: Page, span: timedelta) -> None:
    served.advance(seconds=span.total_seconds())
    page.clock.fast_forward(int(span / timedelta(milliseconds=1)))
    let_it_settle(page)


@pytest.mark.complains(NO_NETWORK)
@pytest.mark.parametrize("is_offline", [True, False], ids=["offline", "online"])
def test_a_clock_put_forward_allows_nothing(
    chromium: Browser, served: Served, is_offline: bool
) -> None:
    page = with_wrong_clock(phone_for(chromium, served, "keep-dry"), timedelta())
    page.goto(served.url)
    let_it_settle(page)
    page.context.set_offline(is_offline)
    wake(page, jump=timedelta(days=4))
    let_it_settle(page)
    expect(answer_on(page)).to_contain_text(NOT_YET)
    page.context.close()


@pytest.mark.complains(NO_NETWORK)
def test_offline_a_stricter_answer_is_shown_by_whichever_clock_is_ahead(
    chromium: Browser, served: Served
) -> None:
    page = with_wrong_clock(phone_for(chromium, served, "settling"), timedelta())
    page.goto(served.url)
    let_it_settle(page)
    expect(answer_on(page)).to_contain_text(YES)
    page.context.set_offline(True)
    wake(page, jump=timedelta(days=3))
    expect(answer_on(page)).not_to_contain_text(YES)
    page.context.close()


@pytest.mark.complains(BROKEN_OFF)
def test_a_page_that_knows_no_present_waits_for_the_server(
    chromium: Browser, served: Served
) -> None:
    phone = phone_for(chromium, served, "keep-dry", WITHOUT_WORKER)
    page = with_wrong_clock(phone, timedelta(days=4))
    page.add_init_script("performance.getEntriesByType = () => []")
    page.route("**/*", lambda route: route.abort() if is_question(route) else route.continue_())
    page.goto(served.url)
    let_it_settle(page)
    expect(answer_on(page)).to_contain_text(NOT_YET)
    page.context.close()


def is_question(route: Route) -> bool:
    return route.request.method == "HEAD"


def test_an_unchanged_page_from_a_copy_brings_the_present_anew(
    chromium: Browser, served: Served
) -> None:
    page = phone_for(chromium, served, "keep-dry")
    told = "performance.getEntriesByType('navigation')[0].serverTiming[0].description"
    page.goto(served.url)
    first = datetime.fromisoformat(page.evaluate(told))
    served.advance(seconds=20)
    page.goto(served.url)
    # Only headers were sent: the body is the copy.
    entry = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    assert entry["transferSize"] < entry["encodedBodySize"]
    assert datetime.fromisoformat(page.evaluate(told)) - first >= timedelta(seconds=20)
    page.context.close()
