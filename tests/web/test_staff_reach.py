"""Who cannot be reached, on the board; and telling them in person."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.told import WATER, plan, subscribe
from tests.web.desk import Desk, text_of
from webapp.domain.notices import NoticeKind
from webapp.services import clients

SOON = NOON + timedelta(hours=20)
LIFTS_AT = "2026-03-03T04:00:00Z"


@pytest.fixture
def client_id(desk: Desk) -> int:
    """Amira, for whom water lifts tomorrow at eight, and who has no device."""
    client_id = desk.scene.add_client("Amira Saleh", "+971501112233")
    course_id = desk.scene.begin(client_id)
    plan(account_of(client_id), NoticeKind.LIFT, SOON, course_id=course_id, content=WATER)
    return client_id


def account_of(client_id: int) -> int:
    file = clients.read(client_id)
    assert file is not None
    return file.account_id


def told(desk: Desk, client_id: int, **fields: str) -> str:
    answer = desk.otto.post(f"/staff/clients/{client_id}/told-in-person", data=fields)
    assert answer.status_code == 303
    return answer.location


def test_the_board_says_whom_to_call_about_what_and_why(desk: Desk, client_id: int) -> None:
    board = desk.otto.get("/staff")
    words = text_of(board)
    assert "Cannot be reached" in words
    assert "Amira Saleh Tue 3 Mar, 08:00 · Marina Yes, but: Hair wash, Water only, Wet" in words
    assert "Push was never turned on" in words
    assert 'href="tel:+971501112233" aria-label="Call Amira Saleh"' in board.text


def test_a_client_without_a_number_cannot_be_called(desk: Desk) -> None:
    client_id = desk.scene.add_client("Basim")
    course_id = desk.scene.begin(client_id)
    plan(account_of(client_id), NoticeKind.LIFT, SOON, course_id=course_id, content=WATER)
    body = desk.otto.get("/staff").text
    assert "Basim" in body
    assert "tel:" not in body


def test_without_anybody_to_call_the_board_says_nothing_of_it(desk: Desk, client_id: int) -> None:
    subscribe(account_of(client_id), NOON)
    assert "Cannot be reached" not in text_of(desk.otto.get("/staff"))


def test_telling_takes_them_off_the_list_and_goes_back_to_it(desk: Desk, client_id: int) -> None:
    assert f'name="lifts_at" value="{LIFTS_AT}"' in desk.otto.get("/staff").text
    assert told(desk, client_id, lifts_at=LIFTS_AT) == "/staff"
    board = text_of(desk.otto.get("/staff"))
    assert "Noted: Amira Saleh was told in person." in board
    assert "Cannot be reached" not in board


def test_the_board_of_a_location_stays_that_board(desk: Desk, client_id: int) -> None:
    location = str(desk.scene.location_id)
    body = html.unescape(desk.otto.get(f"/staff?location={location}").text)
    assert f'name="location" value="{location}"' in body
    back = told(desk, client_id, lifts_at=LIFTS_AT, location=location)
    assert back == f"/staff?location={location}"


def test_a_lift_that_moved_meanwhile_is_said(desk: Desk, client_id: int) -> None:
    told(desk, client_id, lifts_at="2026-03-03T05:00:00Z")
    board = text_of(desk.otto.get("/staff"))
    assert "Nothing lifts for Amira Saleh at that time any more. Look at the plan." in board
    assert "Cannot be reached" in board


@pytest.mark.parametrize("lifts_at", ["", "soon", "2026-03-03T04:00:00", "2026-99-99T00:00:00Z"])
def test_an_instant_that_is_none_is_refused(desk: Desk, client_id: int, lifts_at: str) -> None:
    data = {"lifts_at": lifts_at}
    answer = desk.otto.post(f"/staff/clients/{client_id}/told-in-person", data=data)
    assert answer.status_code == 422


def test_a_client_who_is_not_there_is_not_found(desk: Desk) -> None:
    data = {"lifts_at": LIFTS_AT}
    assert desk.otto.post("/staff/clients/999999/told-in-person", data=data).status_code == 404


@pytest.mark.parametrize(
    ("days", "words"), [(0, "on 1 device"), (31, "Device not opened since Fri 30 Jan")]
)
def test_the_clients_page_says_whether_a_push_reaches_them(
    desk: Desk, client_id: int, days: int, words: str
) -> None:
    subscribe(account_of(client_id), NOON - timedelta(days=days))
    assert f"Push {words}" in text_of(desk.otto.get(f"/staff/clients/{client_id}"))
