"""A small clinic for tests of courses: a location in Dubai, staff, and a client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from tests.conftest import SetClock
from webapp.domain.course_edits import Edit, EndSession, PlanSession
from webapp.domain.people import Role, SignedIn
from webapp.persistence.database import writing
from webapp.persistence.tables import Account, Location
from webapp.services import clients, courses
from webapp.services.clients import NewClient
from webapp.services.course_extras import FileEdit
from webapp.services.courses import ChangeCard, CourseFile, NewCourse
from webapp.services.ports import Collaborators

DUBAI = ZoneInfo("Asia/Dubai")


def dubai(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A wall-clock time in Dubai in 2026, as UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=DUBAI).astimezone(UTC)


@dataclass(frozen=True)
class Scene:
    """The clinic, and short ways to use it as the artist Iris would."""

    with_: Collaborators
    clock: SetClock
    location_id: int
    iris: SignedIn
    otto: SignedIn

    def add_client(self, name: str = "Amira Saleh", phone: str = "") -> int:
        return clients.add(self.with_, self.iris, NewClient(name, phone, self.location_id))

    def begin(self, client_id: int | None = None) -> int:
        client_id = client_id or self.add_client()
        return courses.begin(self.with_, self.iris, NewCourse(client_id, self.location_id))

    def file(self, course_id: int) -> CourseFile:
        file = courses.read(course_id)
        assert file is not None
        return file

    def change(self, course_id: int, edit: Edit | FileEdit) -> ChangeCard:
        version = self.file(course_id).version
        return courses.change(self.with_, self.iris, course_id, version, edit)

    def ended(self, course_id: int, number: int, ended_at: datetime) -> ChangeCard:
        """Plan session `number` three hours before its end, and end it on time."""
        starts_at = ended_at.replace(hour=ended_at.hour - 3)
        self.clock.at = ended_at
        self.change(course_id, PlanSession(starts_at))
        return self.change(course_id, EndSession(number, ended_at))


def make_scene(app: Flask, clock: SetClock) -> Scene:
    """The clinic in the application's fresh database."""
    with writing() as writer:
        place = Location(name="Marina", phone="+97142000000", time_zone="Asia/Dubai")
        staff = [
            Account(role="artist", name="Iris", created_at=clock.now()),
            Account(role="reception", name="Otto", created_at=clock.now()),
        ]
        writer.add_all([place, *staff])
        writer.flush()
        iris, otto = (SignedIn(a.id, 1, Role(a.role), a.name, "Asia/Dubai") for a in staff)
        location_id = place.id
    return Scene(app.extensions["collaborators"], clock, location_id, iris, otto)
