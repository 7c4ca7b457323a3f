"""At the desk: what a client's holiday meets, and dates that lead to the form that books them."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.services.scene import dubai
from tests.web.desk import Desk, hidden, local, signed_in, text_of
from webapp.domain.course_edits import ConfirmLast, PlanSession
from webapp.persistence.database import writing
from webapp.persistence.tables import Location, TreatmentSession
from webapp.services.course_extras import CloseCourse


@pytest.fixture
def course_id(desk: Desk) -> int:
    """A course whose first session ran on 2 March from 13:00 to 16:00, an hour ago."""
    found = desk.scene.begin()
    desk.scene.ended(found, 1, dubai(3, 2, 16))
    desk.come_back(dubai(3, 2, 17))
    return found


def event(course_id: int, first: str, last: str, more: str = "") -> str:
    return f"/staff/courses/{course_id}/event?from={first}&to={last}{more}"


def links_of(answer: TestResponse) -> list[str]:
    """Where the rows of proposed dates lead to."""
    return [
        href.replace("&amp;", "&").replace("%3A", ":")
        for href in re.findall(r'class="row-link" href="([^"]+)"', answer.text)
    ]


def book(desk: Desk, link: str, course_id: int, starts_at: datetime) -> None:
    """Send the form with this time, and once more if it says first what would move."""
    times = local("starts_at", starts_at)
    looked = desk.post(link, course_id, **times)
    if looked.status_code == 200:
        desk.post(link, course_id, **times, reviewed=hidden(looked, "reviewed"))


def test_the_course_and_the_form_for_a_session_lead_to_it(desk: Desk, course_id: int) -> None:
    for page in (f"/staff/courses/{course_id}", f"/staff/courses/{course_id}/sessions/new"):
        assert f'href="/staff/courses/{course_id}/event"' in desk.otto.get(page).text


def test_without_days_it_is_only_a_form(desk: Desk, course_id: int) -> None:
    answer = desk.otto.get(f"/staff/courses/{course_id}/event")
    assert answer.status_code == 200
    assert "What the client can expect" not in answer.text


def test_every_proposed_date_leads_to_the_form_filled_in(desk: Desk, course_id: int) -> None:
    answer = desk.otto.get(event(course_id, "2026-03-19", "2026-03-22"))
    path = f"/staff/courses/{course_id}/sessions/new"
    assert links_of(answer)[:3] == [
        f"{path}?on=2026-03-10&time=13:00",
        f"{path}?on=2026-03-11&time=13:00",
        f"{path}?on=2026-03-23&time=13:00",
    ]
    form = desk.otto.get(links_of(answer)[0])
    assert 'value="2026-03-10"' in form.text
    assert 'value="13:00"' in form.text


def test_a_proposed_date_is_saved_without_a_warning(desk: Desk, course_id: int) -> None:
    link = links_of(desk.iris.get(event(course_id, "2026-03-19", "2026-03-22")))[0]
    saved = desk.post(link, course_id, **local("starts_at", dubai(3, 10, 13)))
    review = text_of(saved)
    for warning in ("Earlier than usual", "cannot wash", "no shampoo", "only shortly before"):
        assert warning not in review
    desk.save(link, course_id, **local("starts_at", dubai(3, 10, 13)))
    assert desk.file(course_id).course.live[1].starts_at == dubai(3, 10, 13)


def test_what_is_typed_counts_and_not_what_the_address_wished_for(
    desk: Desk, course_id: int
) -> None:
    link = f"/staff/courses/{course_id}/sessions/new?on=2026-03-10&time=13:00"
    desk.save(link, course_id, **local("starts_at", dubai(3, 17, 9)))
    assert desk.file(course_id).course.live[1].starts_at == dubai(3, 17, 9)


def test_no_date_is_proposed_on_a_day_on_which_the_place_is_closed(
    desk: Desk, course_id: int
) -> None:
    with writing() as writer:
        writer.execute(update(Location).values(opening_hours=[None] * 5 + [["10:00", "14:00"]] * 2))
    answer = desk.otto.get(event(course_id, "2026-06-19", "2026-06-22"))
    # A Saturday and a Sunday, and the Saturday after them.
    dates = [link.partition("on=")[2][:10] for link in links_of(answer)]
    assert dates[:3] == ["2026-03-14", "2026-03-15", "2026-03-21"]


def test_sessions_are_looked_for_at_the_time_of_day_asked_for(desk: Desk, course_id: int) -> None:
    answer = desk.otto.get(event(course_id, "2026-06-19", "2026-06-22", "&time=09:30"))
    assert links_of(answer)[0].endswith("on=2026-03-10&time=09:30")
    odd = desk.otto.get(event(course_id, "2026-06-19", "2026-06-22", "&time=noon"))
    assert odd.status_code == 422
    assert "Enter the time like 16:30." in text_of(odd)
    assert 'value="noon"' in odd.text


def test_a_booked_session_in_the_way_is_moved_by_its_own_form(desk: Desk, course_id: int) -> None:
    desk.scene.change(course_id, PlanSession(dubai(3, 12, 11)))
    answer = desk.otto.get(event(course_id, "2026-03-15", "2026-03-20"))
    words = text_of(answer)
    assert "Session 2 reaches into these days It begins on Thu 12 Mar, 11:00." in words
    assert "Because of it, these wait during the event:" in words
    move = f"/staff/courses/{course_id}/sessions/2/move"
    assert f'href="{move}"' in answer.text
    assert links_of(answer)[0] == f"{move}?on=2026-03-21&time=13:00"
    assert 'value="2026-03-21"' in desk.otto.get(links_of(answer)[0]).text


def test_of_two_sessions_that_move_the_later_one_is_named_first(desk: Desk, course_id: int) -> None:
    desk.scene.change(course_id, PlanSession(dubai(3, 12, 11)))
    desk.scene.change(course_id, PlanSession(dubai(3, 20, 11)))
    page = event(course_id, "2026-03-15", "2026-03-24")
    words = text_of(desk.otto.get(page))
    assert "Session 2, instead of Thu 12 Mar, 11:00" in words
    assert "Move session 3 first." in words
    later, first = links_of(desk.otto.get(page))[3], links_of(desk.otto.get(page))[0]
    book(desk, later, course_id, dubai(4, 22, 13))
    book(desk, first, course_id, dubai(3, 25, 13))
    assert [s.starts_at for s in desk.file(course_id).course.live[1:]] == [
        dubai(3, 25, 13),
        dubai(4, 22, 13),
    ]
    assert "Move session" not in text_of(desk.otto.get(page))


@pytest.mark.parametrize(
    "wish",
    [
        "",
        "on=2026-03-21",
        "time=10:00",
        "on=x&time=y",
        "on=0001-01-01&time=10:00",
        "on=9999-12-31&time=23:59",
        "on=%00&time=%00",
        f"on={'9' * 5000}&time={'9' * 5000}",
        "on=2026-03-21&time=10:00%2B02:00",
    ],
)
def test_an_odd_wish_opens_the_form_as_it_always_was(desk: Desk, course_id: int, wish: str) -> None:
    desk.scene.change(course_id, PlanSession(dubai(3, 12, 11)))
    empty = desk.otto.get(f"/staff/courses/{course_id}/sessions/new?{wish}")
    assert 'name="starts_at_on" value=""' in empty.text
    move = desk.otto.get(f"/staff/courses/{course_id}/sessions/2/move?{wish}")
    assert 'name="starts_at_on" value="2026-03-12"' in move.text


def test_an_unconfirmed_session_is_opened_first(desk: Desk, course_id: int) -> None:
    desk.scene.change(course_id, PlanSession(dubai(3, 12, 11)))
    desk.come_back(dubai(3, 13))
    answer = desk.otto.get(event(course_id, "2026-04-15", "2026-04-20"))
    words = text_of(answer)
    assert "Session 2 is not confirmed yet It begins on Thu 12 Mar, 11:00." in words
    assert "these stay forbidden: Touching, Hair wash" in words
    assert "Open session 2" in words
    assert "No date can be named until session 2 is confirmed." in words


def test_a_session_beyond_those_planned_is_named_as_such(desk: Desk, course_id: int) -> None:
    page = desk.otto.get(event(course_id, "2026-06-19", "2026-06-22"))
    assert "if one more is needed" not in text_of(page)
    desk.scene.ended(course_id, 2, dubai(3, 12, 16))
    desk.scene.ended(course_id, 3, dubai(4, 12, 16))
    desk.come_back(dubai(4, 20))
    words = text_of(desk.otto.get(event(course_id, "2026-04-25", "2026-04-26")))
    assert "Session 4, if one more is needed" in words
    desk.scene.change(course_id, ConfirmLast())
    words = text_of(desk.otto.get(event(course_id, "2026-04-25", "2026-04-26")))
    assert "The last session is confirmed: no further one is looked for." in words


def test_a_closed_course_has_nothing_to_plan(desk: Desk, course_id: int) -> None:
    desk.scene.change(course_id, CloseCourse("Moved away."))
    answer = desk.otto.get(event(course_id, "2026-04-25", "2026-04-26"))
    assert "This course is closed: no session can be planned." in text_of(answer)
    assert links_of(answer) == []


def test_a_course_that_contradicts_itself_is_corrected_first(desk: Desk, course_id: int) -> None:
    with writing() as writer:
        for row in writer.query(TreatmentSession):
            row.ended_at = row.starts_at
    answer = desk.otto.get(event(course_id, "2026-04-25", "2026-04-26"))
    assert answer.status_code == 200
    assert "contradict each other. Correct them first." in text_of(answer)


def test_a_date_at_the_desk_comes_with_the_phones_own_clock(desk: Desk, course_id: int) -> None:
    away = signed_in(desk.app, desk.clock, desk.scene.iris, "Europe/Sofia")
    page = text_of(away.get(event(course_id, "2026-06-19", "2026-06-22")))
    assert "Tuesday 10 March, 13:00 Tue 10 Mar, 11:00, Sofia time" in page


def test_days_that_are_over_are_refused_at_the_desk_too(desk: Desk, course_id: int) -> None:
    answer = desk.otto.get(event(course_id, "2026-02-01", "2026-03-01"))
    assert answer.status_code == 422
    assert "These days are over." in text_of(answer)


def test_the_mark_of_a_review_holds_for_the_prefilled_form(desk: Desk, course_id: int) -> None:
    link = f"/staff/courses/{course_id}/sessions/new?on=2026-03-05&time=10:00"
    looked = desk.post(link, course_id, **local("starts_at", dubai(3, 5, 10)))
    assert "The client cannot wash before it" in text_of(looked)
    assert hidden(looked, "reviewed")
