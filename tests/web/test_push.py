"""A page's script turns push on and compares at each opening; whatever else is sent is refused."""

from __future__ import annotations

import base64
import json

import pytest
from sqlalchemy import func, select

from tests.conftest import SetClock
from tests.web.browser_push import ENDPOINT, PushBrowser, push_browser
from tests.web.house import House
from webapp.persistence.tables import Notice, PushSubscription

DEEP = "[" * 8_000
HOSTILE = {
    "nothing": b"",
    "no json": b"endpoint=https://fcm.googleapis.com/x",
    "not utf-8": b'{"subscription": "\xff\xfe"}',
    "a list": b"[]",
    "null": b"null",
    "a number": b"1e999",
    "deep": DEEP.encode(),
    "long": json.dumps({"account": 1, "more": "n" * 9_000}).encode(),
    "lone surrogate": b'{"subscription": {"endpoint": "\\ud800", "keys": {}}}',
    "wrong types": b'{"subscription": {"endpoint": 5, "keys": [], "key": {}}}',
    "no keys": json.dumps({"subscription": {"endpoint": ENDPOINT}}).encode(),
    "account as text": b'{"subscription": null, "account": "1"}',
    "huge account": b'{"subscription": null, "account": 99999999999999999999999}',
}
ENDPOINTS = [
    "http://fcm.googleapis.com/x",
    "https://127.0.0.1/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil.example#fcm.googleapis.com",
    "https://user@fcm.googleapis.com/x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com/\\evil.example",
    "javascript:alert(1)",
    ENDPOINT + "x" * 2_048,
    "",
]


@pytest.fixture
def amira(house: House) -> PushBrowser:
    return push_browser(house)


def count_of(house: House, table: type) -> int:
    with house.reader() as reader:
        return reader.scalar(select(func.count()).select_from(table)) or 0


def test_the_page_gets_the_public_key_and_nothing_else(amira: PushBrowser) -> None:
    answer = amira.browser.get("/push/key")
    assert answer.json is not None
    assert set(answer.json) == {"key"}
    point = base64.urlsafe_b64decode(answer.json["key"] + "=")
    assert (len(point), point[0]) == (65, 4)


def test_turning_on_stores_the_device_and_welcomes_it_once(
    house: House, amira: PushBrowser
) -> None:
    answers = [amira.turn_on().json, amira.turn_on().json]
    assert answers == [{"state": "on", "account": house.accounts["Amira"]}] * 2
    assert count_of(house, PushSubscription) == 1
    assert count_of(house, Notice) == 1
    assert "push-on" in house.audit()


def test_an_opening_repairs_what_was_on_and_says_so(house: House, amira: PushBrowser) -> None:
    assert amira.compare().json == {"state": "off", "account": house.accounts["Amira"]}
    answer = amira.compare(account=house.accounts["Amira"]).json
    assert answer == {"state": "on", "account": house.accounts["Amira"]}
    assert count_of(house, Notice) == 0


def test_an_opening_without_anything_turns_off(house: House, amira: PushBrowser) -> None:
    amira.turn_on()
    for body in ({"subscription": None}, {}):
        answer = amira.browser.post("/push/comparison", json=body)
        assert answer.json == {"state": "off", "account": house.accounts["Amira"]}
    assert count_of(house, PushSubscription) == 0


def test_another_key_is_to_be_turned_on_again(house: House, amira: PushBrowser) -> None:
    amira.turn_on()
    house.with_.push_keys.rotate()
    assert (amira.compare().json or {})["state"] == "again"
    assert (amira.turn_on().json or {})["state"] == "again"
    assert "Turn it on again there" in amira.browser.get("/notifications").text


@pytest.mark.parametrize("kind", list(HOSTILE))
@pytest.mark.parametrize("address", ["/push/subscriptions", "/push/comparison"])
def test_what_is_no_subscription_is_refused_in_words(
    house: House, amira: PushBrowser, address: str, kind: str
) -> None:
    answer = amira.browser.post(address, data=HOSTILE[kind], content_type="application/json")
    assert answer.status_code == 422
    assert (answer.json or {})["error"].startswith("This browser cannot be reached")
    assert count_of(house, PushSubscription) == 0


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_an_endpoint_that_is_no_push_service_is_refused(
    house: House, amira: PushBrowser, endpoint: str
) -> None:
    amira.held["endpoint"] = endpoint
    for answer in (amira.turn_on(), amira.compare(account=house.accounts["Amira"])):
        assert answer.status_code == 422
        assert not endpoint or endpoint not in answer.text
    assert count_of(house, PushSubscription) == 0


def test_more_than_a_subscription_may_stand_beside_it(amira: PushBrowser) -> None:
    amira.held |= {"expirationTime": None, "is_admin": True}
    assert (amira.turn_on(role="owner").json or {})["state"] == "on"


def test_a_foreign_page_registers_nothing(house: House, amira: PushBrowser) -> None:
    amira.browser.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert amira.turn_on().status_code == 403
    assert count_of(house, PushSubscription) == 0


@pytest.mark.parametrize("name", ["Otto", "Iris", "Olga"])
def test_staff_turn_their_own_devices_on(house: House, name: str) -> None:
    staff = push_browser(house, name)
    assert (staff.turn_on().json or {})["state"] == "on"
    page = staff.browser.get("/notifications").text
    assert 'class="staff"' in page
    assert "Send a test" in page


def test_who_has_not_agreed_yet_is_told_nothing(house: House, amira: PushBrowser) -> None:
    amira.turn_on()
    amira.browser.post("/privacy/withdrawal")
    for answer in (amira.turn_on(), amira.compare(), amira.browser.get("/push/key")):
        assert answer.location == "/privacy"
    amira.browser.post("/privacy", data={"version": "1", "consent": "yes"})
    assert (amira.compare(account=house.accounts["Amira"]).json or {})["state"] == "off"


def test_the_eleventh_device_takes_the_place_of_the_oldest(house: House, clock: SetClock) -> None:
    for number in range(11):
        clock.advance(minutes=1)
        assert push_browser(house, number=number).turn_on().status_code == 200
    with house.reader() as reader:
        endpoints = set(reader.scalars(select(PushSubscription.endpoint)))
    assert endpoints == {f"{ENDPOINT}Amira{number}" for number in range(1, 11)}


def test_signing_out_ends_it_on_this_device(house: House, amira: PushBrowser) -> None:
    amira.turn_on()
    amira.browser.post("/sign-out")
    assert count_of(house, PushSubscription) == 0
    assert amira.turn_on().location == "/sign-in"


def test_another_person_who_signs_in_there_is_not_told_what_was_amiras(
    house: House, amira: PushBrowser
) -> None:
    amira.turn_on()
    amira.browser.post("/sign-in", data={"code": house.desk_code("Basim").code})
    assert count_of(house, PushSubscription) == 0
    assert (amira.compare(account=house.accounts["Amira"]).json or {})["state"] == "off"


def test_the_same_person_who_signs_in_there_again_goes_on_being_told(
    house: House, amira: PushBrowser
) -> None:
    amira.turn_on()
    amira.browser.post("/sign-in", data={"code": house.desk_code("Amira").code})
    assert (amira.compare().json or {})["state"] == "on"


def test_a_flood_of_registrations_meets_a_wall(limited_house: House) -> None:
    amira = limited_house.browser_of("Amira")
    for address in ("/push/subscriptions", "/push/comparison", "/push/subscriptions/1/tests"):
        statuses = [amira.post(address, json={"account": "?"}).status_code for _ in range(61)]
        assert 429 not in statuses[:60], address
        assert statuses[60] == 429, address


def test_nothing_of_a_subscription_reaches_the_log(
    amira: PushBrowser, capsys: pytest.CaptureFixture[str]
) -> None:
    amira.turn_on()
    amira.held["endpoint"] = "https://evil.example/kanarienvogel"
    amira.turn_on()
    amira.browser.get("/notifications")
    printed = "".join(capsys.readouterr())
    keys = amira.held["keys"]
    secrets = ["kanarienvogel", "wpush", keys["p256dh"], keys["auth"], amira.held["key"]]
    assert printed.count('"event": "request"') >= 3
    assert [secret for secret in secrets if secret in printed] == []
