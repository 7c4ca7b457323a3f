"""Amira's phone: a client with a course told as facts, and the words her pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.web.house import House
from tests.web.personas import words_of
from webapp.persistence.tables import (
    Clinic,
    Course,
    Extension,
    Location,
    TreatmentSession,
    Visit,
)
from webapp.services import today
from webapp.services.today import Facts

# Mon 2 Mar 2026, 16:30 in Dubai: the end of session 1 wherever it has ended.
FIRST_END = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
# Tue 10 Mar 2026, 11:00 in Dubai: the beginning of session 2 wherever it is booked.
SECOND_START = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
SESSION_SPAN = timedelta(hours=3, minutes=30)


@dataclass
class Phone:
    """What Amira holds in her hand."""

    house: House
    browser: FlaskClient
    course_id: int = 0

    def open(self, path: str = "/", at: datetime | None = None, **headers: str) -> TestResponse:
        """Open a page, at an instant if one is given."""
        if at:
            self.house.clock.at = at
        return self.browser.get(path, headers=headers)

    def words(self, path: str = "/", at: datetime | None = None) -> str:
        """The words of a page, without its markup and without states to come."""
        return words_of(self.open(path, at).text)

    def facts(self) -> Facts:
        """What her pages are made of, now."""
        with self.house.app.app_context():
            found = today.facts_of(self.house.clients["Amira"], self.house.clock.now())
        assert found is not None
        return found

    def change(self, table: type, **values: object) -> None:
        """Change stored rows as nobody may, for what cannot be true."""
        with self.house.writer() as writer:
            writer.execute(update(table).values(**values))


def make_phone(house: House) -> Phone:
    """Amira is signed in; her clinic can be called and written to, and has planned nothing."""
    phone = Phone(house, house.browser_of("Amira"))
    phone.change(Location, name="Marina Plaza", address="Floor 3", phone="+97140000000")
    phone.change(Clinic, whatsapp="+971500000000")
    return phone


def add_course(
    phone: Phone,
    done: tuple[datetime, ...] = (),
    booked: tuple[datetime, ...] = (),
    **facts: object,
) -> None:
    """A course of sessions that ended, then of sessions that are booked to start."""
    house = phone.house
    course = {"planned_sessions": 3, "is_last_confirmed": False, "kind": "regular", **facts}
    with house.writer() as writer:
        row = Course(client_id=house.clients["Amira"], location_id=house.location_id, **course)
        row.protocol_id, row.protocol_version = "smp", 1
        row.created_at = house.clock.now()
        writer.add(row)
        writer.flush()
        phone.course_id = row.id
        for number, ended_at in enumerate(done, 1):
            writer.add(_session(row.id, number, ended_at - SESSION_SPAN, ended_at))
        for number, starts_at in enumerate(booked, len(done) + 1):
            writer.add(_session(row.id, number, starts_at, None))


def _session(
    course_id: int, number: int, starts_at: datetime, ended_at: datetime | None
) -> TreatmentSession:
    status = "performed" if ended_at else "scheduled"
    return TreatmentSession(
        course_id=course_id, number=number, status=status, starts_at=starts_at, ended_at=ended_at
    )


def add_visit(phone: Phone, kind: str, status: str, starts_at: datetime) -> None:
    with phone.house.writer() as writer:
        row = Visit(course_id=phone.course_id, kind=kind, status=status, starts_at=starts_at)
        writer.add(row)


def add_extension(phone: Phone, activity: str, days: int) -> None:
    with phone.house.writer() as writer:
        row = Extension(course_id=phone.course_id, activity=activity, days=days, reason="-")
        writer.add(row)
