"""Planning again: replays, outages, courses that cannot be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.services.noticed import (
    lines,
    local,
    lose,
    notices_of,
    stored,
    tell_due,
)
from tests.services.scene import Scene, dubai
from tests.services.test_noticing import booked, extended, one_session
from webapp.domain.course_edits import (
    CancelSession,
    CorrectSession,
    Extend,
    MoveSession,
    PlanSession,
)
from webapp.persistence.database import db, writing
from webapp.persistence.tables import Notice, TreatmentSession
from webapp.services.course_extras import PlanVisit
from webapp.services.noticing import Cause, plan_notices, replay

OUTAGES = [timedelta(hours=1), timedelta(hours=11), timedelta(hours=13), timedelta(hours=40)]


@pytest.mark.parametrize("later", [timedelta(), timedelta(seconds=5), timedelta(days=2)])
def test_a_replay_leaves_every_row_as_it_was(scene: Scene, later: timedelta) -> None:
    course_id = extended(scene)
    scene.change(course_id, CorrectSession(1, dubai(3, 2, 12), dubai(3, 2, 16)))
    before = stored(course_id)
    scene.clock.at += later
    assert replay(scene.with_) == 1
    assert replay(scene.with_, [course_id]) == 1
    assert stored(course_id) == before


def test_planning_one_change_again_leaves_every_row_as_it_was(scene: Scene) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 8)
    tell_due(scene)
    course = scene.file(course_id).course
    scene.change(course_id, Extend("wash-hair", 2, "Sensitive."))
    before = stored(course_id)
    with writing() as writer:
        plan_notices(writer, course_id, Cause("extend", course), scene.clock.at)
    assert stored(course_id) == before
    assert "stricter" in {notice.kind for notice in notices_of(course_id)}


def test_a_replay_mends_a_table_that_lost_rows(scene: Scene) -> None:
    course_id = booked(scene)
    before = lines(course_id)
    lose(course_id)
    replay(scene.with_)
    assert lines(course_id) == before


def test_a_replay_of_a_course_that_is_not_there_does_nothing(scene: Scene) -> None:
    assert replay(scene.with_, [999]) == 1
    assert stored(999) == []


@pytest.mark.parametrize("outage", OUTAGES)
def test_a_change_in_an_outage_keeps_what_is_due_and_true(scene: Scene, outage: timedelta) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 7, 12)
    tell_due(scene)
    lift = notices_of(course_id, "lift", "planned")[0]
    kept = (lift.due_at, lift.expires_at, lift.content)
    scene.clock.at = dubai(3, 7, 16, 30) + outage
    scene.change(course_id, PlanSession(dubai(4, 7, 11)))
    again = notices_of(course_id, "lift", "planned")[0]
    assert (again.due_at, again.expires_at, again.content) == kept
    assert again.course_version == scene.file(course_id).version


def test_a_change_in_an_outage_drops_what_is_true_no_longer(scene: Scene) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 7, 12)
    tell_due(scene)
    scene.clock.at = dubai(3, 7, 17)
    scene.change(course_id, CorrectSession(1, dubai(3, 2, 13), dubai(3, 2, 18, 30)))
    assert lines(course_id, "lift")[0] == ("lift", None, "03-07 18:30")
    assert ("lift", None, "03-07 16:30") in lines(course_id, state="superseded")


def test_what_a_change_says_otherwise_of_something_due_waits_for_its_undo(scene: Scene) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 9, 19)
    scene.change(course_id, Extend("wash-hair", 1, "Sensitive."))
    tomorrow = notices_of(course_id, "session-tomorrow", "planned")[-1]
    assert (local(tomorrow.due_at), tomorrow.content) == ("03-09 19:00:13", {"wash": "water"})


def test_a_lift_that_falls_due_within_an_undo_is_told_on_time_where_it_is_the_same(
    scene: Scene,
) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 7, 16, 29).replace(second=55)
    tell_due(scene)
    scene.change(course_id, PlanVisit("follow-up", dubai(3, 20)))
    assert lines(course_id, "lift")[0] == ("lift", None, "03-07 16:30")


def test_cancelling_is_never_told_as_strictness(scene: Scene) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 10, 12)
    scene.change(course_id, CancelSession(2))
    assert lines(course_id, "stricter", "") == []


def test_of_a_course_that_cannot_be_read_nothing_is_announced(scene: Scene) -> None:
    course_id = booked(scene)
    one_session(scene)
    with writing() as writer:
        of_course = TreatmentSession.course_id == course_id
        writer.execute(update(TreatmentSession).where(of_course).values(number=1))
    assert replay(scene.with_) == 2
    assert lines(course_id) == []
    assert len(lines(course_id + 1)) > 0


def test_a_course_that_could_not_be_read_is_planned_when_it_is_mended(scene: Scene) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 3)
    with writing() as writer:
        writer.execute(
            update(TreatmentSession)
            .where(TreatmentSession.number == 2)
            .values(starts_at=dubai(3, 2, 10))
        )
    db.session.rollback()
    scene.change(course_id, MoveSession(2, dubai(3, 11, 11)))
    assert ("session-today", 2, "03-11 08:00") in lines(course_id)


def test_a_notice_of_another_kind_is_left_alone(scene: Scene) -> None:
    course_id = booked(scene)
    with writing() as writer:
        photo = Notice(
            dedup_key="photo",
            account_id=scene.iris.account_id,
            course_id=course_id,
            kind="photo-added",
            at=scene.clock.at,
            due_at=scene.clock.at + timedelta(seconds=30),
            expires_at=scene.clock.at + timedelta(days=3),
            state="planned",
            content={},
            course_version=3,
            engine_version=1,
            planned_at=scene.clock.at,
        )
        writer.add(photo)
    scene.change(course_id, CancelSession(2))
    assert len(lines(course_id, "photo-added")) == 1
