"""How long somebody on a slow line waits for the answer on Today, at a first and a second visit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page, Playwright

from benchmarks.pages.chromium import phone, wait_until_kept
from benchmarks.pages.slow_line import DEAD, FAST, SLOW_3G, Handle, Speed
from tests.journeys.conftest import PHONE

MOST_MILLISECONDS = 90_000
NOBODY_ANSWERS = "second visit with the worker, nobody answers"
# When a frame was drawn that has the answer in it; no frame is drawn before the style sheets are
# there. In milliseconds since the navigation began.
WATCH = """
const look = () => {
  const box = document.querySelector(".answer-state")?.getBoundingClientRect();
  if (!box?.height) return requestAnimationFrame(look);
  const drawn = performance.now();
  new PerformanceObserver((list) => {
    const painted = list.getEntriesByName("first-contentful-paint")[0]?.startTime;
    if (painted) window.answeredAt = Math.max(drawn, painted);
  }).observe({ type: "paint", buffered: true });
};
requestAnimationFrame(look);
"""


def times(playwright: Playwright, line: Handle, token: str) -> dict[str, float]:
    """Milliseconds until the answer is painted, by the kind of visit, of one phone's life."""
    line.change(FAST)
    with phone(playwright) as ours:
        ours.sign_in(line.url, token)
        with ours.context() as context:
            context.add_init_script(f"{{{WATCH}}}")
            first = _visit(context, line, SLOW_3G)
            _take_a_copy(context, line)
            return {
                "first visit": first,
                "second visit without the worker": _visit(context, line, SLOW_3G, has_worker=False),
                "second visit with the worker": _visit(context, line, SLOW_3G),
                NOBODY_ANSWERS: _visit(context, line, DEAD),
            }


def _visit(context: BrowserContext, line: Handle, speed: Speed, has_worker: bool = True) -> float:
    with _window(context) as page:
        # A worker that was at rest, as when the app is opened, has to start first.
        session = context.new_cdp_session(page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        session.send("Network.enable")
        session.send("Network.setBypassServiceWorker", {"bypass": not has_worker})
        line.change(speed)
        page.goto(line.url, wait_until="commit", timeout=MOST_MILLISECONDS)
        page.wait_for_function("() => window.answeredAt", timeout=MOST_MILLISECONDS)
        answered: float = page.evaluate("window.answeredAt")
    return answered


def _take_a_copy(context: BrowserContext, line: Handle) -> None:
    """Let the phone have everything a second visit finds there."""
    line.change(FAST)
    with _window(context) as page:
        page.goto(line.url)
        wait_until_kept(page)


@contextmanager
def _window(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.set_viewport_size(PHONE)
    yield page
    page.close()
