"""What became of a client's notices, in honest words: nothing is ever said to be delivered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import NOON
from tests.told import WATER, deliver, plan, tell
from tests.web.desk import Desk, text_of
from webapp.domain.notices import NoticeKind
from webapp.services import clients

HOUR = timedelta(hours=1)
STRICTER = {"activities": {"wash-shampoo": ["no", "2026-03-09T12:30:00+00:00", None]}}
EVENING = NOON + timedelta(hours=10)


class Told:
    """Amira, and a notice that she was told an hour ago."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client_id = desk.scene.add_client()
        file = clients.read(self.client_id)
        assert file is not None
        self.account_id = file.account_id
        self.course_id = desk.scene.begin(self.client_id)

    def tell(self, kind: NoticeKind = NoticeKind.LIFT, **values: Any) -> int:
        content = {NoticeKind.LIFT: WATER, NoticeKind.STRICTER: STRICTER}.get(kind, {})
        told = {"course_id": self.course_id, "content": content} | values
        return tell(self.account_id, kind, NOON - HOUR, **told)

    def words(self, path: str = "/notices") -> str:
        return text_of(self.desk.otto.get(f"/staff/clients/{self.client_id}{path}"))


@pytest.fixture
def told(desk: Desk) -> Told:
    return Told(desk)


@pytest.mark.parametrize(
    ("state", "more", "words"),
    [
        ("accepted", {}, "Accepted by the push service, Mon 2 Mar, 12:00"),
        ("gone", {}, "The device receives no more"),
        ("failed", {}, "Rejected by the push service"),
        ("expired", {}, "Not accepted in time; in the inbox only"),
        ("superseded", {}, "Not sent: the plan changed first"),
        ("claimed", {}, "About to be sent"),
        ("pending", {}, "About to be sent"),
        (
            "pending",
            {"due_at": NOON + HOUR},
            "Not accepted yet; tried again Mon 2 Mar, 13:00",
        ),
        (
            "pending",
            {"due_at": NOON + 20 * HOUR, "attempts": 0},
            "Waits for the morning, Tue 3 Mar, 08:00",
        ),
    ],
)
def test_what_became_of_a_push_is_said_as_it_is(
    told: Told, state: str, more: Mapping[str, Any], words: str
) -> None:
    deliver(told.account_id, state, NOON, told.tell(), **more)
    page = told.words()
    assert f"You can wash with water only Mon 2 Mar, 11:00 {words}" in page
    assert "elivered" not in page


@pytest.mark.parametrize(
    ("is_inbox_only", "words"),
    [(True, "In the inbox only"), (False, "No device; in the inbox only")],
)
def test_without_a_push_it_says_why(told: Told, is_inbox_only: bool, words: str) -> None:
    told.tell(is_inbox_only=is_inbox_only)
    assert f"11:00 {words}" in told.words()


def test_several_devices_are_told_apart_by_what_became_of_them(told: Told) -> None:
    notice_id = told.tell()
    for state in ("gone", "accepted", "accepted"):
        deliver(told.account_id, state, NOON, notice_id)
    assert (
        "Accepted by the push service, Mon 2 Mar, 12:00 (2 devices) The device receives no more"
        in told.words()
    )


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        (NoticeKind.LIFT, {"read_at": NOON}, "Opened in the app, Mon 2 Mar, 12:00"),
        (NoticeKind.STRICTER, {}, "Not confirmed by the client yet"),
        (
            NoticeKind.STRICTER,
            {"read_at": NOON, "acknowledged_at": NOON},
            "The client confirmed having read it, Mon 2 Mar, 12:00",
        ),
    ],
)
def test_it_says_what_the_client_did(
    told: Told, kind: NoticeKind, values: Mapping[str, Any], words: str
) -> None:
    told.tell(kind, **values)
    assert words in told.words()


def test_a_notice_reads_as_it_was_told(told: Told) -> None:
    tell(told.account_id, NoticeKind.TOMORROW, NOON - HOUR, told_at=NOON - 20 * HOUR)
    assert "Your session is tomorrow Sun 1 Mar, 16:00" in told.words()


def test_what_is_planned_stands_above_what_was_told(told: Told) -> None:
    told.tell()
    plan(told.account_id, NoticeKind.PHOTO, EVENING, course_id=told.course_id)
    page = told.words()
    planned = "There is a new photo Planned for Mon 2 Mar, 22:00"
    assert page.index(planned) < page.index("You can wash with water only")


def test_the_clients_page_shows_the_last_ones_and_the_way_to_the_rest(told: Told) -> None:
    for _ in range(3):
        told.tell()
    assert "All notices" not in told.words("")
    told.tell()
    page = told.words("")
    assert page.count("You can wash with water only") == 3
    assert "All notices" in page
    assert told.words().count("You can wash with water only") == 4


def test_an_empty_history_says_what_will_stand_there(told: Told) -> None:
    assert "Nothing told yet" in told.words()
    assert "Notices" not in told.words("")
