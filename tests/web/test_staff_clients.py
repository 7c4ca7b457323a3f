"""Clients at the desk: found by the beginning of what is known of them, whatever their name."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.services.scene import dubai
from tests.web.desk import Desk, hidden, text_of
from webapp.persistence.database import writing
from webapp.persistence.tables import Account

NAMES = ["<script>alert(1)</script>", "ليلى الحسن", "Zoë 🌸 Ørsted", "O'Neill & “Söhne”"]


def new_client(desk: Desk, **fields: str) -> dict[str, str]:
    return {"name": "Amira Saleh", "location": str(desk.scene.location_id), **fields}


def test_a_new_client_comes_with_a_course_to_plan(desk: Desk) -> None:
    page = desk.iris.post(
        "/staff/clients/new", data=new_client(desk, phone="050 123 4567"), follow_redirects=True
    )
    assert "Amira Saleh was added" in text_of(page)
    assert "No session planned yet" in text_of(page)


@pytest.mark.parametrize("query", ["sal", "AMI", "050123", "+97150", "sale ami"])
def test_a_client_is_found_by_the_beginning_of_name_or_phone(desk: Desk, query: str) -> None:
    client_id = desk.scene.add_client("Amira Saleh", "+971501234567")
    desk.scene.add_client("Bea Braun")
    page = desk.otto.get("/staff/clients", query_string={"q": query})
    assert f'href="/staff/clients/{client_id}"' in page.text
    assert "Bea" not in page.text


def test_a_search_without_a_hit_says_what_to_try(desk: Desk) -> None:
    page = desk.iris.get("/staff/clients", query_string={"q": "<i>nobody</i>"})
    assert "Nobody by “<i>nobody</i>”" in text_of(page).replace("< i>", "<i>")
    assert "<i>nobody" not in page.text


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_kept_and_shown_as_it_was_typed(desk: Desk, name: str) -> None:
    answer = desk.iris.post("/staff/clients/new", data=new_client(desk, name=name))
    page = desk.iris.get(answer.location or "")
    assert answer.status_code == 303
    assert name in text_of(page)
    assert "<script>alert" not in page.text
    assert name in text_of(desk.iris.get("/staff/clients"))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter the client's name."),
        ("name", "   ", "Enter the client's name."),
        ("name", "a" * 10_000, "Use at most 120 characters"),
        ("name", "A\0B", "cannot be shown"),
        ("phone", "call me", "We could not read this number"),
        ("location", "99", "Choose the location."),
        ("location", "x'; drop", "Choose the location."),
        ("note", "n" * 10_000, "Use at most 1000 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_beside_its_field(
    desk: Desk, field: str, value: str, words: str
) -> None:
    fields = new_client(desk, note="Prefers mornings") | {field: value}
    answer = desk.iris.post("/staff/clients/new", data=fields)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert f'href="#{field}"' in answer.text
    assert field == "note" or "Prefers mornings" in answer.text


def test_an_edit_over_a_colleagues_edit_is_refused_and_keeps_what_was_typed(desk: Desk) -> None:
    client_id = desk.scene.add_client()
    path = f"/staff/clients/{client_id}/edit"
    fields = new_client(desk, version=hidden(desk.iris.get(path), "version"))
    assert desk.otto.post(path, data=fields | {"name": "Amira S."}).status_code == 303

    stale = desk.iris.post(path, data=fields | {"note": "Typed by Iris"})
    assert stale.status_code == 409
    assert "Typed by Iris" in stale.text
    fields["version"] = hidden(stale, "version")
    assert desk.iris.post(path, data=fields | {"note": "Typed by Iris"}).status_code == 303


def past(number: int, on: str, begun: str, ended: str) -> dict[str, str]:
    names = (f"past_{number}_on", f"past_{number}_time", f"past_{number}_end")
    return dict(zip(names, (on, begun, ended), strict=True))


def test_a_client_with_past_sessions_is_entered_in_one_form(desk: Desk) -> None:
    fields = new_client(desk, is_last="yes") | past(1, "2026-01-05", "13:00", "16:30")
    fields |= past(2, "2026-01-13", "22:00", "01:15")
    answer = desk.iris.post("/staff/clients/new-with-past", data=fields)
    course = desk.file(int((answer.location or "").rsplit("/", 1)[1])).course
    assert [s.ended_at for s in course.live] == [dubai(1, 5, 16, 30), dubai(1, 14, 1, 15)]
    assert course.is_last_confirmed


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (past(1, "", "", ""), "Enter a date."),
        (past(1, "2026-01-05", "13:00", ""), "Enter the time at which it ended"),
        (past(1, "2026-04-05", "13:00", "15:00"), "That end is still to come"),
        (
            past(1, "2026-02-01", "13:00", "15:00") | past(2, "2026-02-01", "14:00", "16:00"),
            "overlaps session 1",
        ),
    ],
)
def test_past_sessions_that_cannot_be_true_leave_no_half_client(
    desk: Desk, row: dict[str, str], words: str
) -> None:
    fields = new_client(desk, is_last="no") | row
    answer = desk.iris.post("/staff/clients/new-with-past", data=fields)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "No clients yet" in text_of(desk.iris.get("/staff/clients"))


def test_a_second_running_course_is_refused_with_the_way_to_the_first(desk: Desk) -> None:
    client_id = desk.scene.add_client()
    course_id = desk.scene.begin(client_id)
    path = f"/staff/clients/{client_id}/begin"
    fields = {"kind": "touch-up", "location": str(desk.scene.location_id)}
    answer = desk.iris.post(path, data=fields)
    assert answer.status_code == 409
    assert f'href="/staff/courses/{course_id}"' in answer.text


def test_a_touch_up_plans_one_session(desk: Desk) -> None:
    client_id = desk.scene.add_client()
    fields = {"kind": "touch-up", "location": str(desk.scene.location_id), "planned_sessions": ""}
    answer = desk.otto.post(f"/staff/clients/{client_id}/begin", data=fields)
    course = desk.file(int((answer.location or "").rsplit("/", 1)[1]))
    assert (course.kind, course.course.planned_sessions) == ("touch-up", 1)


def begun_with(desk: Desk, browser: FlaskClient, **artist: str) -> str | None:
    """Begin a course with what was chosen of the artist; returns whose it is."""
    client_id = desk.scene.add_client()
    fields = {"kind": "regular", "location": str(desk.scene.location_id)} | artist
    answer = browser.post(f"/staff/clients/{client_id}/begin", data=fields)
    return desk.file(int((answer.location or "").rsplit("/", 1)[1])).artist_name


def test_whoever_begins_a_course_is_its_artist_unless_another_is_chosen(desk: Desk) -> None:
    with writing() as writer:
        olga = Account(role="owner", name="Olga", created_at=desk.clock.now())
        writer.add(olga)
        writer.flush()
        other = str(olga.id)
    assert begun_with(desk, desk.iris) == "Iris"
    assert begun_with(desk, desk.iris, artist=other) == "Olga"
    assert begun_with(desk, desk.iris, artist="") is None
    assert begun_with(desk, desk.otto) is None
    assert begun_with(desk, desk.otto, artist=str(desk.scene.iris.account_id)) == "Iris"


@pytest.mark.parametrize("path", ["new", "new-with-past"])
def test_a_new_client_gets_the_artist_that_was_chosen(desk: Desk, path: str) -> None:
    fields = new_client(desk, is_last="no", artist="") | past(1, "2026-01-05", "13:00", "16:30")
    answer = desk.iris.post(f"/staff/clients/{path}", data=fields)
    assert desk.file(int((answer.location or "").rsplit("/", 1)[1])).artist_name is None


@pytest.mark.parametrize("name", ["otto", "nobody"])
def test_an_artist_who_is_not_on_offer_is_refused(desk: Desk, name: str) -> None:
    offered = {"otto": str(desk.scene.otto.account_id), "nobody": "999"}
    client_id = desk.scene.add_client()
    fields = {"kind": "regular", "location": str(desk.scene.location_id), "artist": offered[name]}
    answer = desk.iris.post(f"/staff/clients/{client_id}/begin", data=fields)
    assert answer.status_code == 422
    assert "Choose somebody from the list" in text_of(answer)


def test_a_code_to_send_is_shown_once_made_and_can_be_revoked(desk: Desk) -> None:
    client_id = desk.scene.add_client()
    path = f"/staff/clients/{client_id}/code"
    page = desk.otto.post(path, data={"kind": "sent"}, follow_redirects=True)
    assert "Works once, until Tue 3 Mar, 12:00" in text_of(page)

    action = page.text.split('action="')[-1].split('"')[0]
    assert action.endswith("/revoke")
    assert desk.otto.post(action).status_code == 303
    left = desk.otto.get(path).text
    assert "/revoke" not in left
    assert "code-value" not in left


def test_as_the_client_sees_it_shows_the_clients_own_words(desk: Desk) -> None:
    client_id = desk.scene.add_client()
    course_id = desk.scene.begin(client_id)
    desk.scene.ended(course_id, 1, dubai(3, 2, 11))
    desk.come_back(dubai(3, 2, 12))
    page = desk.otto.get(f"/staff/clients/{client_id}/as-client")
    assert "Not yet" in text_of(page)
    shown = page.text.partition("phone-frame")[2].partition("</main>")[0]
    assert "<h2" in shown
    assert re.findall(r"href=|<button|<form|<input|<h1|inert", shown) == []
