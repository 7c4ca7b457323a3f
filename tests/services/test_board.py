"""The staff's board: what this day holds and what waits."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.services.noticed import notices_of
from tests.services.scene import Scene, dubai
from webapp.domain.course_edits import (
    CancelSession,
    ConfirmLast,
    EndSession,
    Extend,
    PlanSession,
    SetPlannedSessions,
)
from webapp.domain.protocol import Answer
from webapp.persistence.database import writing
from webapp.persistence.tables import Location
from webapp.services import board, clients, courses
from webapp.services.board import Board
from webapp.services.clients import NewClient
from webapp.services.course_extras import CloseCourse, PlanVisit
from webapp.services.courses import NewCourse

SECOND = timedelta(seconds=1)


def look(scene: Scene, now: datetime, location_id: int | None = None) -> Board:
    return board.today(scene.with_, now, location_id)


def test_an_empty_clinic_has_an_empty_board(scene: Scene) -> None:
    assert look(scene, scene.clock.at) == Board((), (), (), ())
    assert look(scene, scene.clock.at, 999) == Board((), (), (), ())


@pytest.mark.parametrize(
    ("starts_at", "is_today"),
    [
        (dubai(3, 2, 0, 0), True),
        (dubai(3, 2, 23, 59), True),
        (dubai(3, 1, 23, 59), False),
        (dubai(3, 3, 0, 0), False),
    ],
)
def test_the_sessions_of_today_are_those_of_the_locations_own_day(
    scene: Scene, starts_at: datetime, is_today: bool
) -> None:
    scene.change(scene.begin(), PlanSession(starts_at))
    lines = look(scene, scene.clock.at).sessions_today
    assert [(line.number, line.starts_at) for line in lines] == [(1, starts_at)] * is_today


def test_each_location_counts_the_day_in_its_own_zone(scene: Scene) -> None:
    with writing() as writer:
        place = Location(name="Honolulu", time_zone="Pacific/Honolulu")
        writer.add(place)
        writer.flush()
        far_id = place.id
    new = NewClient("Leilani", "", far_id)
    course = NewCourse(0, far_id)
    _, course_id = clients.add_with_course(scene.with_, scene.iris, new, course)
    # Monday noon in Dubai is Sunday evening in Honolulu; its Sunday ends on Monday 14:00 Dubai.
    scene.change(course_id, PlanSession(dubai(3, 2, 13, 59)))
    scene.change(course_id, PlanSession(dubai(3, 2, 14, 0)))
    assert [line.number for line in look(scene, scene.clock.at).sessions_today] == [1]
    assert look(scene, scene.clock.at, scene.location_id).sessions_today == ()


def test_visits_of_today_stand_among_the_sessions(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanSession(dubai(3, 2, 15)))
    scene.change(course_id, PlanVisit("consultation", dubai(3, 2, 14)))
    lines = look(scene, scene.clock.at).sessions_today
    assert [(line.what, line.number, line.client_name) for line in lines] == [
        ("consultation", None, "Amira Saleh"),
        ("session", 1, "Amira Saleh"),
    ]


def test_a_session_is_unconfirmed_from_its_start_until_somebody_settles_it(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanSession(dubai(3, 2, 15)))
    assert look(scene, dubai(3, 2, 14, 59)).unconfirmed == ()
    for later in (dubai(3, 2, 15), dubai(3, 5, 15)):
        assert [line.number for line in look(scene, later).unconfirmed] == [1]
    scene.change(course_id, CancelSession(1))
    assert look(scene, dubai(3, 5, 15)).unconfirmed == ()


def test_a_course_that_had_its_sessions_waits_for_the_confirmation(scene: Scene) -> None:
    course_id = scene.begin()
    scene.ended(course_id, 1, dubai(3, 2, 16))
    assert look(scene, scene.clock.at).past_expected_end == ()
    scene.change(course_id, SetPlannedSessions(1))
    morning = dubai(3, 3, 9)
    assert look(scene, morning - SECOND).past_expected_end == ()
    assert [line.course_id for line in look(scene, morning).past_expected_end] == [course_id]
    scene.change(course_id, PlanSession(dubai(3, 10, 11)))
    assert look(scene, morning).past_expected_end == ()
    scene.change(course_id, CancelSession(2))
    scene.change(course_id, ConfirmLast())
    assert look(scene, morning).past_expected_end == ()


def test_a_course_that_nobody_books_on_with_is_brought_up_when_its_notice_falls_due(
    scene: Scene,
) -> None:
    course_id = scene.begin()
    scene.ended(course_id, 1, dubai(3, 2, 16))
    (notice,) = notices_of(course_id, "course-overdue")
    # Session 2 might have been a week after session 1; then there was a week to book it.
    assert notice.due_at == dubai(3, 16, 9)
    assert look(scene, notice.due_at - SECOND).past_expected_end == ()
    forgotten = look(scene, notice.due_at).past_expected_end
    assert [line.course_id for line in forgotten] == [course_id]


def lifts(scene: Scene, now: datetime) -> dict[datetime, dict[str, Answer]]:
    return {line.at: dict(line.activities) for line in look(scene, now).lifts_today}


def test_the_lifts_of_today_are_those_of_the_plan_all_day_long(scene: Scene) -> None:
    course_id = scene.begin()
    scene.ended(course_id, 1, dubai(3, 2, 16, 30))
    expected = {"wash-hair": Answer.LIMITED, "wash-water": Answer.LIMITED}
    for hour in (0, 12, 23):
        found = lifts(scene, dubai(3, 7, hour))
        assert list(found) == [dubai(3, 7, 16, 30)]
        assert found[dubai(3, 7, 16, 30)].items() >= expected.items()
    assert lifts(scene, dubai(3, 6)) == lifts(scene, dubai(3, 8)) == {}


def test_a_lift_at_midnight_belongs_to_the_day_that_begins(scene: Scene) -> None:
    scene.ended(scene.begin(), 1, dubai(3, 3, 0))
    assert lifts(scene, dubai(3, 7)) == {}
    assert list(lifts(scene, dubai(3, 8))) == [dubai(3, 8, 0)]


def test_an_extension_moves_the_lift_on_the_board(scene: Scene) -> None:
    course_id = scene.begin()
    scene.ended(course_id, 1, dubai(3, 2, 16, 30))
    scene.change(course_id, Extend("wash-hair", 3, "Sensitive skin."))
    assert lifts(scene, dubai(3, 7)) == {}
    assert "wash-hair" in lifts(scene, dubai(3, 10))[dubai(3, 10, 16, 30)]


def test_a_healed_course_lifts_its_last_on_the_day_it_heals(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanSession(dubai(3, 2, 10)))
    scene.change(course_id, EndSession(1, scene.clock.at, is_last=True))
    found = lifts(scene, scene.clock.at + timedelta(days=21))
    assert found[dubai(3, 23)]["sauna"] is Answer.YES


def test_a_closed_course_leaves_the_board(scene: Scene) -> None:
    course_id = scene.begin()
    scene.ended(course_id, 1, dubai(3, 2, 16, 30))
    scene.change(course_id, SetPlannedSessions(1))
    scene.change(course_id, CloseCourse("Moved away."))
    now = look(scene, dubai(3, 7))
    assert (now.past_expected_end, now.lifts_today) == ((), ())
    assert courses.read(course_id) is not None
