"""What travels at a first and a second visit of Today, as the network saw it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Playwright

from benchmarks._limits import Line, figure
from benchmarks.pages.chromium import phone, wait_until_kept
from tests.journeys.conftest import PHONE
from tests.journeys.served import Served

# Bytes, compressed. Of the icons, that of the window's tab belongs to the view.
MOST = {"html": 8_000, "css": 8_000, "scripts": 8_000, "icons": None}
MOST_ALTOGETHER, MOST_IN_ONE_FLIGHT, MOST_WORKER = 25_000, 14_000, 4_000
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "scripts"}
BESIDE = "beside"
# The worker asks for a new copy even where it has one: after that nothing more comes.
REST_MILLISECONDS = 3_000


@dataclass
class Travelled:
    """Every request of one page: the kind, and the bytes of its answer's head and body."""

    kinds: dict[str, str] = field(default_factory=dict)
    heads: Counter[str] = field(default_factory=Counter)
    wholes: Counter[str] = field(default_factory=Counter)

    def watch(self, session: CDPSession) -> None:
        session.on("Network.responseReceived", self._begin)
        session.on("Network.loadingFinished", self._end)
        session.send("Network.enable")

    def _begin(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        is_kept = answer.get("fromDiskCache") or answer.get("fromServiceWorker")
        if not is_kept and answer["url"].startswith("http"):
            self.kinds[event["requestId"]] = _kind(event["type"], answer["url"])
            self.heads[event["requestId"]] = answer["encodedDataLength"]

    def _end(self, event: dict[str, Any]) -> None:
        self.wholes[event["requestId"]] = event["encodedDataLength"]

    def bodies(self) -> Counter[str]:
        """Bytes of the bodies, by kind."""
        found: Counter[str] = Counter()
        for request, kind in self.kinds.items():
            found[kind] += self.wholes[request] - self.heads[request]
        return found

    def whole(self, kind: str) -> int:
        """Bytes of everything of a kind, heads included."""
        return sum(self.wholes[request] for request, its in self.kinds.items() if its == kind)


def _kind(kind: str, address: str) -> str:
    return "icons" if "/favicon-" in address else KINDS.get(kind, BESIDE)


def lines_of(playwright: Playwright, served: Served, token: str) -> Iterator[Line]:
    """Weights of the first view, and the requests of two visits."""
    with phone(playwright) as ours:
        ours.sign_in(served.url, token)
        with ours.context() as context:
            first, first_requests = _visit(context, served)
            yield from _weights(first)
            yield from _worker(served)
            yield _requests("first visit", first, first_requests)
            second, second_requests = _visit(context, served)
            yield _requests("second visit", second, second_requests)


def _visit(context: BrowserContext, served: Served) -> tuple[Travelled, Counter[str]]:
    """Open Today until nothing more is asked; what the page asked for, and what the server heard
    of the page and its worker, by route."""
    page = context.new_page()
    page.set_viewport_size(PHONE)
    before = _heard(served)
    travelled = Travelled()
    travelled.watch(context.new_cdp_session(page))
    page.goto(served.url)
    wait_until_kept(page)
    page.wait_for_timeout(REST_MILLISECONDS)
    page.close()
    return travelled, _heard(served) - before


def _heard(served: Served) -> Counter[str]:
    lines = [json.loads(line) for line in served.said.splitlines() if line.startswith("{")]
    return Counter(line["route"] for line in lines if line.get("event") == "request")


def _weights(travelled: Travelled) -> Iterator[Line]:
    bodies = travelled.bodies()
    for kind, most in MOST.items():
        yield figure(f"first view/{kind}", bodies[kind], "bytes", most)
    of_the_view = sum(bodies[kind] for kind in MOST)
    yield figure("first view/altogether", of_the_view, "bytes", MOST_ALTOGETHER)
    whole = travelled.whole("html")
    yield figure("first view/html with headers", whole, "bytes", MOST_IN_ONE_FLIGHT)
    yield figure("first view/asked for beside it", bodies[BESIDE], "bytes")


def _worker(served: Served) -> Iterator[Line]:
    connection = HTTPConnection(served.url.removeprefix("http://"), timeout=10)
    connection.request("GET", "/service-worker.js", headers={"Accept-Encoding": "br"})
    yield figure("first view/worker", len(connection.getresponse().read()), "bytes", MOST_WORKER)
    connection.close()


def _requests(name: str, travelled: Travelled, heard: Counter[str]) -> Line:
    line = figure(f"{name}/requests", heard.total(), "requests")
    return line | {"of the page": len(travelled.kinds), "routes": dict(sorted(heard.items()))}
