"""Signing in with more than a password."""

from __future__ import annotations

import pytest

from tests.gateways.authenticating_device import Device
from tests.web.factor_pages import (
    SECOND,
    SECURITY,
    after_password,
    code_of,
    recovery_codes_on,
    set_app_up,
    set_passkey_up,
)
from tests.web.house import PASSWORD, House


@pytest.fixture
def key(house: House) -> str:
    """The key of Iris's app."""
    return set_app_up(house, house.browser_of("Iris", is_confirmed=True))


def test_without_a_second_factor_the_password_is_enough(house: House) -> None:
    data = {"email": "otto@clinic.example", "password": PASSWORD}
    assert house.browser().post("/sign-in/staff", data=data).location == "/staff"


def test_between_password_and_code_nobody_is_signed_in(house: House, key: str) -> None:
    browser = after_password(house)
    assert browser.get_cookie("liftday") is None
    assert browser.get("/staff").location.startswith("/sign-in")
    assert browser.get_cookie("known") is None


def test_the_code_of_the_app_ends_the_step(house: House, key: str) -> None:
    browser = after_password(house)
    answer = browser.post(SECOND, data={"code": code_of(house, key)})
    assert (answer.status_code, answer.location) == (303, "/staff")
    assert browser.get("/staff").status_code == 200
    assert not browser.get_cookie("step")
    assert browser.get_cookie("known") is not None


def test_the_step_does_not_leave_its_browser(house: House, key: str) -> None:
    after_password(house)
    stranger = house.browser()
    stranger.set_cookie("step", "guessed")
    answer = stranger.post(SECOND, data={"code": code_of(house, key)})
    assert answer.location == "/sign-in/staff"
    assert "begin with your password once more" in stranger.get("/sign-in/staff").text


@pytest.mark.parametrize("address", [SECOND, f"{SECOND}/passkey"])
def test_without_a_step_everything_begins_with_the_password(house: House, address: str) -> None:
    browser = house.browser()
    assert browser.get(address).location == "/sign-in/staff"
    assert browser.post(address, data={"code": "123456"}).location == "/sign-in/staff"
    assert browser.post(f"{SECOND}/options").status_code == 409


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Enter the six digits"),
        ({"code": "000000"}, "This code does not work."),
        ({"recovery": "K7QMA3XPK7QM"}, "This code does not work."),
    ],
)
def test_a_wrong_code_is_said_kindly(
    house: House, key: str, data: dict[str, str], words: str
) -> None:
    answer = after_password(house).post(SECOND, data=data)
    assert answer.status_code == 422
    assert words in answer.text


def test_after_five_wrong_codes_a_strange_device_waits(house: House, key: str) -> None:
    browser = after_password(house)
    for _ in range(5):
        browser.post(SECOND, data={"code": "000000"})
    waiting = browser.post(SECOND, data={"code": code_of(house, key)})
    assert "several wrong codes. Please try again in 30 seconds" in waiting.text
    house.clock.advance(seconds=30)
    assert browser.post(SECOND, data={"code": code_of(house, key)}).status_code == 303


def test_a_recovery_code_stands_in_for_the_app_once(house: House, key: str) -> None:
    browser = after_password(house)
    browser.post(SECOND, data={"code": code_of(house, key)})
    browser.post(f"{SECURITY}/recovery")
    code = recovery_codes_on(browser.get(f"{SECURITY}/recovery"))[0]
    assert after_password(house).post(SECOND, data={"recovery": code}).status_code == 303
    assert after_password(house).post(SECOND, data={"recovery": code}).status_code == 422


def test_a_link_to_a_new_password_does_not_go_round_the_second_factor(house: House) -> None:
    set_app_up(house, house.browser_of("Olga", is_confirmed=True))
    data = {"token": house.staff_link("Olga").token, "password": "seven quiet herons by the lake"}
    browser = house.browser()
    assert browser.post("/new-password", data=data).location == SECOND
    assert browser.get("/staff").location.startswith("/sign-in")


def test_a_passkey_signs_in_alone(house: House) -> None:
    device = Device()
    set_passkey_up(house.browser_of("Iris", is_confirmed=True), device)
    browser = house.browser()
    asked = browser.post("/sign-in/passkey/options")
    assert asked.json is not None
    assert asked.json["allowCredentials"] == []
    answer = browser.post("/sign-in/passkey", data={"answer": device.show(asked.text)})
    assert (answer.status_code, answer.location) == (303, "/staff")
    assert browser.get(f"{SECURITY}/recovery").status_code == 200


def test_a_passkey_follows_the_password(house: House) -> None:
    device = Device()
    set_passkey_up(house.browser_of("Iris", is_confirmed=True), device)
    browser = after_password(house)
    asked = browser.post(f"{SECOND}/options")
    assert asked.json is not None
    assert len(asked.json["allowCredentials"]) == 1
    answer = browser.post(f"{SECOND}/passkey", data={"answer": device.show(asked.text)})
    assert answer.location == "/staff"


@pytest.mark.parametrize("answer", ["", "nonsense", "{}"])
def test_a_passkey_that_is_none_is_refused_kindly(house: House, answer: str) -> None:
    set_passkey_up(house.browser_of("Iris", is_confirmed=True), Device())
    browser = house.browser()
    browser.post("/sign-in/passkey/options")
    refused = browser.post("/sign-in/passkey", data={"answer": answer})
    assert refused.status_code == 422
    assert "This passkey was not accepted." in refused.text
    later = after_password(house)
    later.post(f"{SECOND}/options")
    assert later.post(f"{SECOND}/passkey", data={"answer": answer}).status_code == 422


def test_the_page_offers_what_its_holder_has(house: House, key: str) -> None:
    page = after_password(house).get(SECOND).text
    assert 'autocomplete="one-time-code"' in page
    assert "passkey_action" not in page
    assert "Use a passkey" not in page
    assert "Use a recovery code" not in page


def test_a_new_password_ends_a_step_that_the_old_one_began(house: House) -> None:
    key = set_app_up(house, house.browser_of("Olga", is_confirmed=True))
    before = after_password(house, "Olga")
    data = {"token": house.staff_link("Olga").token, "password": "seven quiet herons by the lake"}
    house.browser().post("/new-password", data=data)
    assert before.post(SECOND, data={"code": code_of(house, key)}).location == "/sign-in/staff"


def test_nobody_without_a_second_factor_is_asked_to_prove_one(house: House) -> None:
    assert house.browser_of("Iris").get("/staff/prove").location == SECURITY


def test_the_way_back_from_a_refused_passkey_is_the_sign_in_page(house: House) -> None:
    assert house.browser().get("/sign-in/passkey").location == "/sign-in/staff"
