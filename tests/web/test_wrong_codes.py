"""Whoever mistypes often waits; a right desk code never does."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import settings_for
from tests.web.house import House
from webapp import create_app
from webapp.persistence import wrong_codes
from webapp.services import invitations
from webapp.services.attempts import source_of

WRONG = "AAAA AAAA"
FREE = 5


def attempt(browser: FlaskClient, code: str, address: str = "203.0.113.7") -> TestResponse:
    return browser.post("/sign-in", data={"code": code}, environ_base={"REMOTE_ADDR": address})


def mistype(house: House, times: int, address: str = "203.0.113.7") -> list[TestResponse]:
    return [attempt(house.browser(), WRONG, address) for _ in range(times)]


def sent_code(house: House) -> str:
    with house.app.app_context():
        client_id = house.clients["Amira"]
        return invitations.make_sent_code(house.with_, None, client_id).code


def test_the_fifth_wrong_code_names_the_wait(house: House) -> None:
    answers = mistype(house, FREE)
    assert ["try again in" in answer.text for answer in answers] == [False] * 4 + [True]
    assert "try again in 30 seconds" in answers[-1].text


@pytest.mark.parametrize(("seconds", "status"), [(29, 422), (30, 303)])
def test_after_five_wrong_codes_a_sent_code_waits(house: House, seconds: int, status: int) -> None:
    code = sent_code(house)
    mistype(house, FREE)
    house.clock.advance(seconds=seconds)
    assert attempt(house.browser(), code).status_code == status


def test_the_wait_doubles_and_ends_at_half_an_hour(house: House) -> None:
    waits = []
    mistype(house, FREE - 1)
    for _ in range(8):
        words = attempt(house.browser(), WRONG).text.split("try again in ")[1]
        waits.append(words.split(".")[0])
        house.clock.advance(minutes=30)
    assert waits[:4] == ["30 seconds", "1 minute", "2 minutes", "4 minutes"]
    assert waits[-1] == "30 minutes"


def test_a_right_desk_code_is_never_refused(house: House) -> None:
    mistype(house, FREE + 3)
    assert attempt(house.browser(), house.desk_code().code).status_code == 303


def test_another_browser_on_the_same_network_does_not_wait(house: House) -> None:
    code = sent_code(house)
    mistype(house, FREE)
    other = house.browser(agent="Mozilla/5.0 (Android) Chrome/140")
    assert attempt(other, code).status_code == 303


@pytest.mark.parametrize(
    ("one", "other", "are_equal"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.7", "203.0.113.8", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
    ],
)
def test_networks_count_by_64_bits_or_by_address(one: str, other: str, are_equal: bool) -> None:
    sources = [source_of("key", address, "Safari") for address in (one, other)]
    assert (sources[0] == sources[1]) is are_equal


def test_what_is_stored_of_a_source_depends_on_the_secret_key() -> None:
    assert source_of("one", "203.0.113.7", "Safari") != source_of("two", "203.0.113.7", "Safari")


def test_more_than_200_wrong_codes_an_hour_only_raise_an_alarm(house: House) -> None:
    with house.writer() as writer:
        for number in range(199):
            wrong_codes.add(writer, number.to_bytes(32, "big"), house.clock.now())
    attempt(house.browser(), WRONG, "198.51.100.1")
    owner = house.browser_of("Olga")
    assert "guessing codes" not in owner.get("/staff/settings").text
    mistype(house, 2)
    assert "guessing codes" in owner.get("/staff/settings").text
    assert house.audit().count("wrong-codes") == 1
    assert attempt(house.browser(), sent_code(house), "192.0.2.1").status_code == 303


def test_a_flood_from_one_network_meets_an_outer_wall(tmp_path: Path, migrated: Path) -> None:
    (tmp_path / "test.sqlite").write_bytes(migrated.read_bytes())
    flooded = create_app(settings_for(tmp_path, mode="development")).test_client()
    flooded.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    answers = [flooded.post("/sign-in/staff").status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]
    assert flooded.post("/sign-in").status_code == 422
