"""The browser's own question, held back until our card is tapped, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.keeping import CARD, KEEP_DRY, again, code_for
from tests.journeys.looks import token_of
from tests.journeys.profiles import browser_of, sign_in, window_of
from tests.journeys.served import Served
from tests.journeys.steps import press
from webapp.services.demo_personas import DUBAI

# Beside the page's own scripts: what its question was asked with, and what became of that.
LISTEN = """
window.asked = [];
addEventListener("beforeinstallprompt", (event) => {
  const rightly = event.prompt.bind(event);
  event.prompt = () => {
    const answer = { isFromTap: navigator.userActivation.isActive, became: "open" };
    window.asked.push(answer);
    const promise = rightly();
    const became = (what) => (answer.became = what);
    promise.then(({ outcome }) => became(outcome), (error) => became(`${error}`));
    return promise;
  };
}, true);
"""
# A question whose outcome a test may choose, as no browser without a screen lets it.
QUESTION = """(outcome) => {
  const event = new Event("beforeinstallprompt", { cancelable: true });
  const userChoice = Promise.resolve({ outcome, platform: "web" });
  dispatchEvent(Object.assign(event, { prompt: () => userChoice, userChoice }));
}"""
INSTALLED = "dispatchEvent(new Event('appinstalled'))"


@pytest.fixture
def page(playwright: Playwright, demo_clinic: Served, tmp_path: Path) -> Iterator[Page]:
    """A client's browser at the second visit."""
    with browser_of(playwright, tmp_path) as context:
        sign_in(context, demo_clinic, KEEP_DRY)
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.goto(demo_clinic.url)
        again(page, demo_clinic)
        yield page


def installs(page: Page) -> None:
    expect(page.locator(CARD).get_by_role("button", name="Install")).to_be_visible()
    press(page, "Install")


def test_chromium_finds_nothing_missing(page: Page) -> None:
    found = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    assert found == {"installabilityErrors": []}


def test_a_tap_on_our_card_asks_the_browsers_question_once_and_the_card_goes_when_installed(
    page: Page,
) -> None:
    """As far as a browser without a screen goes it is real: Chromium brings its question, our tap
    asks it, and it stays open. Nobody can answer it there, so `appinstalled` is dispatched."""
    installs(page)
    page.wait_for_function("() => window.asked.length")
    # A second tap meanwhile asks nothing.
    press(page, "Install")
    assert page.evaluate("window.asked") == [{"isFromTap": True, "became": "open"}]
    page.evaluate(INSTALLED)
    expect(page.locator(CARD)).to_be_hidden()


def test_the_browsers_own_page_knows_that_the_app_is_installed(
    page: Page, demo_clinic: Served
) -> None:
    expect(page.locator(CARD)).to_be_visible()
    page.evaluate(INSTALLED)
    expect(page.locator(CARD)).to_be_hidden()
    # Chromium brings no question any more once the app is there.
    page.add_init_script(
        "addEventListener('beforeinstallprompt', (event) => event.stopImmediatePropagation(), true)"
    )
    page.goto(f"{demo_clinic.url}/phone")
    expect(page.get_by_text("Installed", exact=True)).to_be_visible()
    expect(page.get_by_text("Open the app from your Home Screen.")).to_be_visible()
    expect(page.get_by_role("button", name="Install")).to_be_hidden()


@pytest.mark.parametrize(("outcome", "times_refused"), [("dismissed", 1), ("accepted", 0)])
def test_a_no_to_the_browser_counts_as_a_no_to_our_card(
    page: Page, demo_clinic: Served, outcome: str, times_refused: int
) -> None:
    """The outcome is chosen by the test; what our card makes of it is real."""
    expect(page.locator(CARD)).to_be_visible()
    page.evaluate(QUESTION, outcome)
    press(page, "Install")
    expect(page.locator(CARD)).to_be_hidden()
    refused = page.evaluate("(JSON.parse(localStorage.install).no ?? []).length")
    assert refused == times_refused
    again(page, demo_clinic)
    page.evaluate(QUESTION, outcome)
    page.wait_for_load_state("networkidle")
    # Whoever took it away again is asked once more; whoever said no is left alone for now.
    assert page.locator(CARD).is_visible() == (outcome == "accepted")


def test_the_app_in_its_own_window_asks_for_a_code_and_offers_nothing_of_a_browser(
    playwright: Playwright, demo_clinic: Served, tmp_path: Path
) -> None:
    """A real window of an app: nothing in it pretends to be one."""
    token_of(demo_clinic, KEEP_DRY, DUBAI)  # has agreed to the privacy notice
    with window_of(playwright, tmp_path, demo_clinic) as page:
        assert page.evaluate("matchMedia('(display-mode: standalone)').matches")
        expect(page.get_by_label("Your code")).to_be_focused()
        expect(page.get_by_text("This is the app on your Home Screen.")).to_be_visible()
        page.keyboard.type(code_for(demo_clinic).code)
        page.keyboard.press("Enter")
        page.wait_for_url(demo_clinic.url + "/")
        page.wait_for_load_state("networkidle")
        again(page, demo_clinic)
        page.wait_for_load_state("networkidle")
        expect(page.locator(CARD)).to_be_hidden()
        page.goto(f"{demo_clinic.url}/phone")
        expect(page.get_by_text("Installed", exact=True)).to_be_visible()
        for words in (
            "In the menu of your browser",
            "Tap Share in Safari.",
            "This is your browser",
        ):
            expect(page.get_by_text(words)).to_be_hidden()


def test_in_a_browser_nobody_speaks_of_the_app_on_the_home_screen(
    playwright: Playwright, demo_clinic: Served, tmp_path: Path
) -> None:
    with browser_of(playwright, tmp_path) as context:
        page = context.new_page()
        page.goto(f"{demo_clinic.url}/sign-in")
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text("This is the app on your Home Screen.")).to_be_hidden()
        expect(page.get_by_label("Your code")).not_to_be_focused()
