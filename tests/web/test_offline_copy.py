"""The copy on the phone says, of every later instant, what the page itself says then."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.web.house import House
from tests.web.personas import Personas, main_of, words_of
from tests.web.phone import FIRST_END, SECOND_START, Phone, add_course, make_phone
from webapp.services.demo_personas import PERSONAS

KEYS = [persona.key for persona in PERSONAS]
TWO_WEEKS = timedelta(days=14)
SECOND = timedelta(seconds=1)
# A script keeps it.
COUNTDOWN = re.compile(r" in \d+ (day|hour|minute|second)s?( \d+ (hour|minute|second)s?)?")
ANSWER = re.compile(r'class="answer-state"[^>]*>(.*?)(?:<template|</section>)', re.DOTALL)


@pytest.fixture
def phone(house: House) -> Phone:
    """Amira's, on the second day after session 1; session 2 is booked."""
    phone = make_phone(house)
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    house.clock.at = FIRST_END + timedelta(days=2)
    return phone


def copy_of(phone: Phone) -> dict[str, Any]:
    answer = phone.browser.get("/offline.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.text)
    return found


def states(copy: dict[str, Any], path: str) -> list[tuple[datetime, str]]:
    return [(datetime.fromisoformat(at), main) for at, main in copy["pages"][path]["states"]]


def at(copy: dict[str, Any], path: str, instant: datetime) -> str:
    """What the phone shows then."""
    return [main for begins, main in states(copy, path) if begins <= instant][-1]


def answer_in(html: str) -> str:
    found = ANSWER.search(html)
    assert found is not None
    return words_of(found[1])


@pytest.mark.parametrize("path", ["/dates", "/can-i"])
def test_each_page_reads_as_it_will_read_online(phone: Phone, path: str) -> None:
    copy = copy_of(phone)
    instants = {begins for begins, _main in states(copy, path)}
    for instant in sorted(instants | {begins - SECOND for begins in instants})[1:]:
        phone.house.clock.at = instant
        assert words_of(at(copy, path, instant)) == words_of(main_of(phone.open(path))), instant


def test_today_answers_as_it_will_online_an_instant_before_each_switch_and_at_it(
    phone: Phone,
) -> None:
    copy = copy_of(phone)
    instants = [begins for begins, _main in states(copy, "/")]
    assert len(instants) > 10
    for instant in sorted({*instants, *(begins - SECOND for begins in instants)})[1:]:
        phone.house.clock.at = instant
        shown, online = answer_in(at(copy, "/", instant)), answer_in(phone.open("/").text)
        assert COUNTDOWN.sub("", shown) == COUNTDOWN.sub("", online), instant


def test_a_session_that_begins_counts_as_unconfirmed_for_ever_after(phone: Phone) -> None:
    copy = copy_of(phone)
    before, after = at(copy, "/", SECOND_START - SECOND), at(copy, "/", SECOND_START)
    assert answer_in(before).startswith("Yes")
    later = [main for begins, main in states(copy, "/") if begins >= SECOND_START]
    assert {answer_in(main)[:7] for main in (after, *later)} == {"Not yet"}


@pytest.mark.parametrize("key", KEYS)
def test_it_ends_after_two_weeks_and_begins_with_the_present(personas: Personas, key: str) -> None:
    copy = json.loads(personas.phone(key).get("/offline.json").text)
    as_of, ends_at = (datetime.fromisoformat(copy[name]) for name in ("as_of", "ends_at"))
    assert ends_at - as_of == TWO_WEEKS
    for path in ("/", "/can-i", "/dates", "/something-is-wrong"):
        instants = [begins for begins, _main in states(copy, path)]
        assert instants[0] == as_of
        assert instants == sorted(instants)
        assert instants[-1] < ends_at


def test_it_takes_no_message_away_that_is_still_to_be_shown(phone: Phone) -> None:
    phone.browser.post("/push/removals", data={"subscription_id": "1"})
    copy = copy_of(phone)
    again = copy_of(phone)
    assert copy["pages"] == again["pages"]


def test_unchanged_it_is_not_sent_again(phone: Phone) -> None:
    tag = phone.browser.get("/offline.json").headers["ETag"]
    again = phone.browser.get("/offline.json", headers={"If-None-Match": tag})
    assert (again.status_code, "Server-Timing" in again.headers) == (304, True)
    phone.house.clock.advance(minutes=15)
    later = phone.browser.get("/offline.json", headers={"If-None-Match": tag})
    assert later.status_code == 200


def test_staff_and_strangers_get_none(house: House) -> None:
    assert house.browser().get("/offline.json").status_code == 302
    assert house.browser_of("Iris").get("/offline.json").status_code == 404


@pytest.mark.parametrize("page", ["no-copy", "signed-out", "update"])
def test_the_pages_without_a_network_say_nothing_of_a_person(phone: Phone, page: str) -> None:
    stranger = phone.house.browser().get(f"/offline/{page}")
    assert stranger.status_code == 200
    assert phone.browser.get(f"/offline/{page}").text.count("Amira") == 0


def test_the_shell_is_all_that_a_page_is_dressed_in(phone: Phone) -> None:
    shell: list[str] = json.loads(phone.house.browser().get("/offline/shell.json").text)
    page = phone.open("/").text
    asked = set(
        re.findall(r'(?:href|src)="(/(?:assets/[^"]+\.(?:css|js)|icons/[^"]+/favicon[^"]+))"', page)
    )
    assert asked <= set(shell)
    assert [address for address in shell if "/desk/" in address] == []
    assert {phone.browser.get(address).status_code for address in shell} == {200}
