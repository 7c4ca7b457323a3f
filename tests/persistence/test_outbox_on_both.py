"""Telling and claiming by many at once: each row once, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.conftest import NOON, SetClock
from tests.faults import crowd
from tests.faults.crowd import Crowd
from webapp.persistence import outbox
from webapp.persistence.database import db, reading, writing
from webapp.persistence.tables import Course, Delivery, Notice
from webapp.services.claiming import Lease, claim
from webapp.services.telling import tell_due

CLIENTS, AT_ONCE, MOST = 120, 4, 7
ORIGIN = "https://push.test"
Found = TypeVar("Found")


@pytest.fixture
def due(app_on_both: Flask, clock: SetClock) -> Flask:
    """Many clients with a phone each, whose lifts have just come."""
    crowd.add_house(NOON)
    clients = Crowd(CLIENTS, lambda _: NOON, lambda n: f"{ORIGIN}/send/{n}", "0" * 16)
    crowd.add(clients, NOON)
    return app_on_both


def by_many(app: Flask, step: Callable[[str], list[Found]]) -> list[Found]:
    """What threads find that all begin at once and go on until there is no more."""
    start = Barrier(AT_ONCE)

    def go_on(name: str) -> list[Found]:
        found: list[Found] = []
        start.wait()
        with app.app_context():
            while some := step(name):
                found += some
        return found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [one for some in pool.map(go_on, map(str, range(AT_ONCE))) for one in some]


def tell(app: Flask, most: int = CLIENTS) -> list[int]:
    told = tell_due(app.extensions["collaborators"], NOON, most)
    return [told.told] if told else []


def claim_some(token: str) -> list[int]:
    with writing() as writer:
        lease = (NOON, NOON + timedelta(minutes=1), token)
        return [one.id for one in outbox.claim(writer, ORIGIN, lease, MOST)]


def test_deliveries_claimed_by_many_at_once_are_claimed_once(due: Flask) -> None:
    tell(due)
    claimed = by_many(due, claim_some)
    assert sorted(claimed) == sorted(reading().scalars(select(Delivery.id)))
    assert len(claimed) == CLIENTS


def test_notices_told_by_many_at_once_are_told_once(due: Flask) -> None:
    told = by_many(due, lambda _: tell(due, MOST))
    assert sum(told) == CLIENTS
    devices = reading().scalars(select(Delivery.subscription_id)).all()
    assert sorted(devices) == list(range(1, CLIENTS + 1))


@contextmanager
def course_being_changed() -> Iterator[None]:
    """Somebody is in the middle of changing the first course, and done at the end."""
    with db.engine.connect() as connection:
        connection.execute(update(Course).where(Course.id == 1).values(version=2))
        yield
        connection.commit()


@pytest.mark.parametrize("app_on_both", ["postgresql"], indirect=True)
def test_a_course_that_is_being_changed_is_told_when_the_change_is_made(due: Flask) -> None:
    planned = select(Notice.course_id).where(Notice.state == "planned")
    with course_being_changed():
        tell(due)
        assert reading().scalars(planned).all() == [1]
    tell(due)
    assert reading().scalars(planned).all() == []


@pytest.mark.parametrize("app_on_both", ["postgresql"], indirect=True)
def test_a_course_that_is_being_changed_is_not_sent_before_the_change_is_made(due: Flask) -> None:
    tell(due)
    lease = Lease(NOON, NOON + timedelta(minutes=1), "me")
    pending = select(Delivery.subscription_id).where(Delivery.state == "pending")
    with course_being_changed():
        assert claim(ORIGIN, lease, CLIENTS)[0] == CLIENTS - 1
        assert reading().scalars(pending).all() == [1]
    assert [one.delivery.subscription_id for one in claim(ORIGIN, lease, CLIENTS)[1]] == [1]
