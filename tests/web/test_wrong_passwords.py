"""Wrong passwords let strangers wait, but nobody keeps the right person out by guessing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.house import PASSWORD, House

FREE = 5
FREE_FOR_ACCOUNT = 20
WRONG = "not-the-password-1"
IRIS = "iris@clinic.example"
FOR_HER = "There were many wrong passwords for this e-mail."


def sign_in(
    browser: FlaskClient, password: str, email: str = IRIS, address: str = "127.0.0.1"
) -> TestResponse:
    data = {"email": email, "password": password}
    return browser.post("/sign-in/staff", data=data, environ_base={"REMOTE_ADDR": address})


def guess(house: House, times: int, email: str = IRIS) -> TestResponse:
    """Wrong passwords, each from a network of its own; returns the last answer."""
    answers = [
        sign_in(house.browser(), WRONG, email, f"198.51.100.{number}") for number in range(times)
    ]
    return answers[-1]


def known_browser(house: House) -> FlaskClient:
    """A browser on which Iris was signed in, and signed out again."""
    browser = house.browser()
    assert sign_in(browser, PASSWORD).status_code == 303
    browser.post("/sign-out")
    return browser


def test_after_five_wrong_passwords_even_the_right_one_waits(house: House) -> None:
    for _ in range(FREE):
        assert "do not match" in sign_in(house.browser(), WRONG).text
    assert "try again in 30 seconds" in sign_in(house.browser(), PASSWORD).text
    house.clock.advance(seconds=30)
    assert sign_in(house.browser(), PASSWORD).status_code == 303


def test_right_passwords_are_not_counted(house: House) -> None:
    answers = [sign_in(house.browser(), PASSWORD) for _ in range(FREE_FOR_ACCOUNT + 3)]
    assert {answer.status_code for answer in answers} == {303}


def test_wrong_codes_and_wrong_passwords_count_apart(house: House) -> None:
    for _ in range(FREE):
        house.browser().post("/sign-in", data={"code": "AAAA AAAA"})
    assert sign_in(house.browser(), PASSWORD).status_code == 303


@pytest.mark.parametrize(("guesses", "status"), [(19, 303), (20, 422)])
def test_guesses_from_everywhere_count_for_the_account(
    house: House, guesses: int, status: int
) -> None:
    guess(house, guesses)
    assert sign_in(house.browser(), PASSWORD).status_code == status


def test_the_wait_of_an_account_grows_and_ends(house: House) -> None:
    guess(house, FREE_FOR_ACCOUNT)
    waits = []
    for number in range(8):
        page = sign_in(house.browser(), WRONG, address=f"203.0.113.{number}").text
        waits.append(page.split("try again in ")[1].split(".", maxsplit=1)[0])
        house.clock.advance(minutes=30)
        sign_in(house.browser(), WRONG, address=f"203.0.113.{number}")
    assert waits[:3] == ["30 seconds", "1 minute", "2 minutes"]
    assert waits[-1] == "30 minutes"
    house.clock.advance(minutes=30)
    assert sign_in(house.browser(), PASSWORD).status_code == 303


def test_guesses_at_one_account_let_no_other_wait(house: House) -> None:
    guess(house, FREE_FOR_ACCOUNT)
    assert sign_in(house.browser(), PASSWORD, "otto@clinic.example").status_code == 303


@pytest.mark.parametrize("email", [IRIS, " IRIS@clinic.example ", "nobody@clinic.example"])
def test_whether_an_account_exists_is_not_told_by_its_wait(house: House, email: str) -> None:
    guess(house, FREE_FOR_ACCOUNT, email)
    assert FOR_HER in sign_in(house.browser(), WRONG, email).text


def test_a_known_device_gets_in_however_many_guess_elsewhere(house: House) -> None:
    known = known_browser(house)
    guess(house, FREE_FOR_ACCOUNT)
    assert FOR_HER in sign_in(house.browser(), PASSWORD).text
    assert sign_in(known, PASSWORD).status_code == 303


def test_a_known_device_waits_for_its_own_wrong_passwords_only(house: House) -> None:
    known, other = known_browser(house), known_browser(house)
    for _ in range(FREE):
        sign_in(known, WRONG)
    # Whatever it calls itself and wherever it is.
    assert "try again in 30 seconds" in sign_in(known, PASSWORD, address="203.0.113.9").text
    assert sign_in(other, PASSWORD).status_code == 303
    assert sign_in(house.browser(), PASSWORD).status_code == 303


def test_a_device_is_known_to_whoever_was_on_it_and_to_nobody_else(house: House) -> None:
    known = known_browser(house)
    guess(house, FREE_FOR_ACCOUNT, "otto@clinic.example")
    assert FOR_HER in sign_in(known, PASSWORD, "otto@clinic.example").text


def test_a_shared_device_is_known_to_each_of_them(house: House) -> None:
    known = known_browser(house)
    assert sign_in(known, PASSWORD, "otto@clinic.example").status_code == 303
    known.post("/sign-out")
    guess(house, FREE_FOR_ACCOUNT)
    assert sign_in(known, PASSWORD).status_code == 303


def test_on_a_strange_device_a_new_link_works_while_somebody_guesses(house: House) -> None:
    guess(house, FREE_FOR_ACCOUNT)
    link = house.staff_link("Olga")
    guess(house, FREE_FOR_ACCOUNT, "olga@clinic.example")
    data = {"token": link.token, "password": "seven quiet herons by the lake"}
    browser = house.browser()
    assert browser.post("/new-password", data=data).status_code == 303
    browser.post("/sign-out")
    assert sign_in(browser, data["password"], "olga@clinic.example").status_code == 303


def test_the_password_again_counts_for_its_login(house: House) -> None:
    owner, elsewhere = house.browser_of("Olga"), house.browser_of("Olga")
    for _ in range(FREE):
        owner.post("/staff/confirm", data={"password": WRONG})
    waiting = owner.post("/staff/confirm", data={"password": PASSWORD})
    assert "try again in 30 seconds" in waiting.text
    assert elsewhere.post("/staff/confirm", data={"password": PASSWORD}).status_code == 303
    assert sign_in(house.browser(), PASSWORD, "olga@clinic.example").status_code == 303


def test_a_client_s_phone_carries_no_mark(house: House) -> None:
    phone = house.browser()
    phone.post("/sign-in", data={"code": house.desk_code().code})
    assert phone.get_cookie("known") is None
