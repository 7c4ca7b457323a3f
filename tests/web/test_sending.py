"""The owner's look at sending, its release, and the word for whoever watches the server."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.told import ORIGIN, beat, deliver, refuse
from tests.web.desk import text_of
from tests.web.house import PASSWORD, House

ADDRESS = "/staff/settings/sending"
RELEASE = f"{ADDRESS}/release"
MINUTE = timedelta(minutes=1)


def page(house: House) -> str:
    return text_of(house.browser_of("Olga").get(ADDRESS))


def test_all_is_well_while_the_worker_lives_and_nothing_waits(house: House) -> None:
    beat(NOON)
    words = page(house)
    assert "Everything goes out on time." in words
    assert "Worker seen Mon 2 Mar, 12:00 Oldest due nothing waits" in words
    assert "Accepted, 7 days nothing sent" in words


def test_the_page_says_what_is_wrong_and_since_when(house: House) -> None:
    beat(NOON)
    deliver(house.accounts["Amira"], "pending", NOON - 6 * MINUTE)
    words = page(house)
    assert "Something is late Something has been due for more than five minutes." in words
    assert "Oldest due since Mon 2 Mar, 11:54" in words


def test_a_worker_that_does_not_run_is_said(house: House) -> None:
    beat(NOON - 2 * MINUTE)
    assert "The worker does not run" in page(house)


def test_it_shows_the_share_the_lost_devices_and_who_refuses_us(house: House) -> None:
    for state in ("accepted", "accepted", "gone"):
        deliver(house.accounts["Amira"], state, NOON)
    refuse("https://fcm.googleapis.com", NOON)
    beat(NOON, mistake_at=NOON - MINUTE)
    words = page(house)
    assert "66% of 3 pushes" in words
    assert "updates.push.services.mozilla.com 1 device" in words
    assert "fcm.googleapis.com Refuses our key since Mon 2 Mar, 12:00" in words
    assert "A mistake of ours" in words
    assert ORIGIN not in words


def test_an_old_mistake_is_not_brought_up_again(house: House) -> None:
    beat(NOON, mistake_at=NOON - timedelta(days=8))
    assert "A mistake of ours" not in page(house)


def test_what_is_held_asks_for_the_password_and_then_for_the_clock(house: House) -> None:
    beat(NOON, held_at=NOON - MINUTE, held_for="clock-jump")
    words = page(house)
    assert "Sending is held since Mon 2 Mar, 11:59" in words
    assert "The server's clock jumped." in words
    olga = house.browser_of("Olga")
    asked = olga.get(RELEASE)
    assert asked.location == f"/staff/confirm?next={RELEASE}"
    olga.post("/staff/confirm", data={"password": PASSWORD, "next": RELEASE})
    assert "shows Monday 2 March, 12:00, Dubai time" in text_of(olga.get(RELEASE))


def test_releasing_lets_everything_go_on(house: House) -> None:
    beat(NOON, held_at=NOON - MINUTE, held_for="clock-jump")
    olga = house.browser_of("Olga", is_confirmed=True)
    assert olga.post(RELEASE).location == ADDRESS
    words = text_of(olga.get(ADDRESS))
    assert "Released. What is still true goes out now." in words
    assert "Everything goes out on time." in words
    assert "sending-release" in house.audit()


def test_nothing_is_released_without_the_password(house: House) -> None:
    beat(NOON, held_at=NOON - MINUTE)
    house.browser_of("Olga").post(RELEASE)
    assert "Sending is held" in page(house)


def test_where_nothing_is_held_there_is_nothing_to_release(house: House) -> None:
    beat(NOON)
    assert house.browser_of("Olga", is_confirmed=True).get(RELEASE).location == ADDRESS


def test_the_owners_settings_and_board_say_when_notices_do_not_go_out(house: House) -> None:
    beat(NOON)
    olga = house.browser_of("Olga")
    assert "Everything goes out on time" in text_of(olga.get("/staff/settings"))
    assert "Notices do not go out" not in text_of(olga.get("/staff"))
    beat(NOON, held_at=NOON)
    assert "Held until you release it" in text_of(olga.get("/staff/settings"))
    assert "Notices do not go out" in text_of(olga.get("/staff"))
    assert "Notices do not go out" not in text_of(house.browser_of("Iris").get("/staff"))


@pytest.mark.parametrize(
    ("beaten", "held", "due", "expected"),
    [
        (timedelta(), False, MINUTE, (200, "ok")),
        (MINUTE, False, 5 * MINUTE, (200, "ok")),
        (2 * MINUTE, False, MINUTE, (503, "stopped")),
        (MINUTE, False, 6 * MINUTE, (503, "late")),
        (timedelta(), True, MINUTE, (503, "held")),
    ],
)
def test_whoever_watches_the_server_gets_one_word(
    house: House, beaten: timedelta, held: bool, due: timedelta, expected: tuple[int, str]
) -> None:
    beat(NOON - beaten, held_at=NOON if held else None)
    deliver(house.accounts["Amira"], "pending", NOON - due)
    answer = house.browser().get("/health")
    assert (answer.status_code, answer.text) == expected
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_health_is_open_before_a_consent_and_says_nothing_of_anybody(house: House) -> None:
    answer = house.browser_of("Amira").get("/health")
    assert (answer.status_code, answer.text) == (503, "stopped")
