"""Whom the house tells: the artist, or everybody who treats; and when they are left in peace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.services.noticed import is_inbox_only, lines, notices_of
from tests.services.scene import Scene, dubai
from webapp.domain.course_edits import (
    CancelSession,
    ConfirmLast,
    EndSession,
    MoveSession,
    PlanSession,
)
from webapp.domain.people import Role, SignedIn
from webapp.persistence.database import writing
from webapp.persistence.tables import Account
from webapp.services import courses, staff_accounts
from webapp.services.course_extras import CloseCourse
from webapp.services.courses import NewCourse
from webapp.services.noticing import replay

STAFF = ("session-open", "course-overdue")


def hire(scene: Scene, role: str, name: str) -> int:
    with writing() as writer:
        account = Account(role=role, name=name, created_at=scene.clock.at)
        writer.add(account)
        writer.flush()
        return account.id


def disable(scene: Scene, account_id: int) -> None:
    with writing() as writer:
        account = writer.get(Account, account_id)
        assert account is not None
        account.disabled_at = scene.clock.at


def booked_with(scene: Scene, artist_id: int | None) -> int:
    """Session 1 is booked for today at 13:00."""
    new = NewCourse(scene.add_client(), scene.location_id, artist_id=artist_id)
    course_id = courses.begin(scene.with_, scene.iris, new)
    scene.change(course_id, PlanSession(dubai(3, 2, 13)))
    return course_id


def told(course_id: int) -> set[int]:
    """Whom planned notices to staff go to."""
    planned = notices_of(course_id, state="planned")
    return {notice.account_id for notice in planned if notice.kind in STAFF}


def test_the_artist_alone_is_told_of_a_session_without_an_end(scene: Scene) -> None:
    hire(scene, "owner", "Dana")
    ivan = hire(scene, "artist", "Ivan")
    course_id = booked_with(scene, ivan)
    assert told(course_id) == {ivan}
    assert lines(course_id, "session-open") == [
        ("session-open", 1, "03-02 19:00"),
        ("session-open", 1, "03-03 09:00"),
    ]


@pytest.mark.parametrize("is_disabled", [True, False])
def test_without_an_artist_who_works_here_everybody_who_treats_is_told(
    scene: Scene, is_disabled: bool
) -> None:
    ivan = hire(scene, "artist", "Ivan")
    dana = hire(scene, "owner", "Dana")
    course_id = booked_with(scene, ivan if is_disabled else None)
    disable(scene, ivan)
    replay(scene.with_)
    assert told(course_id) == {scene.iris.account_id, dana}
    assert len(lines(course_id, "session-open")) == 4


def signed_in_owner(scene: Scene) -> SignedIn:
    return replace(scene.iris, account_id=hire(scene, "owner", "Dana"), role=Role.OWNER)


def test_whoever_leaves_hands_the_questions_on_and_gets_them_back_on_return(scene: Scene) -> None:
    dana, ivan = signed_in_owner(scene), hire(scene, "artist", "Ivan")
    course_id = booked_with(scene, ivan)
    staff_accounts.disable(scene.with_, dana, ivan)
    assert told(course_id) == {dana.account_id, scene.iris.account_id}
    staff_accounts.enable(scene.with_, dana, ivan)
    assert told(course_id) == {ivan}


def test_whoever_begins_to_treat_is_asked_where_no_artist_is_named(scene: Scene) -> None:
    dana = signed_in_owner(scene)
    course_id = booked_with(scene, None)
    new = staff_accounts.NewStaff("Ivan", "ivan@clinic.example", Role.ARTIST)
    ivan, _ = staff_accounts.invite(scene.with_, dana, new)
    assert ivan in told(course_id)
    staff_accounts.change_role(scene.with_, dana, ivan, Role.RECEPTION)
    assert told(course_id) == {dana.account_id, scene.iris.account_id}


def test_nobody_is_asked_any_more_once_the_end_is_said(scene: Scene) -> None:
    course_id = booked_with(scene, scene.iris.account_id)
    scene.clock.at = dubai(3, 2, 20)
    scene.change(course_id, EndSession(1, dubai(3, 2, 16, 30)))
    assert lines(course_id, "session-open") == []
    assert len(lines(course_id, "session-open", "superseded")) == 2


def test_a_moved_session_is_asked_about_by_its_new_start(scene: Scene) -> None:
    course_id = booked_with(scene, scene.iris.account_id)
    scene.change(course_id, MoveSession(1, dubai(3, 2, 18)))
    assert lines(course_id, "session-open") == [
        ("session-open", 1, "03-03 00:00"),
        ("session-open", 1, "03-03 09:00"),
    ]


def test_a_question_that_is_due_and_true_survives_another_change(scene: Scene) -> None:
    course_id = booked_with(scene, scene.iris.account_id)
    scene.clock.at = dubai(3, 2, 21)
    scene.change(course_id, PlanSession(dubai(3, 10, 11)))
    assert ("session-open", 1, "03-02 19:00") in lines(course_id, "session-open")


def test_a_course_past_its_expected_end_is_asked_about_once(scene: Scene) -> None:
    course_id = booked_with(scene, scene.iris.account_id)
    scene.clock.at = dubai(3, 2, 16, 30)
    scene.change(course_id, EndSession(1, scene.clock.at))
    assert lines(course_id, "course-overdue") == [("course-overdue", None, "03-16 09:00")]
    scene.clock.at = dubai(3, 20)
    change = scene.change(course_id, PlanSession(dubai(3, 25)))
    assert lines(course_id, "course-overdue") == []
    assert courses.undo(scene.with_, scene.iris, change.id)
    assert len(notices_of(course_id, "course-overdue")) == 1


@pytest.mark.parametrize("word", [ConfirmLast(), CloseCourse("Moved away.")])
def test_staff_who_said_their_word_are_left_in_peace(
    scene: Scene, word: ConfirmLast | CloseCourse
) -> None:
    course_id = booked_with(scene, scene.iris.account_id)
    scene.clock.at = dubai(3, 2, 16, 30)
    scene.change(course_id, EndSession(1, scene.clock.at))
    scene.clock.at = dubai(3, 17)
    scene.change(course_id, word)
    assert lines(course_id, "course-overdue") == []


def test_what_staff_were_owed_long_ago_wakes_nobody(scene: Scene) -> None:
    past = ((dubai(2, 1, 10), dubai(2, 1, 13)),)
    new = NewCourse(scene.add_client(), scene.location_id, "touch-up", past_sessions=past)
    course_id = courses.begin(scene.with_, scene.iris, new)
    [overdue] = notices_of(course_id, "course-overdue")
    assert is_inbox_only(overdue)


def test_a_cancelled_session_is_asked_about_by_nobody(scene: Scene) -> None:
    course_id = booked_with(scene, scene.iris.account_id)
    scene.change(course_id, CancelSession(1))
    assert told(course_id) == set()
