"""A browser of the test clinic that can subscribe, as its page's script speaks to us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.gateways.push.phone import Phone
from tests.web.house import House

ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/"


@dataclass
class PushBrowser:
    """Somebody's browser; `held` is what the page's script sends of its subscription."""

    browser: FlaskClient
    held: dict[str, Any]

    def turn_on(self, **more: Any) -> TestResponse:
        body = {"subscription": self.held, **more}
        return self.browser.post("/push/subscriptions", json=body)

    def compare(self, **more: Any) -> TestResponse:
        body = {"subscription": self.held, **more}
        return self.browser.post("/push/comparison", json=body)

    def row_link(self, verb: str) -> str:
        """Where the settings page sends the tap on a device's `remove` or `tests`."""
        page = self.browser.get("/notifications").text
        links = [part.split('"')[0] for part in page.split('action="')[1:]]
        return next(link for link in links if link.endswith(f"/{verb}"))


def push_browser(house: House, name: str = "Amira", number: int = 1) -> PushBrowser:
    """A browser in which somebody is signed in, holding a subscription with our key."""
    browser = house.browser_of(name)
    key = browser.get("/push/key").json
    assert key is not None
    phone = Phone().subscription(f"{ENDPOINT}{name}{number}", "")
    keys = {"p256dh": phone.p256dh, "auth": phone.auth}
    return PushBrowser(browser, {"endpoint": phone.endpoint, "keys": keys, **key})
