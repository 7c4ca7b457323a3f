"""Setting second factors up through the pages, as staff do."""

from __future__ import annotations

import html
import re
from datetime import timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.gateways.authenticating_device import Device
from tests.web.house import PASSWORD, House

SECURITY = "/staff/security"
SECOND = "/sign-in/staff/second"
STEP = timedelta(seconds=30)


def key_on(answer: TestResponse) -> str:
    """The key that a page shows in groups."""
    shown = re.search(r'class="code-value"[^>]*>(.*?)</p>', answer.text, re.DOTALL)
    assert shown is not None
    return "".join(re.findall(r"<span>(\w+)</span>", shown[1]))


def code_of(house: House, key: str, steps: int = 0) -> str:
    """What an app with this key shows now, or so many steps later."""
    return house.with_.authenticator.code_at(key, house.clock.now() + steps * STEP)


def set_app_up(house: House, browser: FlaskClient) -> str:
    """Set an app up; returns its key. The next code is fresh."""
    browser.post(f"{SECURITY}/app/key")
    key = key_on(browser.get(f"{SECURITY}/app"))
    done = browser.post(f"{SECURITY}/app", data={"code": code_of(house, key)})
    assert done.status_code == 303, done.text
    house.clock.at += STEP
    return key


def set_passkey_up(browser: FlaskClient, device: Device, name: str = "Her phone") -> TestResponse:
    """Add a passkey, as the script does it."""
    asked = browser.post(f"{SECURITY}/passkeys/options").text
    data = {"answer": device.make(asked), "name": name}
    return browser.post(f"{SECURITY}/passkeys/new", data=data)


def after_password(house: House, name: str = "Iris") -> FlaskClient:
    """A browser on which somebody has just typed the right password."""
    browser = house.browser()
    data = {"email": f"{name.lower()}@clinic.example", "password": PASSWORD}
    answer = browser.post("/sign-in/staff", data=data)
    assert answer.location == SECOND
    return browser


def recovery_codes_on(answer: TestResponse) -> list[str]:
    """The recovery codes that a page shows."""
    listed = re.search(r'<ol class="recovery".*?</ol>', answer.text, re.DOTALL)
    items = re.findall(r"<li>(.*?)</li>", listed[0], re.DOTALL) if listed else []
    return ["".join(re.findall(r"<span>(\w+)</span>", html.unescape(item))) for item in items]
