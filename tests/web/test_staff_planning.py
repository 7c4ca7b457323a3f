"""Planning and moving: what speaks against it and what it moves is said before it is saved."""

from __future__ import annotations

import pytest

from tests.services.scene import dubai
from tests.web.desk import Desk, hidden, local, signed_in, text_of
from webapp.domain.course_edits import CancelSession, PlanSession


def after_first(desk: Desk) -> int:
    """A course whose first session ran on 2 March from 13:00 to 16:00, an hour ago."""
    course_id = desk.scene.begin()
    desk.scene.ended(course_id, 1, dubai(3, 2, 16))
    desk.come_back(dubai(3, 2, 17))
    return course_id


def plan_path(course_id: int) -> str:
    return f"/staff/courses/{course_id}/sessions/new"


def test_a_first_session_without_concerns_is_saved_at_once(desk: Desk) -> None:
    course_id = desk.scene.begin()
    answer = desk.post(plan_path(course_id), course_id, **local("starts_at", dubai(3, 5, 10)))
    assert answer.status_code == 303
    assert desk.file(course_id).course.live[0].starts_at == dubai(3, 5, 10)


def test_a_session_too_early_is_warned_about_and_saved_only_when_sent_again(desk: Desk) -> None:
    course_id = after_first(desk)
    times = local("starts_at", dubai(3, 8, 10))

    review = desk.post(plan_path(course_id), course_id, **times)
    words = text_of(review)
    assert "Earlier than usual The usual gap ends on Mon 9 Mar, 13:00" in words
    assert "Only lukewarm water before it, no shampoo" in words
    assert "The first start that allows shampoo is Mon 9 Mar, 16:01" in words
    assert len(desk.file(course_id).course.live) == 1

    saved = desk.post(plan_path(course_id), course_id, **times, reviewed=hidden(review, "reviewed"))
    assert saved.status_code == 303
    assert len(desk.file(course_id).course.live) == 2


def test_no_washing_at_all_before_a_session_is_a_warning(desk: Desk) -> None:
    course_id = after_first(desk)
    times = local("starts_at", dubai(3, 5, 10))
    words = text_of(desk.post(plan_path(course_id), course_id, **times))
    assert "The client cannot wash before it" in words


def test_a_shampoo_window_that_opens_shortly_before_is_told(desk: Desk) -> None:
    course_id = after_first(desk)
    times = local("starts_at", dubai(3, 9, 18))
    words = text_of(desk.post(plan_path(course_id), course_id, **times))
    assert "Shampoo is allowed only shortly before Allowed from Mon 9 Mar, 16:00 on" in words


def test_moving_a_session_says_what_moves_and_by_how_much(desk: Desk) -> None:
    course_id = after_first(desk)
    desk.scene.change(course_id, PlanSession(dubai(3, 12, 11)))
    path = f"/staff/courses/{course_id}/sessions/2/move"
    words = text_of(desk.post(path, course_id, **local("starts_at", dubai(3, 14, 11))))
    assert "1 lift moves by 2 days" in words
    assert "strict for 2 days longer" in words
    assert (
        'value="2026-03-14"'
        in desk.post(path, course_id, **local("starts_at", dubai(3, 14, 11))).text
    )


def test_a_review_of_one_time_does_not_save_another(desk: Desk) -> None:
    course_id = after_first(desk)
    path = plan_path(course_id)
    looked = desk.post(path, course_id, **local("starts_at", dubai(3, 8, 10)))
    answer = desk.post(
        path,
        course_id,
        **local("starts_at", dubai(3, 6, 10)),
        reviewed=hidden(looked, "reviewed"),
    )
    assert answer.status_code == 200
    assert "The client cannot wash before it" in text_of(answer)
    assert len(desk.file(course_id).course.live) == 1


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("9999-12-31", "The year 9999 is too far away"),
        ("2035-03-05", "That date is years away"),
        ("2026-02-01", "That is more than a day ago"),
    ],
)
def test_absurd_dates_are_refused_in_words_and_stay_in_the_form(
    desk: Desk, date: str, words: str
) -> None:
    course_id = desk.scene.begin()
    typed = {"starts_at_on": date, "starts_at_time": "10:00"}
    answer = desk.post(plan_path(course_id), course_id, **typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert f'value="{date}"' in answer.text
    assert desk.file(course_id).course.live == ()


def test_a_stale_form_says_who_was_faster_and_saves_when_sent_again(desk: Desk) -> None:
    course_id = desk.scene.begin()
    times = local("starts_at", dubai(3, 5, 10))
    desk.post(plan_path(course_id), course_id, **local("starts_at", dubai(3, 4, 9)))
    desk.clock.advance(minutes=2)

    stale = desk.otto.post(plan_path(course_id), data={"version": "1", **times})
    assert stale.status_code == 409
    assert "Changed 2 minutes ago by Iris Session planned" in text_of(stale)
    assert 'value="2026-03-05"' in stale.text
    assert hidden(stale, "version") == str(desk.version(course_id))


def test_two_people_planning_at_once_lose_nothing(desk: Desk) -> None:
    course_id = after_first(desk)
    version = str(desk.version(course_id))
    desk.scene.change(course_id, PlanSession(dubai(3, 12, 11)))
    path = f"/staff/courses/{course_id}/sessions/2/cancel"
    assert desk.otto.post(path, data={"version": version}).status_code == 409
    assert desk.file(course_id).course.live[1].starts_at == dubai(3, 12, 11)


def test_a_session_cancelled_by_a_colleague_is_a_clear_message_not_a_missing_page(
    desk: Desk,
) -> None:
    course_id = after_first(desk)
    desk.scene.change(course_id, PlanSession(dubai(3, 12, 11)))
    version = str(desk.version(course_id))
    desk.scene.change(course_id, CancelSession(2))
    path = f"/staff/courses/{course_id}/sessions/2/move"
    answer = desk.otto.post(path, data={"version": version, **local("starts_at", dubai(3, 13, 9))})
    assert answer.status_code == 409
    assert "Session cancelled" in text_of(answer)


def test_times_are_named_in_both_zones_where_the_phone_shows_another(desk: Desk) -> None:
    course_id = desk.scene.begin()
    away = signed_in(desk.app, desk.clock, desk.scene.iris, "Europe/Sofia")
    page = text_of(away.get(plan_path(course_id)))
    assert "Dubai time. It is now Mon 2 Mar, 12:00 there; by your phone" in page
    assert "Mon 2 Mar, 10:00, Sofia time" in page


def test_one_tap_changes_can_be_undone(desk: Desk) -> None:
    course_id = after_first(desk)
    desk.scene.change(course_id, PlanSession(dubai(3, 12, 11)))
    path = f"/staff/courses/{course_id}/sessions/2/cancel"
    page = desk.save(path, course_id).location
    change = desk.file(course_id).last_change
    assert change is not None
    assert f"/changes/{change.id}/undo" in desk.iris.get(page or "").text
    assert len(desk.file(course_id).course.live) == 1
