"""What a request is to the worker, and what of the copy shows when: asked of its pure module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.served import Served
from tests.journeys.test_worker_push import serve_part

KIND = """async ([request, pages]) => {
  const { kindOf } = await import("/worker-part/routing.js");
  return kindOf({ ...request, headers: new Headers(request.headers) }, "https://a.test", pages);
}"""
DOCUMENT = """async ([copy, path, kept, now]) => {
  const { documentAt } = await import("/worker-part/routing.js");
  return documentAt(copy, path, kept, now);
}"""
PAGES = ["/", "/dates"]
HOUR, MINUTE = 3_600_000, 60_000
START = 1_772_445_600_000  # 2026-03-02T10:00:00Z
COPY = {
    "ends_at": "2026-03-02T14:00:00Z",
    "stamp": "As of 10:00.",
    "skew": "$& Wrong clock.",
    "most_skew": 5 * MINUTE,
    "frame": "<i data-offline='{at}'>{words}</i>",
    "pages": {
        "/": {
            "before": "<main>",
            "after": "</main>",
            "states": [["2026-03-02T10:00:00Z", "no"], ["2026-03-02T12:00:00Z", "yes"]],
        }
    },
}


@pytest.fixture(scope="module")
def bare(chromium: Browser, demo_clinic: Served) -> Iterator[Page]:
    """A page without a worker that can import its modules."""
    page = chromium.new_context(service_workers="block").new_page()
    page.route("**/worker-part/*.js", serve_part)
    page.goto(f"{demo_clinic.url}/sign-in")
    yield page
    page.context.close()


def request(path: str, **more: Any) -> dict[str, Any]:
    url = path if "://" in path else f"https://a.test{path}"
    return {"url": url, "method": "GET", "mode": "navigate", "headers": {}} | more


HTML = {"Accept": "text/html"}
KINDS = [
    (request("/"), "page"),
    (request("/?q=swim"), "page"),
    (request("/", mode="cors", headers=HTML), "page"),
    (request("/", mode="cors"), "other"),
    (request("/", mode="cors", method="HEAD"), "other"),
    (request("/", method="POST"), "other"),
    (request("/inbox"), "place"),
    (request("/inbox", mode="cors", headers=HTML), "other"),
    (request("/staff"), "place"),
    (request("/staff/clients/4/as-client"), "place"),
    (request("/photos"), "place"),
    (request("/photos/3/large.webp"), "place"),
    (request("/photos/3/large.webp", mode="no-cors"), "other"),
    (request("/photos/3/large.webp", mode="cors", headers=HTML), "other"),
    (request("/assets/abc/app.css", mode="no-cors"), "asset"),
    (request("/photos"), "place"),
    (request("/photos/anything"), "place"),
    (request("/photos/anything/320.webp", mode="no-cors"), "other"),
    (request("/photos/consents/shown", method="POST"), "other"),
    (request("/sign-out", method="POST"), "leaving"),
    (request("/sign-out", method="POST", mode="cors"), "other"),
    (request("/sign-in", method="POST"), "door"),
    (request("/join-staff", method="POST"), "door"),
    (request("/sign-in"), "place"),
    (request("https://b.test/"), "other"),
    (request("https://b.test/assets/x.css"), "other"),
]


@pytest.mark.parametrize(("asked", "kind"), KINDS)
def test_every_request_is_of_one_kind(bare: Page, asked: dict[str, Any], kind: str) -> None:
    assert bare.evaluate(KIND, [asked, PAGES]) == kind


def shown(bare: Page, now: int, shown_at: int = START, path: str = "/") -> str | None:
    """What stands in the main part when the phone's clock reads `now`; it was kept at START."""
    kept = {"server": START, "shown": shown_at}
    found: str | None = bare.evaluate(DOCUMENT, [COPY, path, kept, now])
    return found


@pytest.mark.parametrize(
    ("span", "main"),
    [
        (0, "no"),
        (2 * HOUR - 1, "no"),
        (2 * HOUR, "yes"),
        (4 * HOUR - 1, "yes"),
        (-HOUR, "no"),
    ],
)
def test_the_state_that_has_begun_is_shown(bare: Page, span: int, main: str) -> None:
    document = shown(bare, START + span)
    assert document is not None
    assert document.endswith(f"</i>{main}</main>")


def test_at_its_end_and_of_another_path_there_is_no_copy(bare: Page) -> None:
    assert shown(bare, START + 4 * HOUR) is None
    assert shown(bare, START, path="/inbox") is None
    unreadable = {"server": float("nan"), "shown": START}
    assert bare.evaluate(DOCUMENT, [COPY, "/", unreadable, START]) is None


@pytest.mark.parametrize(
    ("shown_at", "later", "is_said"),
    [
        (START + 5 * MINUTE, 0, False),
        (START + 5 * MINUTE + 1, 0, True),
        (START - 5 * MINUTE, 0, False),
        (START - 5 * MINUTE - 1, 0, True),
        (START, -1, True),
    ],
)
def test_a_phones_clock_that_is_wrong_is_said(
    bare: Page, shown_at: int, later: int, is_said: bool
) -> None:
    document = shown(bare, shown_at + later, shown_at)
    assert document is not None
    assert ("As of 10:00. $& Wrong clock." in document) == is_said
    assert "As of 10:00." in document


def test_it_counts_by_the_servers_clock_whatever_the_phones_says(bare: Page) -> None:
    a_day_ahead = START + 24 * HOUR
    document = shown(bare, a_day_ahead + 2 * HOUR, a_day_ahead)
    assert document is not None
    assert "data-offline='2026-03-02T12:00:00.000Z'" in document
    assert ">yes</main>" in document.replace("</i>", ">")
