"""Extensions and their reasons, visits, and the closing of a stopped course."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.services.scene import Scene, dubai
from webapp.domain.course import SessionStatus
from webapp.domain.course_edits import Extend, PlanSession, RemoveExtension
from webapp.domain.edit_rules import EditRefused, Refusal
from webapp.services import courses
from webapp.services.course_extras import CloseCourse, MoveVisit, PlanVisit, SettleVisit


def test_an_extension_keeps_its_reason_and_may_be_lowered_and_removed(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, Extend("sauna", 5, " Slow\n \0healer. "))
    scene.change(course_id, Extend("wash-hair", 2, "Sensitive skin."))
    assert [(e.activity, e.days, e.reason) for e in scene.file(course_id).extensions] == [
        ("sauna", 5, "Slow healer."),
        ("wash-hair", 2, "Sensitive skin."),
    ]
    scene.change(course_id, Extend("sauna", 1, "Heals well."))
    removed = scene.change(course_id, RemoveExtension("wash-hair", "Entered by mistake."))
    assert [(e.days, e.reason) for e in scene.file(course_id).extensions] == [(1, "Heals well.")]
    assert removed.reason == "Entered by mistake."


REASONS = [
    (Extend("sauna", 5), Refusal.REASON_MISSING),
    (RemoveExtension("sauna", "  "), Refusal.REASON_MISSING),
    (CloseCourse(""), Refusal.REASON_MISSING),
    (CloseCourse("x" * 501), Refusal.REASON_TOO_LONG),
]


@pytest.mark.parametrize(("edit", "code"), REASONS)
def test_what_needs_a_reason_is_refused_without_one(
    scene: Scene, edit: Extend | RemoveExtension | CloseCourse, code: Refusal
) -> None:
    with pytest.raises(EditRefused) as caught:
        scene.change(scene.begin(), edit)
    assert caught.value.code is code


def test_closing_keeps_what_was_done_and_cancels_what_is_booked(scene: Scene) -> None:
    course_id = scene.begin()
    scene.ended(course_id, 1, dubai(3, 2, 16))
    scene.change(course_id, PlanSession(dubai(3, 10, 11)))
    courses.close(scene.with_, scene.iris, course_id, 4, "Moved away.")
    file = scene.file(course_id)
    assert [s.status.value for s in file.course.sessions] == ["performed", "cancelled"]
    assert courses.running_of(file.client_id) is None
    with pytest.raises(EditRefused) as caught:
        scene.change(course_id, PlanSession(dubai(3, 10, 11)))
    assert caught.value.code is Refusal.COURSE_CLOSED


def test_a_course_is_not_closed_over_a_session_that_nobody_has_settled(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanSession(scene.clock.at))
    with pytest.raises(EditRefused) as caught:
        scene.change(course_id, CloseCourse("Moved away."))
    assert (caught.value.code, caught.value.number) == (Refusal.EARLIER_SESSION_OPEN, 1)
    assert scene.file(course_id).course.live[0].status is SessionStatus.SCHEDULED


def test_visits_are_planned_moved_and_settled(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanVisit("consultation", dubai(3, 4, 10)))
    visit = scene.file(course_id).visits[0]
    scene.change(course_id, MoveVisit(visit.id, dubai(3, 2, 10)))
    scene.change(course_id, SettleVisit(visit.id, "held"))
    settled = scene.file(course_id).visits[0]
    assert (settled.id, settled.status, settled.starts_at) == (visit.id, "held", dubai(3, 2, 10))


def test_visits_that_cannot_be_true_are_refused(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanVisit("consultation", dubai(3, 4, 10)))
    visit_id = scene.file(course_id).visits[0].id
    refused = []
    for edit in (
        PlanVisit("party", dubai(3, 4, 10)),
        PlanVisit("consultation", datetime(2026, 3, 4, 10)),  # noqa: DTZ001
        SettleVisit(visit_id, "missed"),
        SettleVisit(visit_id, "burnt"),
        MoveVisit(999, dubai(3, 4, 10)),
    ):
        with pytest.raises(EditRefused) as caught:
            scene.change(course_id, edit)
        refused.append(caught.value.code.value)
    expected = ["unknown-visit", "no-time-zone", "not-begun", "unknown-visit", "unknown-visit"]
    assert refused == expected
