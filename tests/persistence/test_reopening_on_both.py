"""Opening a course again while a colleague begins another, on each database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from flask import Flask

from tests.conftest import SetClock
from tests.services.scene import Scene, dubai, make_scene
from webapp.domain.edit_rules import EditRefused
from webapp.persistence.database import db
from webapp.services import courses
from webapp.services.course_extras import CloseCourse, ReopenCourse
from webapp.services.courses import CourseRunning, NewCourse

ROUNDS = 5


@pytest.fixture
def scene(app_on_both: Flask, clock: SetClock) -> Scene:
    """A small clinic, once on each database."""
    return make_scene(app_on_both, clock)


def at_once(app: Flask, *steps: Callable[[], object]) -> list[bool]:
    """Do all steps at the same time; tells which of them were not refused."""
    start = Barrier(len(steps))

    def race(step: Callable[[], object]) -> bool:
        with app.app_context():
            start.wait()
            try:
                step()
            except (CourseRunning, EditRefused):
                return False
            return True

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(race, steps))


def test_of_beginning_and_opening_at_once_one_is_refused(app_on_both: Flask, scene: Scene) -> None:
    for _round in range(ROUNDS):
        course_id = scene.begin()
        scene.clock.at = dubai(3, 2)
        scene.change(course_id, CloseCourse("Moved away."))
        file = scene.file(course_id)
        new, edit = NewCourse(file.client_id, scene.location_id), ReopenCourse("A mistake.")
        done = at_once(
            app_on_both,
            partial(courses.begin, scene.with_, scene.iris, new),
            partial(courses.change, scene.with_, scene.otto, file.id, file.version, edit),
        )
        db.session.rollback()
        assert sorted(done) == [False, True]
        assert sum(one.closed_at is None for one in courses.all_of(file.client_id)) == 1
