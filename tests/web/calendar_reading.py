"""A calendar that reads our files, and a clinic in which dates are changed as staff change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import SetClock
from tests.services.scene import Scene
from tests.web.house import House
from webapp.persistence.tables import Visit

MOMENT = "A date from your clinic"
APPOINTMENT = "Appointment"


def events_in(answer: TestResponse) -> list[Any]:
    """Every entry of a calendar file, in its order."""
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def appointments_in(answer: TestResponse) -> list[Any]:
    return [event for event in events_in(answer) if event["SUMMARY"] == APPOINTMENT]


@dataclass
class Shared:
    """Amira, whose dates are made and changed by Iris, and who can share them."""

    house: House
    scene: Scene
    amira: FlaskClient
    course_id: int

    @property
    def clock(self) -> SetClock:
        return self.house.clock

    def make(self, name: str = "Amira") -> str:
        """Make an address as this client does; returns its path."""
        browser = self.amira if name == "Amira" else self.house.browser_of(name)
        page = browser.post("/dates/calendar", follow_redirects=True).text
        return "/calendar/" + page.partition("localhost/calendar/")[2].partition(".ics")[0] + ".ics"

    def read(self, path: str, **headers: str) -> TestResponse:
        """What a calendar gets that knows nothing but the address."""
        return self.house.app.test_client().get(path, headers=headers)

    def only(self, path: str) -> Any:
        """The one appointment that the feed has."""
        (event,) = appointments_in(self.read(path))
        return event

    def visit_id(self) -> int:
        with self.house.reader() as reader:
            found = reader.scalar(select(Visit.id).order_by(Visit.id.desc()))
        assert found is not None
        return found


def make_shared(house: House) -> Shared:
    iris, otto = house.person("Iris"), house.person("Otto")
    scene = Scene(house.with_, house.clock, house.location_id, iris, otto)
    course_id = scene.begin(house.clients["Amira"])
    return Shared(house, scene, house.browser_of("Amira"), course_id)


def starts(event: Any) -> datetime:
    found: datetime = event["DTSTART"].dt
    return found
