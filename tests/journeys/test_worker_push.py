"""The service worker shows exactly one notification for every push, and a tap opens our pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Error, Page, Route

from tests.journeys.looks import LIGHT, phone_of
from tests.journeys.served import Served
from webapp.domain.pushes import PushMessage
from webapp.gateways.push.message import payload
from webapp.services.demo_personas import PERSONAS

WORKER_FOLDER = Path(__file__).parents[2] / "service_worker"
NEUTRAL = ("Halo Scalp Studio", "There is something new to read.")
GOOD = {"title": "Water only", "body": "Lukewarm", "navigate": "/dates", "tag": "plan"}
MALFORMED = {
    "empty": "",
    "no json": "hello",
    "half": '{"web_push": 8030, "notification": {"title": "Wat',
    "null": "null",
    "a number": "42",
    "a text": '"text"',
    "a list": "[1, 2]",
    "deep": "[" * 1_500,
    "nothing in it": "{}",
    "no notification": '{"web_push": 8030}',
    "notification is a text": '{"notification": "Wash"}',
    "no title": '{"notification": {"body": "secret"}}',
    "empty title": '{"notification": {"title": "  ", "body": "secret"}}',
    "title is an object": '{"notification": {"title": {"toString": 1}, "body": "secret"}}',
    "proto": '{"__proto__": {"notification": {"title": "x"}}}',
}
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const shown = await registration.getNotifications();
  return shown.map(({ title, body, tag, dir, lang, timestamp, data }) =>
    ({ title, body, tag, dir, lang, timestamp, opens: data.opens }));
}"""
# The notifications that are new, as soon as there is one.
NEWS = f"""async ([before, patience]) => {{
  const shown = {SHOWN};
  const known = new Set(before.map(({{ tag, timestamp }}) => `${{tag}} ${{timestamp}}`));
  const isNews = ({{ tag, timestamp }}) =>
    !tag.startsWith("last") && !known.has(`${{tag}} ${{timestamp}}`);
  for (const began = performance.now(); performance.now() - began < patience; ) {{
    const news = (await shown()).filter(isNews);
    if (news.length) return news;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }}
  throw new Error("no notification came");
}}"""
# Until so many notifications with a tag show.
SO_MANY = """async ([tag, number, patience]) => {
  const registration = await navigator.serviceWorker.ready;
  for (const began = performance.now(); performance.now() - began < patience; ) {
    const shown = await registration.getNotifications({ tag });
    if (shown.length === number) return shown.map(({ title }) => title);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`never ${number} of ${tag}`);
}"""
TAP = """async () => {
  const [notification] = await registration.getNotifications({ tag: "plan" });
  dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""
WORDED = """async (text) => {
  const { notificationFor } = await import("/worker-part/notifications.js");
  return notificationFor(text, { title: "Clinic", body: "Read" }, origin);
}"""
PATIENCE = 10_000


@dataclass
class Woken:
    """A phone with our worker, to which pushes are delivered without any push service."""

    page: Page
    # One without a worker, which could answer for the modules that tests lay before it.
    bare: Page
    devtools: CDPSession
    registration: str
    origin: str
    numbers: Iterator[int] = field(default_factory=count)
    # Every notification that was ever seen.
    known: list[dict[str, Any]] = field(default_factory=list)

    def deliver(self, text: str) -> None:
        """One push arrives."""
        told = {"origin": self.origin, "registrationId": self.registration, "data": text}
        self.devtools.send("ServiceWorker.deliverPushMessage", told)

    def push(self, text: str) -> list[dict[str, Any]]:
        """Deliver one push; returns every notification that it brought.

        Another push is the end of the wait: a second notification would show before it does.
        """
        self.known += self.shown()
        seen = self.deliver_until_seen(text, NEWS, self.known)
        self.wait_for_one_more()
        # Chromium sometimes forgets a notification while the next push arrives, and comes upon it
        # again later; we do not.
        seen += [one for one in self.shown() if one not in seen]
        news = [one for one in seen if one not in self.known]
        self.known += news
        return [one for one in news if not one["tag"].startswith("last")]

    def wait_for_one_more(self) -> None:
        """Deliver a push of our own and see it shown."""
        last = f"last {next(self.numbers)}"
        text = json.dumps({"notification": {"title": last, "tag": last}})
        self.deliver_until_seen(text, SO_MANY, last, 1)

    def deliver_until_seen(self, text: str, look: str, *what: object) -> list[Any]:
        """Deliver one push and see it; once more where Chromium forgot it at once.

        What was seen counts, though Chromium may have forgotten it a moment later.
        """
        for patience in (PATIENCE / 4, PATIENCE):
            self.deliver(text)
            with suppress(Error):
                seen: list[Any] = self.page.evaluate(look, [*what, patience])
                return seen
        raise AssertionError(f"never shown: {text}")

    def worded(self, text: str) -> dict[str, Any]:
        """What the worker's own function makes of a text, asked by itself."""
        found: dict[str, Any] = self.bare.evaluate(WORDED, text)
        return found

    def shown(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate(SHOWN)
        return found

    def wait_for(self, tag: str, number: int) -> list[str]:
        """Until so many notifications with this tag show; their titles."""
        titles: list[str] = self.page.evaluate(SO_MANY, [tag, number, PATIENCE])
        return titles


def serve_part(route: Route) -> None:
    """One of the worker's modules: what it exports asks nothing of a worker."""
    name = route.request.url.rpartition("/")[2]
    text = (WORKER_FOLDER / name).read_text(encoding="utf-8")
    route.fulfill(body=text, content_type="text/javascript")


@pytest.fixture(scope="module")
def woken(chromium: Browser, demo_clinic: Served) -> Iterator[Woken]:
    """Given a client's phone whose worker runs and may show notifications."""
    page = phone_of(chromium, demo_clinic, PERSONAS[3], LIGHT)
    page.context.grant_permissions(["notifications"])
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []

    def learn(event: dict[str, Any]) -> None:
        found.extend(one["registrationId"] for one in event["registrations"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", learn)
    devtools.send("ServiceWorker.enable")
    page.goto(demo_clinic.url)
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    bare = chromium.new_context(service_workers="block").new_page()
    bare.route("**/worker-part/*.js", serve_part)
    bare.goto(f"{demo_clinic.url}/sign-in")
    yield Woken(page, bare, devtools, found[0], demo_clinic.url)
    page.context.close()
    bare.context.close()


def test_a_message_of_ours_is_shown_as_it_was_worded(woken: Woken) -> None:
    address = f"{woken.origin}/dates"
    message = PushMessage("You can wash", "With water only", address, "en", 3)
    (shown,) = woken.push(payload(message, "a-tag").decode())
    del shown["timestamp"]
    assert shown == {
        "title": "You can wash",
        "body": "With water only",
        "tag": "a-tag",
        "dir": "auto",
        "lang": "en",
        "opens": address,
    }


@pytest.mark.parametrize("kind", ["empty", "no json", "null", "no title"])
def test_what_cannot_be_read_is_shown_once_in_neutral_words(woken: Woken, kind: str) -> None:
    (shown,) = woken.push(MALFORMED[kind])
    assert (shown["title"], shown["body"]) == NEUTRAL
    assert shown["opens"] == f"{woken.origin}/"


@pytest.mark.parametrize("kind", list(MALFORMED))
def test_nothing_that_cannot_be_read_makes_the_worker_stumble(woken: Woken, kind: str) -> None:
    shown = woken.worded(MALFORMED[kind])
    assert (shown["title"], shown["options"]["body"]) == ("Clinic", "Read")
    assert shown["options"]["tag"] == "unreadable"


@pytest.mark.parametrize(
    ("navigate", "opens"),
    [
        ("/dates", "/dates"),
        ("https://evil.example/", "/"),
        ("//evil.example/x", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[", "/"),
        (5, "/"),
        (None, "/"),
    ],
)
def test_only_addresses_of_ours_are_opened(woken: Woken, navigate: object, opens: str) -> None:
    shown = woken.worded(json.dumps({"notification": GOOD | {"navigate": navigate}}))
    assert shown["options"]["data"] == {"opens": woken.origin + opens}


def test_odd_details_never_keep_a_notification_back(woken: Woken) -> None:
    odd = {"dir": "sideways", "lang": 7, "tag": {}, "app_badge": "many", "body": ["x"]}
    (shown,) = woken.push(json.dumps({"notification": GOOD | odd, "app_badge": -1}))
    assert (shown["title"], shown["body"], shown["dir"]) == ("Water only", "", "auto")


def test_a_newer_message_about_the_same_takes_the_olders_place(woken: Woken) -> None:
    woken.push(json.dumps({"notification": GOOD | {"title": "Older"}}))
    woken.push(json.dumps({"notification": GOOD}))
    assert woken.wait_for("plan", 1) == ["Water only"]


def test_without_a_network_a_push_is_shown_all_the_same(woken: Woken) -> None:
    woken.page.context.set_offline(True)
    shown = woken.push(json.dumps({"notification": GOOD}))
    woken.page.context.set_offline(False)
    assert [one["title"] for one in shown] == ["Water only"]


def test_a_tap_brings_an_open_window_there_and_takes_the_notification_away(woken: Woken) -> None:
    assert woken.push(json.dumps({"notification": GOOD}))
    (worker,) = woken.page.context.service_workers
    with woken.page.expect_navigation(url=f"{woken.origin}/dates"):
        worker.evaluate(TAP)
    woken.wait_for("plan", 0)


@pytest.mark.parametrize(
    ("message", "badge"),
    [
        ({"app_badge": 4}, 4),
        ({"notification": {"app_badge": 2}}, 2),
        ({"app_badge": 0, "notification": {"app_badge": 7}}, 0),
        ({"app_badge": 1.5}, None),
        ({"app_badge": "9"}, None),
        ({}, None),
    ],
)
def test_the_badge_counts_what_the_message_says(
    woken: Woken, message: dict[str, Any], badge: int | None
) -> None:
    assert woken.worded(json.dumps(message)).get("count") == badge
