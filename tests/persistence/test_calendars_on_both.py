"""Sharing dates and ticking lines at once, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import SetClock
from tests.persistence.test_planning_on_both_databases import at_once
from tests.services.hands import Hand, another_hand
from tests.services.scene import Scene, dubai, make_scene
from webapp.domain.course_edits import MoveSession, PlanSession
from webapp.persistence.database import reading
from webapp.persistence.tables import CalendarFeed, Client, PreparationTick
from webapp.services import calendars, preparing
from webapp.services.errors import NotFoundError

START = dubai(3, 12, 11)
AT_ONCE = 6


@pytest.fixture
def clinic(app_on_both: Flask, clock: SetClock) -> Scene:
    return make_scene(app_on_both, clock)


@pytest.fixture
def course_id(clinic: Scene) -> int:
    found = clinic.begin()
    clinic.change(found, PlanSession(START))
    return found


@pytest.fixture
def amira(clinic: Scene, course_id: int) -> Hand:
    client = select(Client.account_id).where(Client.id == clinic.file(course_id).client_id)
    return another_hand(clinic, reading().scalars(client).one())


def test_the_feed_reads_the_same_on_both(clinic: Scene, amira: Hand, course_id: int) -> None:
    _feed_id, token = calendars.make(clinic.with_, amira.person)
    (before,) = calendars.read(clinic.with_, token, clinic.clock.now())
    clinic.change(course_id, MoveSession(1, START.replace(day=14)))
    (after,) = calendars.read(clinic.with_, token, clinic.clock.now())
    assert (after.uid, after.starts_at) == (before.uid, START.replace(day=14))
    assert after.sequence == before.sequence + 1


def test_in_production_a_feed_is_as_closed_as_the_pages_while_there_is_no_notice(
    clinic: Scene, amira: Hand
) -> None:
    _feed_id, token = calendars.make(clinic.with_, amira.person)
    production = replace(clinic.with_, needs_notice=True)
    with pytest.raises(NotFoundError):
        calendars.read(production, token, clinic.clock.now())
    assert len(calendars.read(clinic.with_, token, clinic.clock.now())) == 1


def test_of_many_addresses_made_at_once_one_stays_open(
    clinic: Scene, app_on_both: Flask, amira: Hand
) -> None:
    steps = [lambda: calendars.make(clinic.with_, amira.person)] * AT_ONCE
    tokens = [future.result()[1] for future in at_once(app_on_both, *steps)]  # type: ignore[index]
    assert len(set(tokens)) == AT_ONCE
    is_open = CalendarFeed.revoked_at.is_(None)
    assert reading().scalar(select(func.count()).where(is_open)) == 1


def test_many_taps_at_once_make_one_tick(
    clinic: Scene, app_on_both: Flask, amira: Hand, course_id: int
) -> None:
    steps = [lambda: preparing.set_tick(clinic.with_, amira.person, 1, "2", is_done=True)] * AT_ONCE
    for future in at_once(app_on_both, *steps):
        future.result()
    assert reading().scalar(select(func.count(PreparationTick.id))) == 1
    assert preparing.ticked(course_id) == {1: frozenset({"2"})}
