"""What a browser complains of is heard, on whatever phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.complaints import BREACH, NO_NETWORK, RECORD
from tests.journeys.looks import LIGHT, new_page
from tests.journeys.served import Served

INLINE_SCRIPT = """
const made = document.createElement("script");
made.textContent = "window.hasRun = true";
document.body.append(made);
"""
INLINE_STYLE = "document.body.setAttribute('style', 'color: red')"
FOREIGN_IMAGE = "new Image().src = 'https://elsewhere.test/pixel.png'"
FOREIGN_FETCH = "fetch('https://elsewhere.test/').catch(() => {})"
# An error that nobody catches is told a moment later.
UNCAUGHT = """() => new Promise((told) => {
  addEventListener("unhandledrejection", () => setTimeout(told));
  Promise.reject(new Error("three"));
})"""
BREACHES = [INLINE_SCRIPT, INLINE_STYLE, FOREIGN_IMAGE, FOREIGN_FETCH]


@pytest.fixture
def page(chromium: Browser, demo_clinic: Served) -> Page:
    page = new_page(chromium, LIGHT)
    page.goto(f"{demo_clinic.url}/sign-in")
    return page


@pytest.mark.parametrize("breach", BREACHES, ids=["script", "style", "image", "fetch"])
def test_a_breach_of_the_policy_is_heard(page: Page, breach: str) -> None:
    with page.expect_console_message(lambda message: BREACH in message.text):
        page.evaluate(f"() => {{ {breach} }}")
    assert BREACH in " ".join(RECORD.take())
    page.context.close()


def test_errors_of_console_and_page_are_heard(page: Page) -> None:
    page.evaluate("console.error('one')")
    page.evaluate("() => { setTimeout(() => { throw new Error('two'); }); }")
    page.evaluate("() => new Promise((resolve) => setTimeout(resolve))")
    page.evaluate(UNCAUGHT)
    heard = " ".join(RECORD.take())
    assert [word for word in ("one", "two", "three") if word not in heard] == []
    page.context.close()


def test_errors_of_the_worker_are_heard(page: Page) -> None:
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    (worker,) = page.context.service_workers
    worker.evaluate("console.error('in the worker')")
    assert "in the worker" in " ".join(RECORD.take())
    page.context.close()


@pytest.mark.complains(NO_NETWORK)
def test_what_a_test_names_is_let_pass_and_nothing_else(page: Page) -> None:
    before = RECORD.expected, RECORD.unexpected
    page.evaluate(f"console.error('one'), console.error('{NO_NETWORK}')")
    assert [one[:3] for one in RECORD.judge((NO_NETWORK,))] == ["one"]
    assert (RECORD.expected - before[0], RECORD.unexpected - before[1]) == (1, 1)
    RECORD.unexpected = before[1]
    page.context.close()
