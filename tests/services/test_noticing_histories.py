"""Clients who come with a history, and courses that end or are followed by another."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.services.noticed import (
    is_inbox_only,
    lines,
    local,
    notices_of,
    one,
    stored,
    tell_due,
)
from tests.services.scene import Scene, dubai
from tests.services.test_noticing import REMINDED_TWO, booked
from webapp.domain.course_edits import (
    ConfirmLast,
    EndSession,
    RecordSession,
)
from webapp.persistence import recipients
from webapp.services import courses
from webapp.services.course_extras import CloseCourse, PlanVisit, SettleVisit
from webapp.services.courses import NewCourse
from webapp.services.noticing import replay

PAST = ((dubai(2, 1, 10), dubai(2, 1, 13)),)
FIRST_FOLLOW_UPS = [("follow-up-due", None, f"{year}-02-01 10:00") for year in range(2027, 2032)]

# when the only session ended, and the lines of the client who is entered on 2 March at noon
HISTORIES = [
    (
        dubai(3, 2, 11),
        [("aftercare-begins", "03-02 12:00:13", False), ("lift", "03-03 11:00", False)],
    ),
    (
        dubai(3, 2, 0),
        [("aftercare-begins", "03-02 12:00:13", False), ("lift", "03-03 00:00", False)],
    ),
    (
        dubai(3, 1, 23, 59),
        [("aftercare-begins", "03-02 12:00:13", True), ("lift", "03-02 23:59", False)],
    ),
    (
        dubai(3, 1, 11),
        [("aftercare-begins", "03-02 12:00:13", True), ("lift", "03-02 12:00:13", False)],
    ),
    (
        dubai(2, 27, 11),
        [("aftercare-begins", "03-02 12:00:13", True), ("lift", "03-02 12:00:13", True)],
    ),
    (dubai(2, 20, 11), [("lift", "03-02 12:00:13", True)]),
    (dubai(2, 10, 11), []),
]


@pytest.mark.parametrize(("ended", "expected"), HISTORIES)
def test_a_client_with_a_history_finds_it_in_the_inbox_and_is_not_pushed_old_news(
    scene: Scene, ended: datetime, expected: list[tuple[str, str, bool]]
) -> None:
    past = ((ended - timedelta(hours=3), ended),)
    new = NewCourse(scene.add_client(), scene.location_id, past_sessions=past)
    course_id = courses.begin(scene.with_, scene.iris, new)
    found = [n for n in notices_of(course_id) if n.kind in ("aftercare-begins", "lift")]
    told = [(n.kind, local(n.due_at), is_inbox_only(n)) for n in found]
    assert told[: len(expected)] == expected
    assert bool(told) is bool(expected)


def test_a_healed_course_that_is_entered_is_followed_up(scene: Scene) -> None:
    past = ((dubai(2, 5, 10), dubai(2, 5, 13)),)
    new = NewCourse(scene.add_client(), scene.location_id, "touch-up", 1, None, past, True)
    course_id = courses.begin(scene.with_, scene.iris, new)
    [lift, healed, *follow_ups] = notices_of(course_id, state="planned")
    assert {lift.kind, healed.kind} == {"lift", "healed"}
    assert is_inbox_only(lift)
    assert is_inbox_only(healed)
    assert [n.kind for n in follow_ups] == ["follow-up-due"] * 5


def test_the_word_that_it_was_the_last_session_may_come_late(scene: Scene) -> None:
    past = ((dubai(1, 5, 10), dubai(1, 5, 13)),)
    new = NewCourse(scene.add_client(), scene.location_id, "touch-up", past_sessions=past)
    course_id = courses.begin(scene.with_, scene.iris, new)
    scene.change(course_id, ConfirmLast())
    lift, healed = (one(course_id, kind) for kind in ("lift", "healed"))
    assert lift.at == healed.at == dubai(1, 26, 13)
    assert is_inbox_only(lift)
    assert is_inbox_only(healed)


def test_a_session_recorded_late_is_told_as_strictness(scene: Scene) -> None:
    course_id = scene.begin()
    scene.change(course_id, RecordSession(dubai(3, 1, 10), dubai(3, 1, 23)))
    assert is_inbox_only(one(course_id, "aftercare-begins"))
    assert "swimming" in one(course_id, "stricter").content["activities"]


def test_a_session_ended_within_hours_says_all_by_its_beginning(scene: Scene) -> None:
    course_id = booked(scene)
    scene.clock.at = dubai(3, 9, 20)
    tell_due(scene)
    edit = EndSession(2, dubai(3, 9, 19), starts_at=dubai(3, 9, 17))
    scene.change(course_id, edit)
    assert not is_inbox_only(one(course_id, "aftercare-begins"))
    assert lines(course_id, "stricter") == []


def touched_up(scene: Scene) -> tuple[int, int]:
    """A course that healed long ago, and the touch-up that follows it today."""
    client_id = scene.add_client()
    new = NewCourse(client_id, scene.location_id, past_sessions=PAST, is_last=True)
    first = courses.begin(scene.with_, scene.iris, new)
    scene.change(first, PlanVisit("follow-up", dubai(6, 1)))
    scene.clock.at = dubai(3, 20)
    assert lines(first) == FIRST_FOLLOW_UPS
    touch_up = NewCourse(client_id, scene.location_id, "touch-up")
    return first, courses.begin(scene.with_, scene.iris, touch_up)


def test_a_touch_up_takes_the_follow_ups_of_the_old_course_away(scene: Scene) -> None:
    first, second = touched_up(scene)
    assert lines(first) == stored(second) == []
    assert len(lines(first, "follow-up-due", "superseded")) == len(FIRST_FOLLOW_UPS)


def test_no_later_word_on_an_old_course_brings_its_notices_back(scene: Scene) -> None:
    first, _ = touched_up(scene)
    visit = scene.file(first).visits[0]
    scene.change(first, SettleVisit(visit.id, "cancelled"))
    scene.change(first, CloseCourse("Done."))
    replay(scene.with_, [first])
    assert lines(first) == []


def test_a_replay_of_all_plans_the_newest_course_of_every_client(scene: Scene) -> None:
    scene.begin()
    _, newest = touched_up(scene)
    assert replay(scene.with_) == 2
    assert newest in recipients.newest_courses()


def test_closing_takes_reminders_away_and_leaves_lifts(scene: Scene) -> None:
    course_id = booked(scene)
    lifts = lines(course_id, "lift")
    scene.change(course_id, CloseCourse("Moved away."))
    assert lines(course_id, "lift") == lifts != []
    assert set(lines(course_id)) & set(REMINDED_TWO) == set()
