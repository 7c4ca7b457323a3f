"""The desk of a small clinic for tests of the staff's pages: people signed in, times in Dubai."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import SetClock
from tests.services.scene import Scene, make_scene
from webapp.domain.people import SignedIn
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Clinic, PrivacyNotice
from webapp.services import logins
from webapp.services.courses import CourseFile

DUBAI = ZoneInfo("Asia/Dubai")


@dataclass
class Desk:
    """A clinic with Iris the artist and Otto of the reception, each at a browser."""

    app: Flask
    scene: Scene
    iris: FlaskClient
    otto: FlaskClient

    @property
    def clock(self) -> SetClock:
        return self.scene.clock

    def file(self, course_id: int) -> CourseFile:
        """The course as it is stored now."""
        reading().rollback()
        return self.scene.file(course_id)

    def version(self, course_id: int) -> int:
        return self.file(course_id).version

    def come_back(self, at: datetime) -> None:
        """It is another day: the staff sign in again."""
        self.clock.at = at
        self.iris = signed_in(self.app, self.clock, self.scene.iris)
        self.otto = signed_in(self.app, self.clock, self.scene.otto)

    def post(self, path: str, course_id: int, **fields: str) -> TestResponse:
        """Send a form of a course as Iris, with the version that the course has now."""
        return self.iris.post(path, data={"version": str(self.version(course_id)), **fields})

    def save(self, path: str, course_id: int, **fields: str) -> TestResponse:
        """Send a form, and once more from the page that says what it does."""
        looked = self.post(path, course_id, **fields)
        return self.post(path, course_id, **fields, reviewed=hidden(looked, "reviewed"))


def make_desk(app: Flask, clock: SetClock) -> Desk:
    """The clinic, its privacy notice published, its staff signed in."""
    scene = make_scene(app, clock)
    with writing() as writer:
        writer.add(Clinic(id=1, name="Dotline", accent_colour="#0d5c63", emergency_number="112"))
        writer.add(PrivacyNotice(version=1, text="We keep your dates.", published_at=clock.now()))
    return Desk(app, scene, signed_in(app, clock, scene.iris), signed_in(app, clock, scene.otto))


def signed_in(app: Flask, clock: SetClock, person: SignedIn, zone: str = "") -> FlaskClient:
    """A browser on which this person is signed in."""
    with writing() as writer:
        token = logins.begin(writer, person.account_id, "Test browser", clock.now())
    browser = app.test_client()
    browser.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    browser.set_cookie("liftday", token)
    if zone:
        browser.post("/time-zone", data={"zone": zone})
    return browser


def local(name: str, at: datetime) -> dict[str, str]:
    """The two inputs of a date and time, as Dubai's clocks show it."""
    text = at.astimezone(DUBAI).isoformat()
    return {f"{name}_on": text[:10], f"{name}_time": text[11:16]}


def text_of(response: TestResponse) -> str:
    """The words of a page, without its markup."""
    body = re.sub(r"<[^>]+>", " ", response.text)
    return re.sub(r"\s+", " ", html.unescape(body))


def hidden(response: TestResponse, name: str) -> str:
    """The value of a hidden input on a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.text)
    assert found is not None
    return found[1]
