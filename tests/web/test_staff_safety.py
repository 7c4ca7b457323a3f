"""Nothing at the desk makes a client's answers milder without being looked at first."""

from __future__ import annotations

import pytest

from tests.services.scene import dubai
from tests.web.desk import Desk, hidden, text_of
from tests.web.house import House
from webapp.domain.course_edits import PlanSession
from webapp.services import courses
from webapp.services.course_extras import CloseCourse
from webapp.services.courses import NewCourse

PLACES = "/staff/settings/locations"


def test_a_new_course_after_a_closed_one_is_refused_with_the_date(desk: Desk) -> None:
    client_id = desk.scene.add_client()
    course_id = desk.scene.begin(client_id)
    desk.scene.ended(course_id, 1, dubai(3, 2, 16))
    desk.scene.change(course_id, CloseCourse("Moved away."))
    fields = {"kind": "touch-up", "location": str(desk.scene.location_id), "planned_sessions": "2"}
    answer = desk.iris.post(f"/staff/clients/{client_id}/begin", data=fields)
    assert answer.status_code == 409
    words = text_of(answer)
    assert "The earlier course still protects the scalp until Mon 23 Mar, 16:00." in words
    assert 'value="2"' in answer.text
    assert len(courses.all_of(client_id)) == 1


def test_an_older_course_says_that_a_newer_one_counts(desk: Desk) -> None:
    client_id = desk.scene.add_client()
    old = ((dubai(1, 5, 10), dubai(1, 5, 13)),)
    new = NewCourse(client_id, desk.scene.location_id, past_sessions=old, is_last=True)
    older = courses.begin(desk.scene.with_, desk.scene.iris, new)
    desk.scene.begin(client_id)
    fields = {"activity": "sauna", "days": "3", "reason": "Slow."}
    answer = desk.post(f"/staff/courses/{older}/extensions/new", older, **fields)
    assert answer.status_code == 422
    assert "A newer course has begun since" in text_of(answer)


@pytest.mark.parametrize("verb", ["cancel", "missed"])
def test_what_an_unconfirmed_session_frees_is_shown_before_it_is_saved(
    desk: Desk, verb: str
) -> None:
    course_id = desk.scene.begin()
    desk.scene.change(course_id, PlanSession(dubai(3, 2, 13)))
    desk.come_back(dubai(3, 2, 15))
    path = f"/staff/courses/{course_id}/sessions/1/{verb}"

    review = desk.post(path, course_id)
    assert review.status_code == 200
    assert "Allowed, or less restricted, at once" in text_of(review)
    assert len(desk.file(course_id).course.live) == 1

    saved = desk.post(path, course_id, reviewed=hidden(review, "reviewed"))
    assert saved.status_code == 303
    assert desk.file(course_id).course.live == ()


def test_what_a_booked_session_would_have_restricted_is_shown_too(desk: Desk) -> None:
    course_id = desk.scene.begin()
    desk.scene.change(course_id, PlanSession(dubai(3, 12, 11)))
    path = f"/staff/courses/{course_id}/sessions/1/cancel"
    review = desk.post(path, course_id)
    assert "No longer restricted by this session later" in text_of(review)
    assert desk.save(path, course_id).status_code == 303


def test_a_client_with_past_sessions_is_added_in_one_step(desk: Desk) -> None:
    fields = {
        "name": "Amira Saleh",
        "location": str(desk.scene.location_id),
        "past_1_on": "2026-02-02",
        "past_1_time": "10:00",
        "past_1_end": "13:00",
        "is_last": "yes",
    }
    answer = desk.iris.post("/staff/clients/new-with-past", data=fields)
    assert answer.status_code == 303
    file = desk.file(int((answer.location or "").rsplit("/", 1)[1]))
    assert file.course.is_last_confirmed
    assert (file.version, file.last_change) == (1, None)


def test_a_time_zone_that_counts_courses_is_kept_and_the_owner_told_why(house: House) -> None:
    with house.app.app_context():
        new = NewCourse(house.clients["Amira"], house.location_id)
        courses.begin(house.with_, house.person("Iris"), new)
    fields = {"name": "Marina", "address": "", "phone": "", "version": "1"}
    path = f"{PLACES}/{house.location_id}"
    owner = house.browser_of("Olga")
    answer = owner.post(path, data={**fields, "time_zone": "Europe/Sofia"})
    assert answer.status_code == 422
    assert "or add a new location instead" in answer.text
    assert owner.post(path, data={**fields, "time_zone": "Asia/Dubai"}).status_code == 303


def test_a_course_closed_by_mistake_is_opened_again_with_the_reason(desk: Desk) -> None:
    course_id = desk.scene.begin()
    desk.scene.change(course_id, PlanSession(dubai(3, 20, 11)))
    desk.scene.change(course_id, CloseCourse("Moved away."))
    path = f"/staff/courses/{course_id}/reopen"
    assert f'href="{path}"' in desk.iris.get(f"/staff/courses/{course_id}").text
    assert f'href="{path}"' not in desk.otto.get(f"/staff/courses/{course_id}").text

    assert desk.post(path, course_id, reason=" ").status_code == 422
    page = desk.iris.get(desk.post(path, course_id, reason="Wrong client.").location or "")
    assert "Session 1 is on Fri 20 Mar, 11:00" in text_of(page)
    assert "Course opened again" in text_of(page)
    assert "“Wrong client.”" in text_of(page)


def test_a_closed_course_that_was_followed_stays_closed(desk: Desk) -> None:
    course_id = desk.scene.begin()
    desk.scene.change(course_id, CloseCourse("Moved away."))
    desk.scene.begin(desk.file(course_id).client_id)
    path = f"/staff/courses/{course_id}/reopen"
    assert path not in desk.iris.get(f"/staff/courses/{course_id}").text
    answer = desk.post(path, course_id, reason="Wrong client.")
    assert answer.status_code == 422
    assert "A newer course has begun since" in text_of(answer)


def test_only_a_closed_course_is_opened_and_only_by_clinicians(desk: Desk) -> None:
    course_id = desk.scene.begin()
    path = f"/staff/courses/{course_id}/reopen"
    assert desk.iris.get(path).location == f"/staff/courses/{course_id}"
    assert desk.post(path, course_id, reason="Wrong client.").status_code == 409
    assert desk.otto.get(path).status_code == 404
