"""Two people at one course: whatever the slower one sends, nothing of the faster one is lost."""

from __future__ import annotations

import pytest

from tests.services.scene import dubai
from tests.web.desk import Desk, hidden, local, text_of
from tests.web.house import House
from webapp.domain.course_edits import MoveSession, PlanSession

NOT_A_TIME = {"starts_at_on": "2026-03-11", "starts_at_time": "25:00"}


def booked(desk: Desk) -> int:
    """A course whose first session is booked for 10 March at 11:00."""
    course_id = desk.scene.begin()
    desk.scene.change(course_id, PlanSession(dubai(3, 10, 11)))
    return course_id


def move_path(course_id: int) -> str:
    return f"/staff/courses/{course_id}/sessions/1/move"


def test_a_wrong_time_on_an_old_form_is_told_of_the_colleague_first(desk: Desk) -> None:
    course_id = booked(desk)
    opened = hidden(desk.iris.get(move_path(course_id)), "version")
    desk.scene.change(course_id, MoveSession(1, dubai(3, 12, 15)))
    answer = desk.otto.post(move_path(course_id), data={**NOT_A_TIME, "version": opened})
    assert answer.status_code == 409
    assert "Changed just now by Iris" in text_of(answer)
    assert 'value="25:00"' in answer.text


def test_only_the_page_that_names_the_colleague_hands_out_the_new_version(desk: Desk) -> None:
    course_id = booked(desk)
    opened = hidden(desk.iris.get(move_path(course_id)), "version")
    wrong = desk.otto.post(move_path(course_id), data={**NOT_A_TIME, "version": opened})
    assert (wrong.status_code, hidden(wrong, "version")) == (422, opened)
    desk.scene.change(course_id, MoveSession(1, dubai(3, 12, 15)))
    fields = {**local("starts_at", dubai(3, 11, 9)), "version": hidden(wrong, "version")}
    late = desk.otto.post(move_path(course_id), data=fields)
    assert (late.status_code, hidden(late, "version")) == (409, str(desk.version(course_id)))
    assert desk.file(course_id).course.live[0].starts_at == dubai(3, 12, 15)


PLACE = {"name": "Marina", "time_zone": "Asia/Dubai", "version": "1"}


def test_a_wrong_location_form_keeps_the_version_it_was_opened_with(house: House) -> None:
    owner, path = house.browser_of("Olga", is_confirmed=True), "/staff/settings/locations/1"
    owner.post(path, data={**PLACE, "name": "Harbour"})
    wrong = owner.post(path, data={**PLACE, "time_zone": "nowhere"})
    assert (wrong.status_code, hidden(wrong, "version")) == (422, "1")
    assert owner.post(path, data={**PLACE, "version": "1"}).status_code == 409
    assert "Harbour" in owner.get(path).text


TAUGHT = {
    "yes": "Noted: the client knows when water is allowed.",
    "no": "Noted: it was explained again.",
}


@pytest.mark.parametrize("is_right", list(TAUGHT))
def test_the_one_question_is_noted_as_it_was_answered(desk: Desk, is_right: str) -> None:
    course_id = desk.scene.begin()
    desk.scene.ended(course_id, 1, dubai(3, 2, 11))
    desk.come_back(dubai(3, 2, 12))
    path = f"/staff/courses/{course_id}/sessions/1/teach-back"
    answer = desk.iris.post(path, data={"is_right": is_right}, follow_redirects=True)
    shown = {word for word, words in TAUGHT.items() if words in text_of(answer)}
    assert shown == {is_right}


def test_an_answer_that_is_none_is_no_fault_of_ours(desk: Desk) -> None:
    course_id = desk.scene.begin()
    desk.scene.ended(course_id, 1, dubai(3, 2, 11))
    desk.come_back(dubai(3, 2, 12))
    answer = desk.iris.post(f"/staff/courses/{course_id}/sessions/1/teach-back")
    assert answer.status_code == 422
    assert "on our side" not in text_of(answer)
    assert "send it again. Nothing was saved." in text_of(answer)
