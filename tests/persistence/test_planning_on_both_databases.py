"""Planning at once by many, and beside a worker, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text, update

from tests.conftest import SetClock
from tests.services.noticed import lines, lose, notices_of, stored, tell_due
from tests.services.scene import Scene, dubai, make_scene
from tests.services.test_noticing import booked, extended
from webapp.domain.course_edits import Extend, MoveSession
from webapp.persistence.database import db, writing
from webapp.persistence.tables import Notice
from webapp.services import courses
from webapp.services.courses import StaleCourse
from webapp.services.noticing import replay

PLANNERS = TIMES = 10


@pytest.fixture
def clinic(app_on_both: Flask, clock: SetClock) -> Scene:
    return make_scene(app_on_both, clock)


def at_once(app: Flask, *steps: Callable[[], object]) -> list[Future[object]]:
    """Do the steps at the same time, each with a database session of its own."""
    start = Barrier(len(steps))

    def do(step: Callable[[], object]) -> object:
        with app.app_context():
            start.wait()
            return step()

    _wait_long()
    with ThreadPoolExecutor(len(steps)) as pool:
        return [pool.submit(do, step) for step in steps]


def _wait_long() -> None:
    """How long a writer of SQLite waits for its turn on a busy machine is not what is tested."""
    db.session.remove()
    db.engine.dispose()
    if db.engine.dialect.name == "sqlite":
        event.listen(db.engine, "connect", _be_patient)


def _be_patient(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA busy_timeout = 120000")


def replayed(clinic: Scene, course_id: int, times: int = TIMES) -> Callable[[], object]:
    return lambda: [replay(clinic.with_, [course_id]) for _ in range(times)]


def test_ten_planners_ten_times_at_once_leave_every_row_as_it_was(
    clinic: Scene, app_on_both: Flask
) -> None:
    course_id = extended(clinic)
    before = stored(course_id)
    done = at_once(app_on_both, *[replayed(clinic, course_id)] * PLANNERS)
    assert [future.result() for future in done] == [[1] * TIMES] * PLANNERS
    assert stored(course_id) == before


def test_ten_planners_at_once_mend_a_lost_table_once(clinic: Scene, app_on_both: Flask) -> None:
    course_id = booked(clinic)
    before = lines(course_id)
    lose(course_id)
    for future in at_once(app_on_both, *[replayed(clinic, course_id, 1)] * PLANNERS):
        future.result()
    assert lines(course_id) == before
    assert len(stored(course_id)) == len(before)


def test_of_two_colleagues_who_change_a_course_at_once_one_is_told_of(
    clinic: Scene, app_on_both: Flask
) -> None:
    course_id = booked(clinic)
    version = clinic.file(course_id).version
    edits = (MoveSession(2, dubai(3, 11, 11)), Extend("alcohol", 2, "Medicine."))

    def changing(edit: MoveSession | Extend) -> Callable[[], object]:
        return lambda: courses.change(clinic.with_, clinic.iris, course_id, version, edit)

    done = at_once(app_on_both, *[changing(edit) for edit in edits])
    assert [type(future.exception()) for future in done].count(StaleCourse) == 1
    planned = stored(course_id)
    replay(clinic.with_)
    assert stored(course_id) == planned
    has_moved = ("session-today", 2, "03-11 08:00") in lines(course_id)
    assert has_moved is (done[0].exception() is None)


def test_strictness_comes_back_from_the_table_as_it_was_planned(clinic: Scene) -> None:
    course_id = booked(clinic)
    clinic.clock.at = dubai(3, 8)
    tell_due(clinic)
    clinic.change(course_id, Extend("wash-hair", 2, "Sensitive."))
    before = stored(course_id)
    replay(clinic.with_)
    assert stored(course_id) == before
    assert len(lines(course_id, "stricter")) == 1


def _somebody_waits_for_a_lock() -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with db.engine.connect() as connection:
        return bool(connection.execute(text(waiting)).scalar())


@pytest.mark.parametrize("app_on_both", ["postgresql"], indirect=True)
def test_what_a_worker_tells_meanwhile_is_neither_planned_again_nor_taken_back(
    clinic: Scene, app_on_both: Flask
) -> None:
    """Only PostgreSQL lets both be under way; SQLite makes one wait before it reads anything."""
    course_id = booked(clinic)
    prepare = notices_of(course_id, "prepare", "planned")[0]

    def move() -> object:
        with app_on_both.app_context():
            return clinic.change(course_id, MoveSession(2, dubai(3, 11, 11)))

    with ThreadPoolExecutor(1) as pool:
        with writing() as worker:
            worker.execute(update(Notice).where(Notice.id == prepare.id).values(state="told"))
            moving = pool.submit(move)
            while not _somebody_waits_for_a_lock():
                assert not moving.done()
        moving.result()
    assert [n.id for n in notices_of(course_id, "prepare", "told")] == [prepare.id]
