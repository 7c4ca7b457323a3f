"""When a client is told that the plan became stricter, and that it did not after all."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.services.noticed import (
    client_account,
    deliver,
    lines,
    one,
    tell_due,
    undo,
)
from tests.services.scene import Scene, dubai
from tests.services.test_noticing import booked, one_session
from webapp.domain.course_edits import (
    CorrectSession,
    Extend,
    PlanSession,
    RemoveExtension,
)
from webapp.persistence.database import writing
from webapp.persistence.tables import Notice

CORRECTED = CorrectSession(1, dubai(3, 2, 13), dubai(3, 2, 18, 30))
AS_IT_WAS = CorrectSession(1, dubai(3, 2, 13), dubai(3, 2, 16, 30))


def supersede(notice: Notice) -> None:
    with writing() as writer:
        found = writer.get(Notice, notice.id)
        assert found is not None
        found.state = "superseded"


def test_strictness_is_taken_away_by_the_undo_of_its_change(scene: Scene) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 8)
    tell_due(scene)
    change = scene.change(course_id, Extend("wash-hair", 2, "Sensitive."))
    assert len(lines(course_id, "stricter")) == 1
    scene.clock.advance(seconds=9)
    undo(scene, change)
    assert lines(course_id, "stricter") == []
    assert lines(course_id, "lift", "superseded") == []


def test_strictness_survives_another_change_before_it_is_told(scene: Scene) -> None:
    course_id = one_session(scene)
    scene.clock.at = dubai(3, 3, 17)
    tell_due(scene)
    scene.change(course_id, CORRECTED)
    scene.clock.advance(seconds=6)
    scene.change(course_id, PlanSession(dubai(3, 10, 11)))
    assert lines(course_id, "stricter") == [("stricter", None, "03-03 17:00:13")]


def test_an_undo_brings_back_the_strictness_that_its_change_had_taken_back(scene: Scene) -> None:
    course_id = one_session(scene)
    scene.clock.at = dubai(3, 3, 17)
    tell_due(scene)
    scene.change(course_id, CORRECTED)
    scene.clock.advance(seconds=5)
    change = scene.change(course_id, AS_IT_WAS)
    assert lines(course_id, "stricter") == []
    scene.clock.advance(seconds=5)
    undo(scene, change)
    assert lines(course_id, "stricter") == [("stricter", None, "03-03 17:00:23")]


def test_an_end_corrected_back_and_forth_is_told_as_strictness_once(scene: Scene) -> None:
    course_id = one_session(scene)
    scene.clock.at = dubai(3, 3, 17)
    tell_due(scene)
    for edit in (CORRECTED, AS_IT_WAS, CORRECTED):
        scene.change(course_id, edit)
        scene.clock.advance(seconds=20)
    assert lines(course_id, "stricter") == [("stricter", None, "03-03 17:00:53")]


@pytest.mark.parametrize(
    ("outcome", "at", "is_back"),
    [
        ("failed", dubai(3, 11, 11, 59), True),
        ("accepted", dubai(3, 11, 11, 59), False),
        ("failed", dubai(3, 11, 12), False),
    ],
)
def test_strictness_that_was_accepted_or_is_of_no_use_comes_back_by_no_undo(
    scene: Scene, outcome: str, at: datetime, is_back: bool
) -> None:
    course_id = one_session(scene)
    scene.clock.at = dubai(3, 8)
    tell_due(scene)
    scene.change(course_id, Extend("wash-hair", 9, "Sensitive."))
    supersede(one(course_id, "stricter"))
    deliver(scene, one(course_id, "stricter", "superseded"), outcome)
    scene.clock.at = at
    undo(scene, scene.change(course_id, PlanSession(dubai(3, 20))))
    assert bool(lines(course_id, "stricter")) is is_back


def test_two_changes_within_one_second_are_both_told(scene: Scene) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 9, 17)
    tell_due(scene)
    scene.change(course_id, Extend("alcohol", 2, "Medicine."))
    scene.change(course_id, Extend("swimming", 3, "Sensitive."))
    activities = one(course_id, "stricter").content["activities"]
    assert activities.keys() == {"alcohol", "swimming"}
    scene.change(course_id, RemoveExtension("alcohol", "A mistake."))
    assert one(course_id, "stricter").content["activities"].keys() == {"swimming"}


def test_strictness_says_what_waits_and_until_when(scene: Scene) -> None:
    course_id = one_session(scene)
    scene.clock.at = dubai(3, 7, 17)
    tell_due(scene)
    scene.change(course_id, CORRECTED)
    stricter = one(course_id, "stricter")
    until = dubai(3, 7, 18, 30)
    waiting = ["no", until.isoformat(), None]
    names = ("wash-hair", "wash-water", "wet-scalp")
    assert stricter.content == {"activities": {name: waiting for name in names}}
    assert (stricter.account_id, stricter.expires_at) == (client_account(course_id), until)


def test_an_end_that_strictness_told_and_that_a_change_breaks_is_told_again(scene: Scene) -> None:
    course_id = one_session(scene)
    scene.clock.at = dubai(3, 8)
    tell_due(scene)
    scene.change(course_id, Extend("wash-hair", 2, "Sensitive."))
    scene.clock.advance(hours=1)
    tell_due(scene)
    scene.change(course_id, Extend("wash-hair", 4, "Still sensitive."))
    again = one(course_id, "stricter")
    assert again.content["activities"]["wash-hair"][1] == dubai(3, 11, 16, 30).isoformat()
    scene.clock.at = dubai(3, 12)
    tell_due(scene)
    scene.change(course_id, PlanSession(dubai(3, 20)))
    assert lines(course_id, "stricter") == []
