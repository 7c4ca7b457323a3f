"""Courses between rows and domain values."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from tests.conftest import NOON, SetClock
from tests.services.scene import DUBAI, Scene, dubai, make_scene
from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.domain.course_edits import (
    CancelSession,
    Extend,
    MoveSession,
    PlanSession,
    SetPlannedSessions,
)
from webapp.persistence import course_changes, course_saving, courses
from webapp.persistence.courses import CourseState, VisitCard
from webapp.persistence.database import db, reading, writing
from webapp.persistence.tables import Course as CourseRow
from webapp.persistence.tables import TreatmentSession as SessionRow
from webapp.services import board, clients
from webapp.services.course_extras import PlanVisit
from webapp.services.courses import StaleCourse, undo
from webapp.services.courses import change as change_course

RACERS = 5


@pytest.fixture
def scene(app_on_both: Flask, clock: SetClock) -> Scene:
    """A small clinic, once on each database."""
    return make_scene(app_on_both, clock)


instants = st.integers(0, 10**6).map(lambda s: NOON + timedelta(seconds=s))
treatments = st.builds(
    TreatmentSession,
    st.integers(1, 5),
    st.sampled_from(SessionStatus),
    instants,
    st.none() | instants,
)
states = st.builds(
    lambda sessions, planned, is_last, extensions, closed_at: CourseState(
        Course(DUBAI, tuple(sessions), planned, is_last, extensions),
        (VisitCard(7, "consultation", "held", NOON),),
        dict.fromkeys(extensions, "Why — “so”."),
        closed_at,
    ),
    st.lists(treatments, max_size=5),
    st.integers(1, 12),
    st.booleans(),
    st.dictionaries(st.sampled_from(["sauna", "wash-hair"]), st.integers(1, 60)),
    st.none() | instants,
)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(states)
def test_a_state_comes_back_from_its_snapshot_as_it_was(state: CourseState) -> None:
    assert course_changes.from_snapshot(course_changes.to_snapshot(state)) == state


def store(course_id: int, state: CourseState) -> CourseState:
    with writing() as writer:
        course_saving.save(writer, course_id, state)
    found = courses.load(reading(), course_id)
    assert found is not None
    return found.state


def in_order(state: CourseState) -> list[tuple[int, str, datetime | None, datetime | None]]:
    return sorted(
        (s.number, s.status.value, s.starts_at, s.ended_at) for s in state.course.sessions
    )


def test_whatever_was_stored_before_a_saved_state_is_what_is_read(scene: Scene) -> None:
    def swing(sessions: tuple[TreatmentSession, ...]) -> None:
        state = CourseState(Course(DUBAI, sessions))
        assert in_order(store(course_id, state)) == in_order(state)

    course_id = scene.begin()
    first = TreatmentSession(1, SessionStatus.PERFORMED, NOON, NOON + timedelta(hours=3))
    missed = TreatmentSession(2, SessionStatus.MISSED, NOON + timedelta(days=7))
    again = TreatmentSession(2, SessionStatus.SCHEDULED, NOON + timedelta(days=9))
    for sessions in ((first,), (first, missed, again), (again,), (), (missed, missed), (first,)):
        swing(sessions)


def test_sessions_that_did_not_change_keep_their_rows(scene: Scene) -> None:
    def ids() -> dict[int, tuple[int, str]]:
        rows = reading().scalars(select(SessionRow).where(SessionRow.course_id == course_id))
        return {row.id: (row.number, row.status) for row in rows}

    course_id = scene.begin()
    scene.change(course_id, PlanSession(NOON + timedelta(days=1)))
    scene.change(course_id, PlanSession(NOON + timedelta(days=9)))
    before = ids()
    scene.change(course_id, MoveSession(2, NOON + timedelta(days=10)))
    assert ids() == before
    scene.change(course_id, CancelSession(2))
    scene.change(course_id, PlanSession(NOON + timedelta(days=11)))
    assert list(ids())[:2] == list(before)
    assert sorted(ids().values()) == [(1, "scheduled"), (2, "cancelled"), (2, "scheduled")]


def test_many_courses_are_read_with_as_many_queries_as_one(scene: Scene) -> None:
    ids = [scene.begin(scene.add_client(name)) for name in ("Ada", "Bea", "Cia")]
    for course_id in ids:
        scene.change(course_id, PlanSession(NOON + timedelta(days=1)))
        scene.change(course_id, Extend("sauna", 2, "Why."))
        scene.change(course_id, PlanVisit("consultation", NOON))
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    found = courses.load_where(reading(), CourseRow.id.in_(ids))
    assert [stored.client_name for stored in found] == ["Cia", "Bea", "Ada"]
    assert len(asked) == 4


def test_a_reason_belongs_to_its_extension() -> None:
    state = CourseState(Course(DUBAI, extensions={"sauna": 2}), reasons={"bath": "Old."})
    assert [card.reason for card in state.extensions] == [""]
    assert replace(state, reasons={"sauna": "New."}).extensions[0].reason == "New."


def test_of_many_changes_of_one_version_exactly_one_wins_on_each_database(
    app_on_both: Flask, scene: Scene
) -> None:
    course_id = scene.begin()
    start = Barrier(RACERS)

    def change(count: int) -> int | None:
        with app_on_both.app_context():
            start.wait()
            try:
                change_course(scene.with_, scene.otto, course_id, 1, SetPlannedSessions(count))
            except StaleCourse:
                return None
            return count

    with ThreadPoolExecutor(RACERS) as pool:
        won = [count for count in pool.map(change, range(1, RACERS + 1)) if count]
    db.session.rollback()
    assert [scene.file(course_id).course.planned_sessions] == won


def test_search_board_and_undo_are_the_same_on_each_database(scene: Scene) -> None:
    course_id = scene.begin(scene.add_client("Zoë 100%_ Leeuwen", "0501234567"))
    for typed in ("zoe", "LEEU", "100%_", "050123"):
        assert [line.course_id for line in clients.search(typed)] == [course_id]
    assert clients.search("%_") == clients.search("_") == []
    scene.ended(course_id, 1, dubai(3, 2, 16))
    change = scene.change(course_id, SetPlannedSessions(1))
    assert len(board.today(scene.with_, scene.clock.at).sessions_today) == 1
    assert len(board.today(scene.with_, dubai(3, 3, 9)).past_expected_end) == 1
    assert [line.at for line in board.today(scene.with_, dubai(3, 7)).lifts_today] == [
        dubai(3, 7, 16)
    ]
    assert undo(scene.with_, scene.iris, change.id)
    assert scene.file(course_id).course.planned_sessions == 3
