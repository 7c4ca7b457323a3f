"""A person's Firefox, driven by what stands on its pages."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from tests.journeys.push.firefox_process import FirefoxProcess
from tests.journeys.push.marionette import Marionette, MarionetteError
from tests.journeys.push.phones import PATIENCE, Shown, until

T = TypeVar("T")
Element = dict[str, str]
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # WebDriver's name for a reference
# What Firefox says of an element that does not show yet, or that was just exchanged.
NOT_YET = ("element not interactable", "stale element reference")
BY_WORDS = """
const says = element => element.textContent.replace(/\\s+/g, " ").trim() === given[0];
return [...document.querySelectorAll("a, button, summary")].find(says) ?? null;
"""
BY_LABEL = """
const says = label => label.textContent.replace(/\\s+/g, " ").trim() === given[0];
return [...document.querySelectorAll("label")].find(says)?.control ?? null;
"""
# A notification is a window of Firefox's own. Once clicked it fades, and counts no more.
ALERTS = """
const shown = [...Services.wm.getEnumerator("alert:alert")].filter(one => one.gIsActive)
  .map(one => ({
    box: one.document.getElementById("alertBox"),
    title: one.document.getElementById("alertTitleLabel").value,
    body: one.document.getElementById("alertTextLabel").textContent,
  })).filter(one => !one.box.hasAttribute("clicked"));
"""
LIST_ALERTS = f"{ALERTS} return shown.map(one => [one.title, one.body]);"
# A click on that window is what a person does: Firefox then tells the worker, whose
# `notificationclick` is trusted and may open and focus windows.
TAP_ALERT = f"""{ALERTS}
const found = shown.find(one => one.title === given[0]);
found?.box.click();
return Boolean(found);
"""
# Workers go first: one that is told of the end of its subscription may make another.
FORGET = """
for (const alert of Services.wm.getEnumerator("alert:alert")) alert.close();
for (const what of ["CLEAR_DOM_QUOTA", "CLEAR_ALL"]) {
  await new Promise(done => Services.clearData.deleteData(
    Ci.nsIClearDataService[what], { onDataDeleted: done }));
}
"""
PERMIT = """
const site = Services.scriptSecurityManager.createContentPrincipalFromOrigin(given[0]);
Services.perms.addFromPrincipal(site, "desktop-notification", given[1]);
"""
NARROWEST = {"width": 450, "height": 900}  # that Firefox makes a window
ALLOW, DENY = 1, 2  # nsIPermissionManager


class Firefox:
    """Waits for pages and elements up to a minute, then says what it did not see."""

    def __init__(self, process: FirefoxProcess) -> None:
        self._process = process
        self._marionette: Marionette = process.start()
        spans = {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000, "implicit": 0}
        self._ask("WebDriver:SetTimeouts", **spans)
        self._ask("WebDriver:SetWindowRect", **NARROWEST)

    def close(self) -> None:
        self._process.stop()

    def open(self, address: str) -> None:
        self._look()
        self._ask("WebDriver:Navigate", url=address)

    def open_another(self, address: str) -> None:
        made = self._ask("WebDriver:NewWindow", type="tab", focus=True)
        self._ask("WebDriver:SwitchToWindow", handle=made["handle"], focus=True)
        self._ask("WebDriver:Navigate", url=address)

    @property
    def address(self) -> str:
        self._look()
        return str(self._ask("WebDriver:GetCurrentURL"))

    def find(self, css: str) -> Element:
        """The first element that a selector finds, once there is one."""
        return self._found("return document.querySelector(given[0])", css)

    def press(self, words: str) -> None:
        """Click what says so, as soon as it shows: scripts may have to bring it out first."""
        self.wait_until(lambda: self._has_pressed(words), f"to be pressed: {words}")

    def _has_pressed(self, words: str) -> bool:
        try:
            self.click(self._found(BY_WORDS, words))
        except MarionetteError as error:
            if error.args[0] not in NOT_YET:
                raise
            return False
        return True

    def fill(self, label: str, words: str) -> None:
        element = self._found(BY_LABEL, label)
        self._ask("WebDriver:ElementClear", id=element[ELEMENT])
        self.type(element, words)

    def click(self, element: Element) -> None:
        self._ask("WebDriver:ElementClick", id=element[ELEMENT])

    def type(self, element: Element, words: str) -> None:
        self._ask("WebDriver:ElementSendKeys", id=element[ELEMENT], text=words)

    def text(self, css: str) -> str:
        return str(self._ask("WebDriver:GetElementText", id=self.find(css)[ELEMENT]))

    def script(self, source: str, *given: object) -> Any:
        return self._run("content", source, given)

    def chrome_script(self, source: str, *given: object) -> Any:
        """As `script`, but within Firefox itself, where `Services` and all else is at hand."""
        return self._run("chrome", source, given)

    def notifications(self) -> list[Shown]:
        return [Shown(title, body) for title, body in self.chrome_script(LIST_ALERTS)]

    def tap(self, title: str) -> None:
        self.wait_until(lambda: self.chrome_script(TAP_ALERT, title), f"notification {title!r}")

    def add_cookie(self, name: str, value: str, address: str) -> None:
        self.open(address)
        cookie = {"name": name, "value": value, "domain": urlsplit(address).hostname}
        self._ask("WebDriver:AddCookie", cookie=cookie)

    def permit(self, address: str, is_granted: bool) -> None:
        self.chrome_script(PERMIT, _origin(address), ALLOW if is_granted else DENY)

    def go_offline(self, is_offline: bool) -> None:
        """Cut Firefox off from everything, its push service too, or connect it again."""
        self.chrome_script("Services.io.offline = given[0]", is_offline)

    def screenshot(self, path: Path) -> None:
        taken = self._ask("WebDriver:TakeScreenshot", full=False)
        path.write_bytes(base64.b64decode(taken))

    def close_pages(self) -> None:
        blank = self._ask("WebDriver:NewWindow", type="tab", focus=True)["handle"]
        for page in self._ask("WebDriver:GetWindowHandles"):
            if page != blank:
                self._ask("WebDriver:SwitchToWindow", handle=page, focus=False)
                self._ask("WebDriver:CloseWindow")
        self._ask("WebDriver:SwitchToWindow", handle=blank, focus=True)

    def tidy(self) -> None:
        self.go_offline(False)
        self.close_pages()
        self.chrome_script(FORGET)

    def wait_until(self, condition: Callable[[], T], what: str) -> T:
        def answer() -> T | None:
            # A page that is just being left or drawn anew may answer the next time.
            with suppress(MarionetteError):
                return condition()
            return None

        found = until(answer, what)
        assert found is not None
        return found

    def _found(self, source: str, given: str) -> Element:
        def look() -> Element | None:
            self._look()
            found: Element | None = self.script(source, given)
            return found

        return cast(Element, self.wait_until(look, given))

    def _look(self) -> None:
        """Turn to the page in front, which a notification may have changed."""
        handles = self._ask("WebDriver:GetWindowHandles")
        for handle in handles:
            self._ask("WebDriver:SwitchToWindow", handle=handle, focus=False)
            if len(handles) == 1 or self.script("return !document.hidden"):
                return

    def _run(self, context: str, source: str, given: tuple[object, ...]) -> Any:
        body = f"return (async (...given) => {{{source}}})(...arguments)"
        self._ask("Marionette:SetContext", value=context)
        try:
            return self._ask("WebDriver:ExecuteScript", script=body, args=list(given))
        finally:
            self._ask("Marionette:SetContext", value="content")

    def _ask(self, command: str, **parameters: object) -> Any:
        return self._marionette.ask(command, parameters)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
