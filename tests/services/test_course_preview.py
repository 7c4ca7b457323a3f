"""What staff see of an edit before they save it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.scene import Scene, dubai
from webapp.domain.course_edits import EndSession, Extend, MoveSession, PlanSession
from webapp.domain.edit_rules import EditRefused, Refusal
from webapp.domain.planning import NoWash, TooEarly
from webapp.services.course_extras import CloseCourse
from webapp.services.course_preview import preview


def after_session_1(scene: Scene) -> int:
    course_id = scene.begin()
    scene.ended(course_id, 1, dubai(3, 2, 16, 30))
    return course_id


def test_a_session_planned_too_early_is_warned_about_and_not_stored(scene: Scene) -> None:
    course_id = after_session_1(scene)
    seen = preview(scene.file(course_id), PlanSession(dubai(3, 6, 11)), scene.clock.at)
    assert [type(concern) for concern in seen.concerns] == [TooEarly, NoWash]
    assert scene.file(course_id).course.live[1:] == ()


def test_a_move_says_which_lifts_move_and_by_how_much(scene: Scene) -> None:
    course_id = after_session_1(scene)
    scene.change(course_id, PlanSession(dubai(3, 9, 15)))
    later = preview(scene.file(course_id), MoveSession(2, dubai(3, 9, 16)), scene.clock.at)
    assert (later.freed, later.eased) == ((), ())
    assert {move.by for move in later.moved} == {timedelta(hours=1)}


def test_moving_a_session_away_from_a_lift_is_said_to_bring_it_forward(scene: Scene) -> None:
    course_id = after_session_1(scene)
    scene.change(course_id, PlanSession(dubai(3, 9, 15)))
    seen = preview(scene.file(course_id), MoveSession(2, dubai(3, 12, 15)), scene.clock.at)
    (swimming,) = (move for move in seen.moved if move.activity == "swimming")
    assert swimming.after_at == dubai(3, 9, 16, 30)
    assert swimming.by is not None
    assert swimming.by < timedelta()


def test_an_extension_moves_its_lift_and_raises_no_concern(scene: Scene) -> None:
    file = scene.file(after_session_1(scene))
    seen = preview(file, Extend("wash-hair", 2), scene.clock.at)
    assert seen.concerns == ()
    assert {move.by for move in seen.moved} == {timedelta(days=2)}


def test_what_would_be_refused_is_refused_in_the_preview(scene: Scene) -> None:
    course_id = after_session_1(scene)
    with pytest.raises(EditRefused) as caught:
        preview(scene.file(course_id), EndSession(1, scene.clock.at), scene.clock.at)
    assert caught.value.code is Refusal.NOT_SCHEDULED
    scene.change(course_id, CloseCourse("Moved away."))
    with pytest.raises(EditRefused) as caught:
        preview(scene.file(course_id), PlanSession(dubai(3, 12, 15)), scene.clock.at)
    assert caught.value.code is Refusal.COURSE_CLOSED
