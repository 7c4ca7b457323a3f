"""Beginning and changing courses: versions, undo, the record of changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.services.scene import Scene, dubai
from webapp.domain.course_edits import (
    ConfirmLast,
    CorrectSession,
    EndSession,
    Extend,
    MoveSession,
    PlanSession,
    SetPlannedSessions,
)
from webapp.domain.edit_rules import EditRefused, Refusal
from webapp.persistence.database import reading
from webapp.persistence.tables import AuditEvent, CourseChange, TeachBack
from webapp.services import courses
from webapp.services.course_extras import CloseCourse, PlanVisit
from webapp.services.courses import CourseRunning, NewCourse, StaleCourse, UnknownCourse

PAST = (
    (dubai(1, 5, 10), dubai(1, 5, 13)),
    (dubai(1, 13, 10), dubai(1, 13, 13)),
    (dubai(2, 10, 10), dubai(2, 10, 13)),
)


def audited() -> list[str]:
    return list(reading().scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_a_course_begins_under_the_newest_protocol_in_the_zone_of_its_location(
    scene: Scene,
) -> None:
    file = scene.file(scene.begin())
    assert (file.version, file.protocol.id, file.course.planned_sessions) == (1, "smp", 3)
    assert (file.course.zone.key, file.location.name) == ("Asia/Dubai", "Marina")
    assert (file.client_name, file.kind, file.last_change) == ("Amira Saleh", "regular", None)


def test_a_touch_up_plans_one_session_unless_staff_say_otherwise(scene: Scene) -> None:
    new = NewCourse(scene.add_client(), scene.location_id, "touch-up")
    first = courses.begin(scene.with_, scene.iris, new)
    assert scene.file(first).course.planned_sessions == 1
    new = NewCourse(scene.add_client(), scene.location_id, "touch-up", 2, scene.iris.account_id)
    second = scene.file(courses.begin(scene.with_, scene.iris, new))
    assert (second.course.planned_sessions, second.artist_name) == (2, "Iris")


def test_a_client_has_one_running_course_until_it_is_closed_or_healed(scene: Scene) -> None:
    client_id = scene.add_client()
    past = NewCourse(client_id, scene.location_id, past_sessions=PAST, is_last=True)
    first = courses.begin(scene.with_, scene.iris, past)
    scene.clock.at = dubai(3, 3, 12, 59)
    with pytest.raises(CourseRunning) as caught:
        scene.begin(client_id)
    assert caught.value.course_id == first
    scene.clock.at = dubai(3, 3, 13, 0)
    assert scene.begin(client_id) != first


def test_past_sessions_are_entered_in_whatever_order_they_were_typed(scene: Scene) -> None:
    new = NewCourse(scene.add_client(), scene.location_id, past_sessions=PAST[::-1])
    live = scene.file(courses.begin(scene.with_, scene.iris, new)).course.live
    assert [(s.number, s.starts_at, s.ended_at) for s in live] == [
        (number, *times) for number, times in enumerate(PAST, 1)
    ]


BAD_PAST = [
    ((PAST[0], PAST[0]), Refusal.SESSION_ORDER),
    (((dubai(3, 2, 10), dubai(3, 2, 13)),), Refusal.END_IN_FUTURE),
    (((datetime(1026, 1, 1, tzinfo=UTC), PAST[0][1]),), Refusal.START_ABSURD),
    ((PAST[0], (PAST[1][0].replace(tzinfo=None), PAST[1][1])), Refusal.NO_TIME_ZONE),
]


@pytest.mark.parametrize(("past", "code"), BAD_PAST)
def test_past_sessions_that_cannot_be_true_begin_nothing(
    scene: Scene, past: tuple[tuple[datetime, datetime], ...], code: Refusal
) -> None:
    client_id = scene.add_client()
    with pytest.raises(EditRefused) as caught:
        courses.begin(
            scene.with_,
            scene.iris,
            NewCourse(client_id, scene.location_id, past_sessions=past),
        )
    assert caught.value.code is code
    assert courses.all_of(client_id) == []


def test_a_course_of_nobody_nowhere_or_by_a_stranger_is_not_begun(scene: Scene) -> None:
    client_id = scene.add_client()
    for new in (
        NewCourse(999, scene.location_id),
        NewCourse(client_id, 999),
        NewCourse(client_id, scene.location_id, artist_id=999),
        NewCourse(client_id, scene.location_id, artist_id=scene.otto.account_id),
        NewCourse(client_id, scene.location_id, "magic"),
    ):
        with pytest.raises(UnknownCourse):
            courses.begin(scene.with_, scene.iris, new)


def test_a_change_raises_the_version_and_is_recorded_with_its_maker(scene: Scene) -> None:
    course_id = scene.begin()
    change = scene.change(course_id, PlanSession(dubai(3, 9, 11)))
    file = scene.file(course_id)
    assert (file.version, change.version, change.kind) == (2, 2, "plan-session")
    assert file.last_change == change
    assert (change.made_by_name, change.undo_until) == (
        "Iris",
        scene.clock.at + timedelta(seconds=10),
    )
    assert audited()[-2:] == ["course-begin", "course-plan-session"]


def test_every_edit_is_stored_as_it_was_made(scene: Scene) -> None:
    course_id = scene.begin()
    scene.ended(course_id, 1, dubai(3, 2, 16))
    scene.change(course_id, CorrectSession(1, dubai(3, 2, 12), dubai(3, 2, 15)))
    scene.change(course_id, PlanSession(dubai(3, 10, 11)))
    scene.change(course_id, MoveSession(2, dubai(3, 11, 11)))
    scene.change(course_id, SetPlannedSessions(4))
    course = scene.file(course_id).course
    assert [(s.number, s.status.value, s.starts_at, s.ended_at) for s in course.sessions] == [
        (1, "performed", dubai(3, 2, 12), dubai(3, 2, 15)),
        (2, "scheduled", dubai(3, 11, 11), None),
    ]
    assert (course.planned_sessions, scene.file(course_id).version) == (4, 7)


def test_a_form_made_from_an_older_version_is_refused_and_says_who_was_faster(
    scene: Scene,
) -> None:
    course_id = scene.begin()
    made = scene.change(course_id, PlanSession(dubai(3, 9, 11)))
    with pytest.raises(StaleCourse) as caught:
        courses.change(scene.with_, scene.otto, course_id, 1, SetPlannedSessions(5))
    assert caught.value.last_change == made
    assert scene.file(course_id).course.planned_sessions == 3


def test_a_course_that_does_not_exist_is_unknown(scene: Scene) -> None:
    with pytest.raises(UnknownCourse):
        courses.change(scene.with_, scene.iris, 999, 1, ConfirmLast())
    assert courses.read(999) is None


def test_a_refused_edit_changes_nothing_at_all(scene: Scene) -> None:
    course_id = scene.begin()
    with pytest.raises(EditRefused):
        scene.change(course_id, EndSession(1, scene.clock.at))
    assert scene.file(course_id).version == 1
    assert reading().scalars(select(CourseChange)).all() == []


@pytest.mark.parametrize(("seconds", "is_undone"), [(0, True), (10, True), (12, True), (13, False)])
def test_a_change_is_undone_within_ten_seconds_and_the_time_a_tap_travels(
    scene: Scene, seconds: int, is_undone: bool
) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanSession(dubai(3, 2, 11)))
    before = scene.file(course_id).course
    change = scene.change(course_id, EndSession(1, scene.clock.at, is_last=True))
    scene.clock.advance(seconds=seconds)
    assert courses.undo(scene.with_, scene.iris, change.id) is is_undone
    assert (scene.file(course_id).course == before) is is_undone
    assert scene.file(course_id).version == (4 if is_undone else 3)


def test_a_change_is_undone_once_by_its_maker_and_only_if_nothing_followed(scene: Scene) -> None:
    course_id = scene.begin()
    first = scene.change(course_id, PlanSession(dubai(3, 9, 11)))
    second = scene.change(course_id, SetPlannedSessions(4))
    assert not courses.undo(scene.with_, scene.iris, first.id)
    assert not courses.undo(scene.with_, scene.otto, second.id)
    assert courses.undo(scene.with_, scene.iris, second.id)
    assert not courses.undo(scene.with_, scene.iris, second.id)
    assert not courses.undo(scene.with_, scene.iris, 999)
    last_change = scene.file(course_id).last_change
    assert last_change is not None
    assert last_change.is_undone


def test_undo_brings_back_visits_extensions_and_what_closing_cancelled(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanSession(dubai(3, 9, 11)))
    scene.change(course_id, PlanVisit("consultation", dubai(3, 4, 10)))
    scene.change(course_id, Extend("sauna", 3, "A slow healer."))
    before = scene.file(course_id)
    change = scene.change(course_id, CloseCourse("Moved away."))
    assert scene.file(course_id).closed_at == scene.clock.at
    assert courses.undo(scene.with_, scene.iris, change.id)
    after = scene.file(course_id)
    assert (after.course, after.visits, after.extensions, after.closed_at) == (
        before.course,
        before.visits,
        before.extensions,
        None,
    )


def test_undoing_a_planned_session_leaves_no_trace_of_it(scene: Scene) -> None:
    course_id = scene.begin()
    change = scene.change(course_id, PlanVisit("follow-up", dubai(3, 9, 11)))
    assert courses.undo(scene.with_, scene.iris, change.id)
    change = scene.change(course_id, PlanSession(dubai(3, 9, 11)))
    assert courses.undo(scene.with_, scene.iris, change.id)
    assert (scene.file(course_id).course.sessions, scene.file(course_id).visits) == ((), ())


def test_the_teach_back_answer_is_noted(scene: Scene) -> None:
    course_id = scene.begin()
    scene.ended(course_id, 1, dubai(3, 2, 16))
    courses.note_teach_back(scene.with_, scene.otto, course_id, 1, False)
    noted = reading().scalars(select(TeachBack)).one()
    assert (noted.session_number, noted.is_right, noted.asked_by) == (
        1,
        False,
        scene.otto.account_id,
    )
    with pytest.raises(UnknownCourse):
        courses.note_teach_back(scene.with_, scene.otto, course_id, 2, True)
