"""The course page and the board: what stands there, who may do what, and ids that are not there."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from tests.services.scene import dubai
from tests.web.desk import Desk, hidden, local, signed_in, text_of
from webapp.domain.course_edits import PlanSession
from webapp.domain.people import Role
from webapp.persistence.database import writing
from webapp.persistence.tables import Location
from webapp.web.access import audience_of


def running(desk: Desk) -> int:
    """A course with one session done on 2 March at 11:00 and none booked."""
    course_id = desk.scene.begin()
    desk.scene.ended(course_id, 1, dubai(3, 2, 11))
    desk.come_back(dubai(3, 2, 12))
    return course_id


def test_the_board_of_an_empty_day_says_what_will_stand_there(desk: Desk) -> None:
    words = text_of(desk.otto.get("/staff"))
    assert "Nothing booked today" in words
    assert "When something becomes allowed for a client today" in words


def test_the_board_asks_first_what_became_of_yesterdays_session(desk: Desk) -> None:
    course_id = desk.scene.begin()
    desk.scene.change(course_id, PlanSession(dubai(3, 2, 13)))
    desk.come_back(dubai(3, 3, 9))
    page = desk.otto.get("/staff")
    assert "What became of these?" in text_of(page)
    assert f'href="/staff/courses/{course_id}/sessions/1/end"' in page.text


def test_a_session_under_way_is_not_called_forgotten(desk: Desk) -> None:
    course_id = desk.scene.begin()
    desk.scene.change(course_id, PlanSession(dubai(3, 2, 11)))
    words = text_of(desk.iris.get("/staff"))
    assert "Under way" in words
    assert "What became of these?" not in words


def test_the_board_shows_todays_lifts_and_courses_without_an_end(desk: Desk) -> None:
    course_id = running(desk)
    desk.save(f"/staff/courses/{course_id}/length", course_id, planned_sessions="1")
    desk.come_back(dubai(3, 7, 9))
    words = text_of(desk.iris.get("/staff"))
    assert "Yes, but: Hair wash, Water only, Wet scalp" in words
    assert "Finished, or more to come?" in words


def test_the_board_of_an_unknown_location_is_not_there(desk: Desk) -> None:
    assert desk.iris.get("/staff?location=99").status_code == 404
    assert desk.iris.get(f"/staff?location={desk.scene.location_id}").status_code == 200


def test_the_course_page_says_how_the_client_may_wash_now(desk: Desk) -> None:
    words = text_of(desk.otto.get(f"/staff/courses/{running(desk)}"))
    assert "Water only Not yet until Sat 7 Mar, 11:00" in words
    assert "Shampoo Not yet until Mon 9 Mar, 11:00" in words


def test_confirming_the_last_session_makes_healed_a_firm_date(desk: Desk) -> None:
    course_id = running(desk)
    desk.post(f"/staff/courses/{course_id}/last", course_id)
    assert desk.file(course_id).course.is_last_confirmed
    assert "Healed on Mon 23 Mar, 11:00" in text_of(desk.iris.get(f"/staff/courses/{course_id}"))


def test_an_extension_says_what_it_moves_and_keeps_its_reason(desk: Desk) -> None:
    course_id = running(desk)
    path = f"/staff/courses/{course_id}/extensions/new"
    fields = {"activity": "swimming", "days": "2", "reason": "Sensitive <skin>"}
    review = desk.post(path, course_id, **fields)
    assert "1 lift moves by 2 days" in text_of(review)
    desk.post(path, course_id, **fields, reviewed=hidden(review, "reviewed"))
    assert desk.file(course_id).course.extensions == {"swimming": 2}
    assert "Sensitive &lt;skin&gt;" in desk.otto.get(f"/staff/courses/{course_id}").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"activity": "swimming", "days": "61", "reason": "x"}, "from 1 to 60"),
        ({"activity": "swimming", "days": "-1", "reason": "x"}, "from 1 to 60"),
        ({"activity": "flying", "days": "2", "reason": "x"}, "Choose what is extended"),
        ({"activity": "swimming", "days": "2", "reason": " "}, "Enter the reason"),
        ({"activity": "swimming", "days": "2", "reason": "x" * 10_000}, "at most 500"),
    ],
)
def test_an_extension_that_cannot_be_kept_is_refused(
    desk: Desk, fields: dict[str, str], words: str
) -> None:
    course_id = running(desk)
    answer = desk.post(f"/staff/courses/{course_id}/extensions/new", course_id, **fields)
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_an_extension_is_taken_back_with_a_reason(desk: Desk) -> None:
    course_id = running(desk)
    path = f"/staff/courses/{course_id}/extensions"
    fields = {"activity": "swimming", "days": "2", "reason": "Sensitive"}
    mark = hidden(desk.post(f"{path}/new", course_id, **fields), "reviewed")
    desk.post(f"{path}/new", course_id, **fields, reviewed=mark)
    assert desk.post(f"{path}/swimming/remove", course_id, reason="").status_code == 422
    assert desk.post(f"{path}/swimming/remove", course_id, reason="Healed well").status_code == 303
    assert desk.file(course_id).course.extensions == {}


def test_a_closed_course_says_so_and_can_no_longer_be_changed(desk: Desk) -> None:
    course_id = running(desk)
    desk.post(f"/staff/courses/{course_id}/close", course_id, reason="Moved abroad")
    page = text_of(desk.iris.get(f"/staff/courses/{course_id}"))
    answer = desk.post(
        f"/staff/courses/{course_id}/sessions/new", course_id, **local("starts_at", dubai(3, 9, 9))
    )
    assert "This course is closed" in page
    assert "Moved abroad" in page
    assert answer.status_code == 422
    assert "This course is closed. Begin a new one." in text_of(answer)


def test_a_visit_is_planned_moved_and_settled(desk: Desk) -> None:
    course_id = running(desk)
    path = f"/staff/courses/{course_id}/visits"
    times = local("starts_at", dubai(3, 4, 10))
    assert desk.post(f"{path}/new", course_id, kind="consultation", **times).status_code == 303
    visit = desk.file(course_id).visits[0].id
    desk.post(f"{path}/{visit}/move", course_id, **local("starts_at", dubai(3, 5, 10)))
    assert desk.post(f"{path}/{visit}/held", course_id).status_code == 422
    desk.come_back(dubai(3, 5, 11))
    assert desk.post(f"{path}/{visit}/held", course_id).status_code == 303
    assert desk.file(course_id).visits[0].status == "held"


def test_a_wrong_time_of_a_past_session_is_corrected(desk: Desk) -> None:
    course_id = running(desk)
    path = f"/staff/courses/{course_id}/sessions/1/correct"
    times = local("starts_at", dubai(3, 2, 8)) | local("ended_at", dubai(3, 2, 10))
    review = desk.post(path, course_id, **times)
    assert "1 hour earlier" in text_of(review)
    desk.post(path, course_id, **times, reviewed=hidden(review, "reviewed"))
    assert desk.file(course_id).course.live[0].ended_at == dubai(3, 2, 10)


def test_a_session_ended_by_mistake_is_opened_again(desk: Desk) -> None:
    course_id = running(desk)
    assert desk.post(f"/staff/courses/{course_id}/sessions/1/reopen", course_id).status_code == 303
    assert "What became of session 1?" in text_of(desk.iris.get(f"/staff/courses/{course_id}"))


def test_the_history_names_who_changed_what(desk: Desk) -> None:
    words = text_of(desk.otto.get(f"/staff/courses/{running(desk)}"))
    assert "Session ended Mon 2 Mar, 11:00 · Iris" in words


CLINICIANS_ONLY = ["close", "not-last", "extensions/new", "sessions/1/correct", "sessions/1/reopen"]


def test_the_reception_neither_sees_nor_reaches_what_only_clinicians_decide(desk: Desk) -> None:
    course_id = running(desk)
    page = desk.otto.get(f"/staff/courses/{course_id}").text
    for path in CLINICIANS_ONLY:
        assert f'href="/staff/courses/{course_id}/{path}"' not in page
        assert desk.otto.get(f"/staff/courses/{course_id}/{path}").status_code == 404
        assert desk.iris.get(f"/staff/courses/{course_id}/{path}").status_code == 200


STAFF_VIEWS = (
    "board",
    "clients",
    "courses",
    "treatment_sessions",
    "session_ends",
    "visits",
    "extensions",
    "invitations_desk",
    "as_client",
)


def test_every_page_of_the_desk_is_for_staff_and_knows_no_foreign_ids(desk: Desk) -> None:
    rules = [
        rule for rule in desk.app.url_map.iter_rules() if rule.endpoint.split(".")[0] in STAFF_VIEWS
    ]
    assert len(rules) > 20
    for rule in rules:
        assert Role.CLIENT not in audience_of(desk.app, rule.endpoint)
        assert audience_of(desk.app, rule.endpoint)
        if "_id" not in rule.rule:
            continue
        words = {"activity": "swimming", "status": "held"}
        values = {name: words.get(name, 4711) for name in rule.arguments}
        _domain, path = rule.build(values) or ("", "")
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = desk.iris.open(path, method=method, data={"version": "1"})
            assert answer.status_code == 404, (method, path)


def test_the_parts_of_another_course_are_not_reached_through_ones_own(desk: Desk) -> None:
    course_id, other = running(desk), desk.scene.begin(desk.scene.add_client("Bea"))
    desk.post(
        f"/staff/courses/{course_id}/visits/new",
        course_id,
        kind="consultation",
        **local("starts_at", dubai(3, 4, 10)),
    )
    visit, change = desk.file(course_id).visits[0].id, desk.file(course_id).last_change
    assert change is not None
    for path in (
        f"visits/{visit}/move",
        f"visits/{visit}/held",
        f"changes/{change.id}/undo",
        "sessions/1/end",
    ):
        assert desk.post(f"/staff/courses/{other}/{path}", other).status_code == 404


def test_a_clinic_without_a_location_is_told_what_comes_first(desk: Desk) -> None:
    with writing() as writer:
        writer.execute(update(Location).values(archived_at=desk.clock.now()))
    assert "No location yet" in text_of(desk.iris.get("/staff"))
    assert "There is no location yet" in text_of(desk.iris.get("/staff/clients/new"))


def test_session_times_stand_in_both_zones_where_the_phone_shows_another(desk: Desk) -> None:
    course_id = running(desk)
    away = signed_in(desk.app, desk.clock, desk.scene.iris, "Europe/Sofia")
    words = text_of(away.get(f"/staff/courses/{course_id}"))
    assert "Mon 2 Mar, 08:00–11:00 Mon 2 Mar, 06:00, Sofia time" in words
