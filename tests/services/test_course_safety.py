"""Neither a new course, nor a closed one, nor a moved clock takes a restriction away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.services.scene import Scene, dubai
from webapp.domain.course_edits import CancelSession, Extend, PlanSession, WithdrawLast
from webapp.domain.edit_rules import EditRefused, Refusal
from webapp.domain.protocol import Answer
from webapp.services import courses, locations
from webapp.services.course_extras import CloseCourse, PlanVisit, SettleVisit
from webapp.services.course_preview import preview
from webapp.services.courses import NewCourse, StillHealing
from webapp.services.locations import ZoneInUseError
from webapp.services.today import facts_of

ENDED_AT = dubai(3, 2, 16)
OLD = ((dubai(1, 5, 10), dubai(1, 5, 13)),)


def stopped(scene: Scene, extra_days: int = 0) -> int:
    """A client whose only course was closed just after its first session."""
    client_id = scene.add_client()
    course_id = scene.begin(client_id)
    scene.ended(course_id, 1, ENDED_AT)
    if extra_days:
        scene.change(course_id, Extend("sauna", extra_days, "A slow healer."))
    scene.change(course_id, CloseCourse("Moved away."))
    return client_id


@pytest.mark.parametrize(
    ("extra_days", "until"), [(0, dubai(3, 23, 16)), (5, dubai(3, 28, 16)), (60, dubai(5, 22, 16))]
)
def test_a_closed_course_forbids_a_new_one_until_nothing_restricts(
    scene: Scene, extra_days: int, until: datetime
) -> None:
    client_id = stopped(scene, extra_days)
    scene.clock.at = until - timedelta(seconds=1)
    with pytest.raises(StillHealing) as caught:
        scene.begin(client_id)
    assert caught.value.until == until
    scene.clock.at = until
    assert scene.begin(client_id)


def test_an_extension_beyond_healing_forbids_a_new_course_too(scene: Scene) -> None:
    client_id = scene.add_client()
    past = NewCourse(client_id, scene.location_id, past_sessions=OLD, is_last=True)
    course_id = courses.begin(scene.with_, scene.iris, past)
    scene.change(course_id, Extend("sauna", 60, "A slow healer."))
    with pytest.raises(StillHealing) as caught:
        scene.begin(client_id)
    assert (caught.value.course_id, caught.value.until) == (course_id, dubai(3, 27, 13))


def test_a_course_closed_before_its_first_session_forbids_nothing(scene: Scene) -> None:
    client_id = scene.add_client()
    course_id = scene.begin(client_id)
    scene.change(course_id, PlanSession(dubai(3, 9, 11)))
    scene.change(course_id, CloseCourse("Changed her mind."))
    assert scene.begin(client_id) > course_id


def answers_of(scene: Scene, client_id: int) -> list[dict[str, Answer]]:
    """A client's answers now and on later days."""
    facts = facts_of(client_id, scene.clock.at)
    assert facts is not None
    assert facts.plan is not None
    later = [dubai(3, 3), dubai(3, 8), dubai(3, 20), dubai(4, 20)]
    return [facts.plan.bare_answers_at(at) for at in later]


def test_closing_a_course_makes_no_answer_milder(scene: Scene) -> None:
    client_id = scene.add_client()
    course_id = scene.begin(client_id)
    scene.ended(course_id, 1, ENDED_AT)
    before = answers_of(scene, client_id)
    scene.change(course_id, CloseCourse("Moved away."))
    after = answers_of(scene, client_id)
    assert all(
        now[name] >= earlier[name]
        for earlier, now in zip(before, after, strict=True)
        for name in earlier
    )
    assert after[-1]["sauna"] is Answer.NO


def followed(scene: Scene) -> tuple[int, int]:
    """A healed course with a booked visit, and the newer course of the same client."""
    client_id = scene.add_client()
    past = NewCourse(client_id, scene.location_id, past_sessions=OLD, is_last=True)
    older = courses.begin(scene.with_, scene.iris, past)
    scene.change(older, PlanVisit("follow-up", dubai(3, 3, 10)))
    return older, scene.begin(client_id)


@pytest.mark.parametrize("edit", [Extend("sauna", 3, "Slow."), WithdrawLast()])
def test_a_course_that_another_followed_is_changed_no_more(
    scene: Scene, edit: Extend | WithdrawLast
) -> None:
    older, _ = followed(scene)
    with pytest.raises(EditRefused) as caught:
        scene.change(older, edit)
    assert caught.value.code is Refusal.COURSE_FOLLOWED


def test_a_course_that_another_followed_can_still_be_tidied_up(scene: Scene) -> None:
    older, _ = followed(scene)
    scene.change(older, SettleVisit(scene.file(older).visits[0].id, "cancelled"))
    scene.change(older, CloseCourse("Healed."))
    assert scene.file(older).closed_at == scene.clock.at


def test_the_last_change_is_undone_even_where_a_newer_course_has_begun(scene: Scene) -> None:
    client_id = scene.add_client()
    past = NewCourse(client_id, scene.location_id, past_sessions=OLD, is_last=True)
    older = courses.begin(scene.with_, scene.iris, past)
    change = scene.change(older, CloseCourse("Healed."))
    scene.begin(client_id)
    assert courses.undo(scene.with_, scene.iris, change.id)
    assert scene.file(older).closed_at is None


def move_clocks(scene: Scene) -> None:
    place = locations.one(scene.location_id)
    details = replace(place.details, time_zone="Europe/Sofia")
    key = (place.location_id, place.version)
    locations.save(scene.with_, scene.iris, key, details)


def test_a_time_zone_stays_while_courses_run_or_restrict(scene: Scene) -> None:
    scene.begin()
    with pytest.raises(ZoneInUseError):
        move_clocks(scene)
    assert locations.one(scene.location_id).version == 1


def test_a_time_zone_stays_until_a_closed_course_restricts_no_more(scene: Scene) -> None:
    stopped(scene)
    scene.clock.at = dubai(3, 23, 15)
    with pytest.raises(ZoneInUseError):
        move_clocks(scene)
    scene.clock.at = dubai(3, 26)
    move_clocks(scene)
    assert locations.one(scene.location_id).details.time_zone == "Europe/Sofia"


def test_a_preview_names_what_a_cancelled_session_frees_at_once_and_later(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, PlanSession(dubai(3, 2, 13)))
    planned = preview(scene.file(course_id), CancelSession(1), scene.clock.at)
    assert "sauna" in planned.eased
    scene.clock.at = dubai(3, 2, 14)
    begun = preview(scene.file(course_id), CancelSession(1), scene.clock.at)
    assert "sauna" in begun.freed
    assert "sauna" not in {move.activity for move in begun.moved}
