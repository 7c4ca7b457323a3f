"""Ending a session at the chair: two taps, and nothing wrong is ever stored."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.services.scene import dubai
from tests.web.desk import Desk, hidden, local, text_of
from webapp.domain.course_edits import PlanSession


def with_session(desk: Desk, number: int = 1, planned: int = 3) -> int:
    """A course whose session `number` began at 13:00 on 2 March; it is 16:30 now."""
    course_id = desk.scene.begin()
    for earlier in range(1, number):
        desk.scene.ended(course_id, earlier, dubai(1, 10 * earlier, 15))
    desk.clock.at = dubai(3, 2, 16, 30)
    desk.scene.change(course_id, PlanSession(dubai(3, 2, 13)))
    return course_id


def end_path(course_id: int, number: int = 1) -> str:
    return f"/staff/courses/{course_id}/sessions/{number}/end"


def as_it_stands(desk: Desk, course_id: int, number: int = 1) -> dict[str, str]:
    """What the end form sends when nothing is touched."""
    page = desk.iris.get(end_path(course_id, number))
    return {
        "version": hidden(page, "version"),
        "ended": "now",
        "is_last": "no",
        "starts_at_on": "2026-03-02",
        "starts_at_time": "13:00",
        "ended_at_on": "",
        "ended_at_time": "",
    }


def test_two_taps_end_a_session_and_show_the_code_for_the_clients_phone(desk: Desk) -> None:
    course_id = with_session(desk)
    board = desk.iris.get("/staff")
    assert f'href="{end_path(course_id)}"' in board.text

    answer = desk.iris.post(
        end_path(course_id), data=as_it_stands(desk, course_id), follow_redirects=True
    )

    assert desk.file(course_id).course.live[0].ended_at == dubai(3, 2, 16, 30)
    assert "Code for the client's phone" in text_of(answer)
    assert "<svg" in answer.text
    assert "From Sat 7 Mar, 16:30 on: lukewarm water only" in text_of(answer)


def test_the_code_stays_on_the_page_until_it_expires_and_is_not_made_anew(desk: Desk) -> None:
    course_id = with_session(desk)
    desk.iris.post(end_path(course_id), data=as_it_stands(desk, course_id))
    done = f"/staff/courses/{course_id}/sessions/1/done"

    first, second = desk.iris.get(done), desk.iris.get(done)
    desk.clock.advance(minutes=11)
    later = desk.iris.get(done)

    assert first.text.split("code-value")[1][:120] == second.text.split("code-value")[1][:120]
    assert "code-value" not in later.text


def test_a_code_made_for_one_client_is_not_shown_beside_another(desk: Desk) -> None:
    course_id = with_session(desk)
    other_client = desk.scene.add_client("Bea")
    desk.iris.post(end_path(course_id), data=as_it_stands(desk, course_id))
    assert "code-value" not in desk.iris.get(f"/staff/clients/{other_client}/code").text


def test_the_reception_may_end_a_session(desk: Desk) -> None:
    course_id = with_session(desk)
    answer = desk.otto.post(end_path(course_id), data=as_it_stands(desk, course_id))
    assert answer.status_code == 303
    assert desk.file(course_id).course.live[0].is_performed


def test_another_time_and_a_wrong_start_are_corrected_in_the_same_form(desk: Desk) -> None:
    course_id = with_session(desk)
    fields = as_it_stands(desk, course_id) | {"ended": "other", "starts_at_time": "12:15"}
    answer = desk.iris.post(
        end_path(course_id), data=fields | local("ended_at", dubai(3, 2, 15, 45))
    )
    treatment = desk.file(course_id).course.live[0]
    assert answer.status_code == 303
    assert (treatment.starts_at, treatment.ended_at) == (dubai(3, 2, 12, 15), dubai(3, 2, 15, 45))


def test_an_end_over_twelve_hours_after_the_start_is_asked_once_more(desk: Desk) -> None:
    course_id = with_session(desk)
    desk.come_back(dubai(3, 3, 2))
    fields = as_it_stands(desk, course_id)

    asked = desk.iris.post(end_path(course_id), data=fields)
    assert "It ended 13 hours after it began. Is that right?" in text_of(asked)
    assert not desk.file(course_id).course.live[0].is_performed

    fields["reviewed"] = hidden(asked, "reviewed")
    assert desk.iris.post(end_path(course_id), data=fields).status_code == 303
    assert desk.file(course_id).course.live[0].is_performed


@pytest.mark.parametrize(
    ("now", "ended", "words"),
    [
        (dubai(3, 3, 14), None, "more than 24 hours after it began"),
        (dubai(3, 2, 16), dubai(3, 2, 17), "That end is still to come"),
        (dubai(3, 2, 16), dubai(3, 2, 12), "cannot end before it began"),
        (dubai(3, 2, 12), None, "cannot end before it began"),
    ],
)
def test_an_end_that_cannot_be_true_is_refused_in_words(
    desk: Desk, now: datetime, ended: datetime | None, words: str
) -> None:
    course_id = with_session(desk)
    desk.come_back(now)
    fields = as_it_stands(desk, course_id)
    if ended is not None:
        fields |= {"ended": "other", **local("ended_at", ended)}

    answer = desk.iris.post(end_path(course_id), data=fields)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not desk.file(course_id).course.live[0].is_performed


def test_what_was_typed_stays_when_an_end_is_refused(desk: Desk) -> None:
    course_id = with_session(desk)
    typed = local("ended_at", dubai(3, 2, 18, 5))
    answer = desk.iris.post(
        end_path(course_id), data=as_it_stands(desk, course_id) | {"ended": "other"} | typed
    )
    assert 'value="18:05"' in answer.text
    assert 'value="other" checked' in answer.text


def test_an_earlier_session_still_open_is_settled_first(desk: Desk) -> None:
    course_id = with_session(desk)
    desk.come_back(dubai(3, 10, 12))
    desk.scene.change(course_id, PlanSession(dubai(3, 10, 9)))
    page = desk.iris.get(end_path(course_id, 2))
    assert "Session 1 is still open" in text_of(page)
    assert f'href="{end_path(course_id, 1)}"' in page.text


def test_ending_a_later_session_first_is_refused_even_when_sent_by_hand(desk: Desk) -> None:
    course_id = with_session(desk)
    desk.come_back(dubai(3, 10, 12))
    desk.scene.change(course_id, PlanSession(dubai(3, 10, 9)))
    fields = {"ended": "now", "is_last": "no", **local("starts_at", dubai(3, 10, 9))}
    answer = desk.post(end_path(course_id, 2), course_id, **fields)
    assert answer.status_code == 422
    assert "First say what became of session 1" in text_of(answer)


def test_the_last_planned_session_presets_nothing_and_insists_on_an_answer(desk: Desk) -> None:
    course_id = with_session(desk, number=3)
    page = desk.iris.get(end_path(course_id, 3))
    assert 'name="is_last" value="no" checked' not in page.text

    fields = as_it_stands(desk, course_id, 3)
    del fields["is_last"]
    answer = desk.iris.post(end_path(course_id, 3), data=fields)
    assert answer.status_code == 422
    assert "Say whether it was the last session" in text_of(answer)


def test_yes_it_was_the_last_confirms_the_course(desk: Desk) -> None:
    course_id = with_session(desk, number=3)
    fields = as_it_stands(desk, course_id, 3) | {"is_last": "yes"}
    assert desk.iris.post(end_path(course_id, 3), data=fields).status_code == 303
    assert desk.file(course_id).course.is_last_confirmed


def test_a_double_tap_does_not_end_twice_and_says_who_was_first(desk: Desk) -> None:
    course_id = with_session(desk)
    fields = as_it_stands(desk, course_id)
    desk.otto.post(end_path(course_id), data=fields)
    desk.clock.advance(minutes=2)
    answer = desk.iris.post(end_path(course_id), data=fields)
    assert answer.status_code == 409
    assert "Changed 2 minutes ago by Otto" in text_of(answer)


def test_undo_within_ten_seconds_brings_the_booked_session_back(desk: Desk) -> None:
    course_id = with_session(desk)
    desk.iris.post(end_path(course_id), data=as_it_stands(desk, course_id))
    change = desk.file(course_id).last_change
    assert change is not None
    undo = f"/staff/courses/{course_id}/changes/{change.id}/undo"
    done = desk.iris.get(f"/staff/courses/{course_id}/sessions/1/done")
    assert f'action="{undo}"' in done.text

    answer = desk.iris.post(undo, follow_redirects=True)
    assert "Everything is as it was before" in text_of(answer)
    assert not desk.file(course_id).course.live[0].is_performed


def test_undo_after_the_ten_seconds_says_that_it_is_too_late(desk: Desk) -> None:
    course_id = with_session(desk)
    desk.iris.post(end_path(course_id), data=as_it_stands(desk, course_id))
    change = desk.file(course_id).last_change
    assert change is not None
    desk.clock.advance(seconds=30)
    answer = desk.iris.post(
        f"/staff/courses/{course_id}/changes/{change.id}/undo", follow_redirects=True
    )
    assert "too late" in text_of(answer)
    assert desk.file(course_id).course.live[0].is_performed


def test_the_one_question_is_noted_and_leads_to_the_course(desk: Desk) -> None:
    course_id = with_session(desk)
    desk.iris.post(end_path(course_id), data=as_it_stands(desk, course_id))
    path = f"/staff/courses/{course_id}/sessions/1/teach-back"
    answer = desk.iris.post(path, data={"is_right": "no"})
    assert answer.status_code == 303
    assert answer.location == f"/staff/courses/{course_id}"
    assert desk.iris.post(path, data={"is_right": "perhaps"}).status_code == 422
