"""Two people at once, and a process that dies in the middle of ending a session."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from flask import Flask

from tests.services.scene import Scene, dubai
from webapp.domain.course_edits import EndSession, PlanSession, SetPlannedSessions
from webapp.persistence.database import db, reading
from webapp.persistence.tables import CourseChange
from webapp.services import courses
from webapp.services.courses import CourseRunning, NewCourse, StaleCourse

ROOT = Path(__file__).parents[2]
RACERS = 6


def test_of_many_changes_of_one_version_exactly_one_wins(app: Flask, scene: Scene) -> None:
    course_id = scene.begin()
    start = Barrier(RACERS)

    def change(count: int) -> int | None:
        with app.app_context():
            start.wait()
            try:
                courses.change(scene.with_, scene.otto, course_id, 1, SetPlannedSessions(count))
            except StaleCourse:
                return None
            return count

    with ThreadPoolExecutor(RACERS) as pool:
        won = [count for count in pool.map(change, range(1, RACERS + 1)) if count]
    db.session.rollback()
    assert [scene.file(course_id).course.planned_sessions] == won
    assert scene.file(course_id).version == 2


def test_of_many_courses_begun_at_once_the_client_has_one(app: Flask, scene: Scene) -> None:
    client_id = scene.add_client()
    start = Barrier(RACERS)

    def begin(_: int) -> int | None:
        with app.app_context():
            start.wait()
            try:
                return courses.begin(
                    scene.with_, scene.iris, NewCourse(client_id, scene.location_id)
                )
            except CourseRunning:
                return None

    with ThreadPoolExecutor(RACERS) as pool:
        begun = [course_id for course_id in pool.map(begin, range(RACERS)) if course_id]
    db.session.rollback()
    assert [file.id for file in courses.all_of(client_id)] == begun
    assert len(begun) == 1


# Ends a session once for each last word, in a child that dies right after that statement.
DYING = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from tests.conftest import SetClock, settings_for
from tests.services.scene import dubai
from webapp import create_app
from webapp.domain.course_edits import EndSession
from webapp.domain.people import Role, SignedIn
from webapp.persistence.database import db
from webapp.services import courses

folder, course_id, account_id, *last_words = sys.argv[1:]
app = create_app(settings_for(Path(folder)), SetClock(dubai(3, 2, 16)))

def end_session(last_word):
    def die(connection, cursor, statement, *rest):
        if statement.startswith(last_word):
            os.kill(os.getpid(), signal.SIGKILL)
    with app.app_context():
        event.listen(db.engine, "after_cursor_execute", die)
        event.listen(db.engine, "commit", lambda connection: die(connection, None, "COMMIT"))
        iris = SignedIn(int(account_id), 1, Role.ARTIST, "Iris", "Asia/Dubai")
        edit = EndSession(1, dubai(3, 2, 16), is_last=True)
        courses.change(app.extensions["collaborators"], iris, int(course_id), 2, edit)

for last_word in last_words:
    child = os.fork()
    if child == 0:
        end_session(last_word)
        os._exit(0)
    print(os.WTERMSIG(os.waitpid(child, 0)[1]))
"""
LAST_WORDS = [
    "UPDATE courses SET version",
    "UPDATE courses SET planned_sessions",
    "UPDATE treatment_sessions",
    "INSERT INTO course_changes",
    "INSERT INTO audit_events",
    "COMMIT",
]


def test_a_process_killed_while_a_session_ends_leaves_nothing_half_written(
    scene: Scene, app: Flask
) -> None:
    folder = app.extensions["settings"].data_folder
    course_id = scene.begin()
    scene.change(course_id, PlanSession(dubai(3, 2, 13)))
    before = scene.file(course_id)
    db.session.remove()
    arguments = [str(folder), str(course_id), str(scene.iris.account_id), *LAST_WORDS]
    died = subprocess.run(
        [sys.executable, "-c", DYING, *arguments], cwd=ROOT, check=True, capture_output=True
    )
    assert died.stdout.split() == [b"%d" % signal.SIGKILL] * len(LAST_WORDS)
    assert scene.file(course_id) == before
    assert reading().query(CourseChange).count() == 1
    scene.clock.at = dubai(3, 2, 16)
    assert scene.change(course_id, EndSession(1, scene.clock.at)).version == 3
