"""What a browser stored of somebody goes by script too: not every browser heeds the header."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.journeys import steps
from tests.journeys.conftest import PATIENCE
from tests.journeys.looks import WITHOUT_WORKER, phone_of
from tests.journeys.nights import KEEP_DRY
from tests.journeys.served import Served
from tests.journeys.settling import let_it_settle
from webapp.persistence.database import writing
from webapp.persistence.tables import LoginRecord

HEADER = "clear-site-data"
LEAVE_TRACES = """async () => {
  localStorage.push = "7";
  sessionStorage.mine = "something";
  await new Promise((resolve, reject) => {
    const request = indexedDB.open("photos-waiting", 1);
    request.onsuccess = () => resolve(request.result.close());
    request.onerror = reject;
  });
}"""
UNTIL_NOTHING_IS_LEFT = """async (patience) => {
  const left = async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name),
  ];
  for (const began = performance.now(); performance.now() - began < patience; ) {
    if (!(await left()).length) return [];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return left();
}"""


@pytest.fixture
def page(chromium: Browser, clinic: Served) -> Iterator[Page]:
    """A client's browser that holds something of them, and has no worker to clear it."""
    page = phone_of(chromium, clinic, KEEP_DRY, WITHOUT_WORKER)
    page.goto(f"{clinic.url}/devices")
    page.evaluate(LEAVE_TRACES)
    yield page
    page.context.close()


def without_the_header(route: Route) -> None:
    answer = route.fetch(max_redirects=0)
    headers = {name: value for name, value in answer.headers.items() if name != HEADER}
    assert len(headers) == len(answer.headers) - 1
    route.fulfill(response=answer, headers=headers)


def test_signing_out_leaves_nothing_where_the_header_is_not_heeded(page: Page) -> None:
    page.route("**/sign-out", without_the_header)
    steps.press(page, "Sign out on this device")
    page.wait_for_url("**/sign-in")
    assert page.evaluate(UNTIL_NOTHING_IS_LEFT, PATIENCE) == []


def test_whoever_was_signed_out_from_elsewhere_leaves_nothing_either(
    page: Page, clinic: Served
) -> None:
    with clinic.beside.app_context(), writing() as writer:
        writer.query(LoginRecord).update({"ended_at": clinic.now()})
    page.goto(clinic.url)
    page.wait_for_url("**/sign-in")
    assert page.evaluate(UNTIL_NOTHING_IS_LEFT, PATIENCE) == []


def test_a_signed_in_client_who_opens_a_link_of_an_invitation_keeps_what_is_theirs(
    page: Page, clinic: Served
) -> None:
    page.goto(f"{clinic.url}/join")
    let_it_settle(page)
    assert page.evaluate("localStorage.push") == "7"
