"""A course closed by mistake is opened again as it was, and never beside a newer one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.services.scene import Scene, dubai
from webapp.domain.course import SessionStatus
from webapp.domain.course_edits import Extend, PlanSession
from webapp.domain.edit_rules import EditRefused, Refusal
from webapp.persistence.database import reading
from webapp.persistence.tables import AuditEvent
from webapp.services import courses
from webapp.services.course_extras import CloseCourse, PlanVisit, ReopenCourse
from webapp.services.courses import StaleCourse

WHY = "It was another client's."


@pytest.fixture
def closed(scene: Scene) -> int:
    """A course with a session done, one booked for the 20th, a visit and an extension; closed."""
    course_id = scene.begin()
    scene.ended(course_id, 1, dubai(1, 2, 16))
    scene.clock.at = dubai(3, 2)
    scene.change(course_id, PlanSession(dubai(3, 20, 11)))
    scene.change(course_id, PlanVisit("consultation", dubai(3, 5, 10)))
    scene.change(course_id, Extend("sauna", 5, "Slow healer."))
    scene.change(course_id, CloseCourse("Moved away."))
    return course_id


def test_it_goes_on_as_it_was_days_later(scene: Scene, closed: int) -> None:
    scene.clock.at = dubai(3, 9)
    change = scene.change(closed, ReopenCourse(WHY))
    file = scene.file(closed)
    assert file.closed_at is None
    assert [s.status.value for s in file.course.sessions] == ["performed", "scheduled"]
    assert [visit.status for visit in file.visits] == ["scheduled"]
    assert file.course.extensions == {"sauna": 5}
    assert (change.kind, change.reason) == ("reopen-course", WHY)


def test_who_opened_it_again_stands_in_the_audit(scene: Scene, closed: int) -> None:
    scene.change(closed, ReopenCourse(WHY))
    last = reading().scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
    assert (last.action, last.subject_id) == ("course-reopen-course", closed)
    assert last.actor_id == scene.iris.account_id


def test_a_session_whose_time_has_passed_is_waited_for(scene: Scene, closed: int) -> None:
    scene.clock.at = dubai(3, 21)
    scene.change(closed, ReopenCourse(WHY))
    course = scene.file(closed).course
    assert course.live[-1].status is SessionStatus.SCHEDULED
    with pytest.raises(EditRefused) as caught:
        scene.change(closed, CloseCourse("Again."))
    assert caught.value.code is Refusal.EARLIER_SESSION_OPEN


def test_a_newer_course_keeps_it_closed(scene: Scene, closed: int) -> None:
    client_id = scene.file(closed).client_id
    scene.begin(client_id)
    with pytest.raises(EditRefused) as caught:
        scene.change(closed, ReopenCourse(WHY))
    assert caught.value.code is Refusal.COURSE_FOLLOWED
    assert scene.file(closed).is_followed
    assert scene.file(closed).closed_at is not None


def test_an_open_course_is_not_opened(scene: Scene, closed: int) -> None:
    scene.change(closed, ReopenCourse(WHY))
    with pytest.raises(StaleCourse):
        scene.change(closed, ReopenCourse(WHY))


@pytest.mark.parametrize(
    ("reason", "code"), [(" ", Refusal.REASON_MISSING), ("x" * 501, Refusal.REASON_TOO_LONG)]
)
def test_it_needs_a_reason(scene: Scene, closed: int, reason: str, code: Refusal) -> None:
    with pytest.raises(EditRefused) as caught:
        scene.change(closed, ReopenCourse(reason))
    assert caught.value.code is code


def test_opening_again_can_be_undone(scene: Scene, closed: int) -> None:
    before = scene.file(closed)
    change = scene.change(closed, ReopenCourse(WHY))
    assert courses.undo(scene.with_, scene.iris, change.id)
    assert scene.file(closed).closed_at == before.closed_at
    assert scene.file(closed).course == before.course


def test_closed_twice_it_comes_back_as_it_was_the_second_time(scene: Scene, closed: int) -> None:
    scene.change(closed, ReopenCourse(WHY))
    scene.change(closed, Extend("sauna", 7, "Slower."))
    scene.change(closed, CloseCourse("Really."))
    scene.change(closed, ReopenCourse(WHY))
    assert scene.file(closed).course.extensions == {"sauna": 7}


def test_a_closing_taken_back_is_not_what_it_comes_back_from(scene: Scene, closed: int) -> None:
    scene.change(closed, ReopenCourse(WHY))
    taken_back = scene.change(closed, CloseCourse("Oh."))
    assert courses.undo(scene.with_, scene.iris, taken_back.id)
    scene.change(closed, Extend("sauna", 9, "Slower."))
    scene.change(closed, CloseCourse("Now."))
    scene.change(closed, ReopenCourse(WHY))
    assert scene.file(closed).course.extensions == {"sauna": 9}
