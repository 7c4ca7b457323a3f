"""What staff do to a demo client's course, beside the running server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from tests.journeys.served import Served
from webapp.domain.course import TreatmentSession
from webapp.domain.course_edits import Edit, EndSession, MoveSession
from webapp.domain.people import Role, SignedIn
from webapp.persistence.database import db
from webapp.persistence.tables import Client
from webapp.services import courses
from webapp.services.demo_personas import DUBAI, PERSONAS

LENGTH_SPAN = timedelta(hours=2)


def move_session(served: Served, key: str, by: timedelta) -> datetime:
    """The next session takes place later; returns when (UTC)."""

    def moved(booked: TreatmentSession) -> Edit:
        assert booked.starts_at is not None
        return MoveSession(booked.number, booked.starts_at + by)

    edit = _change(served, key, moved)
    assert isinstance(edit, MoveSession)
    return edit.starts_at


def end_session(served: Served, key: str) -> None:
    """The next session took place, and ends now."""
    now = served.now()
    begun_at = now - LENGTH_SPAN
    _change(served, key, lambda booked: EndSession(booked.number, now, begun_at))


def _change(served: Served, key: str, edit_of: Callable[[TreatmentSession], Edit]) -> Edit:
    phone = next(persona.phone for persona in PERSONAS if persona.key == key)
    with served.beside.app_context():
        client_id = db.session.scalar(select(Client.id).where(Client.phone == phone))
        assert client_id is not None
        file = courses.running_of(client_id)
        assert file is not None
        edit = edit_of(next(one for one in file.course.live if not one.is_performed))
        artist = SignedIn(file.artist_id or 0, 0, Role.ARTIST, "Iris", DUBAI)
        courses.change(
            served.beside.extensions["collaborators"], artist, file.id, file.version, edit
        )
        db.session.rollback()
    return edit
