"""Changes that are taken back, made twice, or follow one another within seconds."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from tests.services.noticed import (
    deliver,
    lines,
    notices_of,
    one,
    tell_due,
    undo,
)
from tests.services.scene import Scene, dubai
from tests.services.test_noticing import MOVED_TWO, REMINDED_TWO, booked, one_session
from webapp.domain.course_edits import (
    CorrectSession,
    EndSession,
    Extend,
    MoveSession,
    PlanSession,
    ReopenSession,
)
from webapp.persistence.database import writing
from webapp.persistence.tables import Notice
from webapp.services.course_extras import PlanVisit


def test_aftercare_begins_when_the_undo_has_passed_and_never_after_it(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanSession(dubai(3, 2, 13)))
    scene.clock.at = dubai(3, 2, 16, 30)
    change = scene.change(course_id, EndSession(1, scene.clock.at))
    assert lines(course_id, "aftercare-begins") == [("aftercare-begins", 1, "03-02 16:30:13")]
    scene.clock.advance(seconds=12)
    undo(scene, change)
    assert lines(course_id, "aftercare-begins") == lines(course_id, "lift") == []


def test_a_session_ended_again_after_an_undo_is_told_once(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanSession(dubai(3, 2, 13)))
    scene.clock.at = dubai(3, 2, 16, 30)
    undo(scene, scene.change(course_id, EndSession(1, scene.clock.at)))
    scene.clock.advance(seconds=20)
    scene.change(course_id, EndSession(1, dubai(3, 2, 16, 30)))
    [begins] = notices_of(course_id, "aftercare-begins")
    assert lines(course_id, "aftercare-begins") == [("aftercare-begins", 1, "03-02 16:30:33")]
    assert begins.expires_at == dubai(3, 3, 16, 30)


def test_a_session_moved_moved_back_and_undone_is_announced_once_for_each_date(
    scene: Scene,
) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 3)
    scene.change(course_id, MoveSession(2, dubai(3, 11, 11)))
    scene.clock.advance(minutes=1)
    back = scene.change(course_id, MoveSession(2, dubai(3, 10, 11)))
    assert set(REMINDED_TWO) <= set(lines(course_id))
    assert set(MOVED_TWO) <= set(lines(course_id, state="superseded"))
    scene.clock.advance(seconds=5)
    undo(scene, back)
    assert set(MOVED_TWO) <= set(lines(course_id))
    assert set(REMINDED_TWO) <= set(lines(course_id, state="superseded"))
    dates = [n.at for n in notices_of(course_id, "session-today") if n.session_number == 2]
    assert dates == [dubai(3, 10, 11), dubai(3, 11, 11)]


@pytest.mark.parametrize(("outcome", "is_armed"), [("accepted", False), ("failed", True)])
def test_moved_back_a_reminder_is_armed_again_unless_it_was_accepted(
    scene: Scene, outcome: str, is_armed: bool
) -> None:
    course_id = booked(scene)
    prepare = one(course_id, "prepare")
    deliver(scene, prepare, outcome)
    scene.clock.at = dubai(3, 3)
    scene.change(course_id, MoveSession(2, dubai(3, 11, 11)))
    scene.change(course_id, MoveSession(2, dubai(3, 10, 11)))
    planned = [n.id for n in notices_of(course_id, "prepare", "planned")]
    assert planned == ([prepare.id] if is_armed else [])


def test_what_was_read_and_was_untrue_since_is_unread_again(scene: Scene) -> None:
    course_id = booked(scene)
    prepare = one(course_id, "prepare")
    with writing() as writer:
        told = {"state": "superseded", "told_at": scene.clock.at, "read_at": scene.clock.at}
        told |= {"is_inbox_only": True, "acknowledged_at": scene.clock.at}
        writer.execute(update(Notice).where(Notice.id == prepare.id).values(**told))
    scene.change(course_id, PlanVisit("follow-up", dubai(3, 20)))
    again = one(course_id, "prepare")
    assert (again.id, again.told_at, again.read_at) == (prepare.id, None, None)
    assert (again.is_inbox_only, again.acknowledged_at) == (False, None)


def test_what_was_told_is_not_told_again_after_moving_away_and_back(scene: Scene) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 8, 18)
    tell_due(scene)
    scene.change(course_id, MoveSession(2, dubai(3, 11, 11)))
    scene.change(course_id, MoveSession(2, dubai(3, 10, 11)))
    assert one(course_id, "prepare", "told").at == dubai(3, 10, 11)
    assert lines(course_id, "prepare") == []


def test_a_lift_whose_instant_passes_between_a_change_and_its_undo_is_not_lost(
    scene: Scene,
) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 7, 16, 29).replace(second=55)
    tell_due(scene)
    change = scene.change(course_id, Extend("wash-hair", 2, "Sensitive."))
    assert ("lift", None, "03-07 16:30") not in lines(course_id)
    scene.clock.advance(seconds=10)
    undo(scene, change)
    assert lines(course_id, "lift")[0] == ("lift", None, "03-07 16:30:18")
    assert lines(course_id, "stricter", "") == []


def test_a_corrected_end_is_no_second_beginning(scene: Scene) -> None:
    course_id = one_session(scene)
    scene.clock.at = dubai(3, 2, 16, 40)
    tell_due(scene)
    scene.change(course_id, CorrectSession(1, dubai(3, 2, 13), dubai(3, 2, 16)))
    assert lines(course_id, "aftercare-begins") == []
    assert one(course_id, "aftercare-begins", "told").at == dubai(3, 2, 16, 30)


def test_an_end_corrected_before_it_was_told_begins_at_the_right_one(scene: Scene) -> None:
    course_id = one_session(scene)
    scene.clock.advance(seconds=5)
    scene.change(course_id, CorrectSession(1, dubai(3, 2, 13), dubai(3, 2, 16)))
    assert lines(course_id, "aftercare-begins") == [("aftercare-begins", 1, "03-02 16:30:18")]
    assert one(course_id, "aftercare-begins").at == dubai(3, 2, 16)


def test_a_session_ended_by_mistake_begins_again_when_it_really_ends(scene: Scene) -> None:
    course_id = one_session(scene)
    scene.clock.advance(minutes=10)
    tell_due(scene)
    scene.change(course_id, ReopenSession(1))
    scene.clock.at = dubai(3, 2, 19)
    tell_due(scene)
    scene.change(course_id, EndSession(1, scene.clock.at))
    assert lines(course_id, "aftercare-begins") == [("aftercare-begins", 1, "03-02 19:00:13")]
