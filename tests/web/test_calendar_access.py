"""Who may read a calendar's feed, and that it tells nobody who it is about or what for."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from tests.services.scene import dubai
from tests.web.calendar_reading import Shared, appointments_in, make_shared
from tests.web.house import House
from webapp.domain.course_edits import EndSession, PlanSession
from webapp.persistence.tables import Account, Clinic, Consent, Location, PrivacyNotice
from webapp.services.course_extras import PlanVisit

SECOND = dubai(3, 12, 11)
HOSTILE = "12 Marina Walk; floor 3, \\n\r\nBEGIN:VEVENT\r\nX:\x00\x0b\u2028" + "ж" * 90


@pytest.fixture
def shared(house: House) -> Shared:
    found = make_shared(house)
    found.scene.change(found.course_id, PlanSession(SECOND))
    return found


CLINICAL = "amira saleh dotline scalp studio hair +971 wash shampoo session treatment pigment heal"


def test_nothing_in_it_tells_who_or_what_for(shared: Shared) -> None:
    shared.scene.change(shared.course_id, PlanVisit("follow-up", SECOND - timedelta(days=5)))
    with shared.house.writer() as writer:
        place = writer.get_one(Location, shared.house.location_id)
        place.name, place.phone = "Dotline Scalp Studio", "+97142000000"
        writer.get_one(Clinic, 1).name = "Dotline Hair"
    ended_at = SECOND + timedelta(hours=3)
    shared.clock.at = ended_at
    shared.scene.change(shared.course_id, EndSession(1, ended_at))
    body = shared.read(shared.make()).text.lower()
    assert [word for word in CLINICAL.split() if word in body] == []
    assert body.count("begin:vevent") >= 4


def test_an_address_of_any_signs_stays_one_line_of_the_file(shared: Shared) -> None:
    with shared.house.writer() as writer:
        writer.get_one(Location, shared.house.location_id).address = HOSTILE
    answer = shared.read(shared.make())
    (event,) = appointments_in(answer)
    assert event["LOCATION"] == f"12 Marina Walk; floor 3, \\n BEGIN:VEVENT X: {'ж' * 90}"
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75


def disable(shared: Shared) -> None:
    with shared.house.writer() as writer:
        account = writer.get_one(Account, shared.house.accounts["Amira"])
        account.disabled_at = shared.clock.now()


def withdraw(shared: Shared) -> None:
    with shared.house.writer() as writer:
        writer.query(Consent).update({"withdrawn_at": shared.clock.now()})


def ask_again(shared: Shared) -> None:
    with shared.house.writer() as writer:
        notice = PrivacyNotice(version=2, text="New.", published_at=shared.clock.now())
        notice.asks_again = True
        writer.add(notice)


ENDS = {
    "stopped": lambda shared: shared.amira.post("/dates/calendar/stop"),
    "made anew": lambda shared: shared.make(),
    "disabled": disable,
    "consent withdrawn": withdraw,
    "consent asked again": ask_again,
}


@pytest.mark.parametrize("how", ENDS)
def test_an_address_that_ended_is_not_found(shared: Shared, how: str) -> None:
    path = shared.make()
    assert shared.read(path).status_code == 200
    ENDS[how](shared)
    assert shared.read(path).status_code == 404


def test_signing_out_ends_no_feed_and_a_cookie_opens_none(shared: Shared) -> None:
    path = shared.make()
    shared.amira.post("/sign-out")
    assert shared.read(path).status_code == 200
    assert shared.house.browser_of("Olga").get(path[:-8] + "AAAA.ics").status_code == 404


TOKENS = ["", "x", "%00", "..", "%2e%2e%2fdates", "a" * 5_000, "%ff%fe", "ж", "%0d%0aX:1", "'--"]


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_nobody_made_is_not_found(shared: Shared, token: str) -> None:
    shared.make()
    answer = shared.read(f"/calendar/{token}.ics")
    assert answer.status_code == 404
    assert answer.content_type.startswith("text/html")


def test_the_token_is_long_and_stored_nowhere(shared: Shared) -> None:
    path = shared.make()
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) == 43
    folder = shared.house.app.extensions["settings"].data_folder
    stored = b"".join(file.read_bytes() for file in folder.glob("test.sqlite*"))
    assert hashlib.sha256(token.encode()).digest() in stored
    assert token.encode() not in stored


def test_whoever_tries_tokens_meets_a_wall(limited_house: House) -> None:
    stranger = limited_house.browser()
    statuses = [stranger.get(f"/calendar/{number}.ics").status_code for number in range(121)]
    assert statuses == [404] * 120 + [429]
