"""The demo clinic: somebody in every phase, always relative to now."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import SetClock
from tests.journeys.nights import LONG_NIGHT
from webapp.domain.plan import plan_for
from webapp.persistence.database import reading
from webapp.persistence.tables import Client, Course
from webapp.services import courses, demo
from webapp.services.demo_personas import PERSONAS
from webapp.services.ports import Collaborators

PHASES = {
    "new": "preparing",
    "preparing": "preparing",
    "hands-off": "hands-off",
    "keep-dry": "keep-dry",
    "water-only": "water-only",
    "settling": "settling",
    "in-session": "in-session",
    "unconfirmed": "unconfirmed",
    "final-healing": "final-healing",
    "healed": "healed",
    "touch-up": "keep-dry",
    "traveller": "keep-dry",
    "extended": "keep-dry",
    "overdue": "settling",
}


@pytest.fixture
def with_(app: Flask) -> Collaborators:
    collaborators: Collaborators = app.extensions["collaborators"]
    return collaborators


def client_of(key: str) -> int:
    phone = next(persona.phone for persona in PERSONAS if persona.key == key)
    found = reading().scalar(select(Client.id).where(Client.phone == phone))
    assert found is not None
    return found


def phase_of(key: str, clock: SetClock) -> str:
    file = courses.running_of(client_of(key))
    assert file is not None
    return plan_for(file.protocol, file.course, clock.at).phase_at(clock.at).id


@pytest.mark.parametrize("hour", [0, 9, 15, 23])
def test_the_demo_shows_every_phase_whatever_the_time_of_day(
    with_: Collaborators, clock: SetClock, hour: int
) -> None:
    clock.at = clock.at.replace(hour=hour)
    demo.fill(with_)
    assert {key: phase_of(key, clock) for key in PHASES} == PHASES


@pytest.mark.parametrize("hour", range(24))
def test_a_long_night_brings_water_whatever_the_time_of_day(
    with_: Collaborators, clock: SetClock, hour: int
) -> None:
    clock.at = clock.at.replace(hour=hour)
    demo.fill(with_)
    clock.at += LONG_NIGHT
    assert phase_of("keep-dry", clock) == "water-only"


def test_every_persona_has_a_code_to_sign_in_with(with_: Collaborators) -> None:
    demo.fill(with_)
    codes = {demo.persona_code(with_, persona.key).code for persona in PERSONAS}
    assert len(codes) == len(PERSONAS) >= 10


def test_an_unknown_persona_has_none(with_: Collaborators) -> None:
    demo.fill(with_)
    with pytest.raises(demo.UnknownPersonaError):
        demo.persona_code(with_, "nobody")


def test_staff_passwords_are_new_at_every_start_and_differ(with_: Collaborators) -> None:
    first, second = demo.fill(with_), demo.fill(with_)
    passwords = {staff.password for staff in first + second}
    assert len(passwords) == 6


def test_old_stories_are_told_anew_and_young_ones_are_kept(
    with_: Collaborators, clock: SetClock
) -> None:
    demo.fill(with_)
    clock.advance(hours=6)
    demo.fill(with_)
    assert phase_of("hands-off", clock) == "hands-off"
    clock.advance(days=10)
    assert phase_of("hands-off", clock) != "hands-off"
    demo.fill(with_)
    assert phase_of("hands-off", clock) == "hands-off"


def test_telling_anew_leaves_no_course_twice(with_: Collaborators, clock: SetClock) -> None:
    demo.fill(with_)
    before = reading().scalar(select(func.count()).select_from(Course))
    clock.at += timedelta(days=3)
    demo.fill(with_)
    assert reading().scalar(select(func.count()).select_from(Course)) == before
