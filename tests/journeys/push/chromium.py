"""A person's Chromium with a profile of its own, which alone can subscribe to pushes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, BrowserType, Error, Page

from tests.journeys.complaints import listen
from tests.journeys.conftest import BROWSERS, PHONE, QUIET
from tests.journeys.push.phones import GLANCE, PATIENCE, ZONE, Shown, until
from tests.journeys.push.push_service import PushService

T = TypeVar("T")
DISPLAYED, CLOSED = "Notification displayed", "Notification closed"
DISPATCHED, COMPLETED = "Push event dispatched", "Push event completed"
# Nobody can click a notification of a Chromium without a screen, and only a real click lets a
# worker open or focus a window. So the event is made inside the worker, what the worker asks of
# the browser is written down, and the phone below does it.
TAP = """
async title => {
  const [notification] = (await registration.getNotifications()).filter(n => n.title === title);
  if (!notification) return null;
  const asked = [], waits = [];
  clients.openWindow = async address => {
    asked.push(["open", new URL(address, location.href).href]);
    return null;
  };
  WindowClient.prototype.focus = async function () {
    asked.push(["focus", this.url]);
    return this;
  };
  const event = new NotificationEvent("notificationclick", { notification });
  event.waitUntil = promise => waits.push(promise);
  dispatchEvent(event);
  await Promise.all(waits);
  return asked;
}
"""


class Chromium:
    """Waits up to a minute. What is on its screen it learns from its own event log: asking the
    page with `getNotifications()` while one is being shown makes Chromium forget that one."""

    def __init__(self, kind: BrowserType, folder: Path, service: PushService) -> None:
        self.context: BrowserContext = kind.launch_persistent_context(
            folder,
            executable_path=next(filter(None, map(shutil.which, BROWSERS))),
            args=[*QUIET, *service.chromium_arguments],
            permissions=["notifications"],
            viewport=PHONE,
            locale="en-GB",
            timezone_id=ZONE,
        )
        listen(self.context)
        self.context.set_default_timeout(PATIENCE * 1000)
        self._blank = self.page = self.context.pages[0]
        self._shown: dict[str, Shown] = {}
        self._busy = 0
        self._origins: set[str] = set()
        self._log = self.context.new_cdp_session(self._blank)
        self._log.on("BackgroundService.backgroundServiceEventReceived", self._hear)
        for service_name in ("pushMessaging", "notifications"):
            named = {"service": service_name}
            self._log.send("BackgroundService.startObserving", named)
            self._log.send("BackgroundService.setRecording", named | {"shouldRecord": True})

    def close(self) -> None:
        self.context.close()

    def open(self, address: str) -> None:
        if self.page is self._blank:
            self.page = self.context.new_page()
        self._origins.add(_origin(address))
        self.page.goto(address)

    def open_another(self, address: str) -> None:
        self.page = self._blank
        self.open(address)

    @property
    def address(self) -> str:
        return self.page.url

    def press(self, words: str) -> None:
        button = self.page.get_by_role("button", name=words, exact=True)
        button.or_(self.page.get_by_role("link", name=words, exact=True)).first.click()

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)

    def text(self, css: str) -> str:
        return self.page.locator(css).first.inner_text()

    def script(self, source: str, *given: object) -> Any:
        body = f"given => (async (...given) => {{{source}}})(...given)"
        return self.page.evaluate(body, list(given))

    def notifications(self) -> list[Shown]:
        self._glance()
        return list(self._shown.values())

    def tap(self, title: str) -> None:
        def is_there() -> bool:
            return not self._busy and title in [shown.title for shown in self.notifications()]

        self.wait_until(is_there, f"notification {title!r}")
        for what, address in self._tapped(title):
            if what == "open":
                self.open_another(address)
            else:
                self._bring_to_front(address)

    def add_cookie(self, name: str, value: str, address: str) -> None:
        self.context.add_cookies([{"name": name, "value": value, "url": address}])

    def permit(self, address: str, is_granted: bool) -> None:
        setting = {"setting": "granted" if is_granted else "denied", "origin": _origin(address)}
        self._log.send("Browser.setPermission", {"permission": {"name": "notifications"}} | setting)

    def close_pages(self) -> None:
        for page in self.context.pages:
            if page is not self._blank:
                page.close()
        self.page = self._blank

    def wait_until(self, condition: Callable[[], T], what: str) -> T:
        return until(condition, what, self._glance)

    def tidy(self) -> None:
        self.close_pages()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.context.grant_permissions(["notifications"])
        for origin in self._origins:
            everything = {"origin": origin, "storageTypes": "all"}
            self._log.send("Storage.clearDataForOrigin", everything)
        self._origins.clear()
        self._shown.clear()
        self._busy = 0

    def _hear(self, told: dict[str, Any]) -> None:
        event = told["backgroundServiceEvent"]
        words = {entry["key"]: entry["value"] for entry in event["eventMetadata"]}
        # For a notification this is its tag: one with the tag of another takes its place. Those
        # without a tag cannot be told apart and count as one.
        tag = event["instanceId"]
        if event["eventName"] == DISPLAYED:
            self._shown.pop(tag, None)
            self._shown[tag] = Shown(words["Title"], words["Body"])
        elif event["eventName"] == CLOSED:
            self._shown.pop(tag, None)
        self._busy += (event["eventName"] == DISPATCHED) - (event["eventName"] == COMPLETED)

    def _tapped(self, title: str) -> list[tuple[str, str]]:
        """What the worker of a notification wants, now that it was tapped.

        A worker that a site or we got rid of is listed for a while; it knows no notification.
        """
        for worker in reversed(self.context.service_workers):
            with suppress(Error):
                asked: list[tuple[str, str]] | None = worker.evaluate(TAP, title)
                if asked is not None:
                    return asked
        raise AssertionError(f"no worker knows the notification {title!r}")

    def _bring_to_front(self, address: str) -> None:
        def there() -> list[Page]:
            """The page that was there; a worker may have led it elsewhere meanwhile."""
            own = [page for page in self.context.pages if _origin(page.url) == _origin(address)]
            return [page for page in own if page.url == address] or own

        self.page = self.wait_until(there, address)[0]
        self.page.bring_to_front()

    def _glance(self) -> None:
        self._blank.wait_for_timeout(GLANCE * 1000)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
