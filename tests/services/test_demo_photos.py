"""The demo's photos: a few, taken once, and one that waits to be looked at."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.conftest import SetClock
from tests.web.personas import Personas, tell_personas
from webapp.domain.people import Role, SignedIn
from webapp.persistence.database import reading
from webapp.persistence.tables import Account, Photo
from webapp.services import demo_photos, photo_requests


def iris() -> SignedIn:
    found = reading().scalars(select(Account).where(Account.role == Role.ARTIST.value)).one()
    return SignedIn(found.id, 0, Role.ARTIST, found.name, "")


def count() -> int:
    reading().rollback()
    return len(reading().scalars(select(Photo.id)).all())


def test_the_demos_photos_are_taken_once(app: Flask, clock: SetClock) -> None:
    told: Personas = tell_personas(app, clock)
    outside = told.app.extensions["collaborators"]
    demo_photos.take(outside)
    assert count() == 5
    demo_photos.take(outside)
    assert count() == 5
    assert [row.client_name for row in photo_requests.unseen(iris())] == ["Chloe Martin"]


def test_without_the_demo_nothing_is_taken(app: Flask) -> None:
    demo_photos.take(app.extensions["collaborators"])
    assert count() == 0
