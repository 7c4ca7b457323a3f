"""Clients get in with a code or a link, staff with e-mail and password."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.house import PASSWORD, House

HEAD_AND_GET = ["get", "head"]


def typed(browser: FlaskClient, code: str) -> int:
    return browser.post("/sign-in", data={"code": code}).status_code


def test_a_desk_code_signs_its_client_in(house: House) -> None:
    browser = house.browser()
    response = browser.post("/sign-in", data={"code": house.desk_code().code})
    assert (response.status_code, response.location) == (303, "/")
    assert "Amira" in browser.get("/devices").text


@pytest.mark.parametrize(
    "write",
    [
        str.lower,
        lambda code: f" {code[:4]} {code[4:]} ",
        lambda code: f"{code[:4]}-{code[4:]}",
        "\u2013".join,
        lambda code: "".join(chr(ord(sign) + 0xFEE0) for sign in code),
    ],
    ids=["lower case", "spaces", "a dash", "long dashes", "full width"],
)
def test_a_code_may_be_pasted_in_any_shape(house: House, write: object) -> None:
    assert callable(write)
    assert typed(house.browser(), write(house.desk_code().code)) == 303


def test_a_link_signs_in_by_its_token(house: House) -> None:
    made = house.desk_code()
    assert made.path == f"/join#t={made.token}"
    assert house.browser().post("/join", data={"token": made.token}).status_code == 303


@pytest.mark.parametrize("method", HEAD_AND_GET)
@pytest.mark.parametrize("page", ["/join", "/sign-in"])
def test_looking_at_a_page_uses_nothing_up(house: House, page: str, method: str) -> None:
    made = house.desk_code()
    query = {"t": made.token, "token": made.token, "code": made.code}
    getattr(house.browser(), method)(page, query_string=query)
    assert typed(house.browser(), made.code) == 303


def test_a_code_works_once(house: House) -> None:
    made = house.desk_code()
    assert typed(house.browser(), made.code) == 303
    refused = house.browser().post("/sign-in", data={"code": made.code})
    assert refused.status_code == 422
    assert "This code does not work" in refused.text


def test_the_link_of_a_used_code_is_used_too(house: House) -> None:
    made = house.desk_code()
    typed(house.browser(), made.code)
    assert house.browser().post("/join", data={"token": made.token}).status_code == 422


@pytest.mark.parametrize(("seconds", "status"), [(599, 303), (600, 422)])
def test_a_desk_code_is_good_for_ten_minutes(house: House, seconds: int, status: int) -> None:
    made = house.desk_code()
    house.clock.advance(seconds=seconds)
    assert typed(house.browser(), made.code) == status


def test_a_newer_desk_code_replaces_the_older_one(house: House) -> None:
    older, newer = house.desk_code(), house.desk_code()
    assert typed(house.browser(), older.code) == 422
    assert typed(house.browser(), newer.code) == 303


def test_a_new_code_leaves_signed_in_devices_alone(house: House) -> None:
    amira = house.browser_of("Amira")
    house.desk_code()
    assert amira.get("/devices").status_code == 200


def test_the_code_field_takes_codes_from_the_phone(house: House) -> None:
    page = house.browser().get("/sign-in").text
    assert 'autocomplete="one-time-code"' in page
    assert 'name="token"' in page


def test_a_code_of_the_wrong_length_is_said_kindly_and_kept(house: House) -> None:
    response = house.browser().post("/sign-in", data={"code": "K7QM"})
    assert response.status_code == 422
    assert "eight letters and digits" in response.text
    assert 'value="K7QM"' in response.text


def test_a_staff_link_does_not_work_as_a_clients_code_and_stays_unused(house: House) -> None:
    made = house.staff_link("Olga")
    assert typed(house.browser(), made.code) == 422
    answer = house.browser().post(
        "/new-password", data={"token": made.token, "password": "seven-quiet-herons"}
    )
    assert answer.status_code == 303


def test_staff_sign_in_with_email_and_password(house: House) -> None:
    browser = house.browser()
    data = {"email": " Iris@Clinic.example", "password": PASSWORD}
    response = browser.post("/sign-in/staff", data=data)
    assert (response.status_code, response.location) == (303, "/staff")
    assert "Iris" in browser.get("/devices").text


@pytest.mark.parametrize("email", ["iris@clinic.example", "nobody@clinic.example"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(house: House, email: str) -> None:
    data = {"email": email, "password": "not-the-password-1"}
    response = house.browser().post("/sign-in/staff", data=data)
    assert response.status_code == 422
    assert "E-mail and password do not match" in response.text
    assert "not-the-password-1" not in response.text


def test_sign_in_for_staff_is_one_tap_away(house: House) -> None:
    assert house.browser().get("/sign-in?to=staff").location == "/sign-in/staff"
    assert house.browser().get("/staff/settings").location == "/sign-in?to=staff"


def test_whoever_is_signed_in_goes_home_from_the_sign_in_page(house: House) -> None:
    assert house.browser_of("Amira").get("/sign-in").location == "/"
    assert house.browser_of("Otto").get("/sign-in/staff").location == "/staff"


def test_a_second_person_on_one_phone_ends_the_first_ones_login(house: House) -> None:
    phone = house.browser_of("Amira")
    cookie = phone.get_cookie("liftday")
    assert cookie is not None
    typed(phone, house.desk_code("Basim").code)
    copied = house.browser()
    copied.set_cookie("liftday", cookie.value)
    assert "Basim" in phone.get("/devices").text
    assert copied.get("/devices").location == "/sign-in"
