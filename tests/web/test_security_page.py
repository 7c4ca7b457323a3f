"""Where staff keep their second factors, and the pages that open only with one."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.gateways.authenticating_device import Device
from tests.web.factor_pages import (
    SECURITY,
    after_password,
    code_of,
    recovery_codes_on,
    set_app_up,
    set_passkey_up,
)
from tests.web.house import PASSWORD, House

# The one page of today that opens only with a second factor.
GATED = f"{SECURITY}/recovery"


@pytest.fixture
def iris(house: House) -> FlaskClient:
    """Iris's browser, her password just typed."""
    return house.browser_of("Iris", is_confirmed=True)


def test_without_a_second_factor_a_guarded_page_leads_to_where_one_is_set_up(
    house: House, iris: FlaskClient
) -> None:
    answer = iris.get(GATED)
    assert (answer.status_code, answer.location) == (303, f"{SECURITY}?why=needed")
    page = iris.get(answer.location).text
    assert "Photos of clients need more than a password." in page
    assert "Photos of clients need more" not in iris.get(SECURITY).text


def test_whoever_has_just_set_one_up_comes_in(house: House, iris: FlaskClient) -> None:
    set_app_up(house, iris)
    assert iris.get(GATED).status_code == 200


def test_a_login_that_began_without_shows_it_first(house: House, iris: FlaskClient) -> None:
    other = house.browser_of("Iris", is_confirmed=True)
    key = set_app_up(house, iris)
    assert other.get(GATED).location == f"/staff/prove?next={GATED}"
    assert other.post(GATED).location == f"/staff/prove?next={GATED}"
    wrong = other.post("/staff/prove", data={"code": "000000", "next": GATED})
    assert wrong.status_code == 422
    assert f'value="{GATED}"' in wrong.text
    right = other.post("/staff/prove", data={"code": code_of(house, key), "next": GATED})
    assert right.location == GATED
    assert other.get(GATED).status_code == 200


def test_a_passkey_proves_such_a_login_too(house: House, iris: FlaskClient) -> None:
    other, device = house.browser_of("Iris", is_confirmed=True), Device()
    set_passkey_up(iris, device)
    asked = other.post("/staff/prove/options").text
    assert other.post("/staff/prove/passkey", data={"answer": "{}"}).status_code == 422
    asked = other.post("/staff/prove/options").text
    data = {"answer": device.show(asked), "next": GATED}
    assert other.post("/staff/prove/passkey", data=data).location == GATED
    assert other.get(GATED).status_code == 200


def test_a_password_alone_adds_and_removes_nothing_once_there_is_a_factor(
    house: House, iris: FlaskClient
) -> None:
    other = house.browser_of("Iris", is_confirmed=True)
    set_app_up(house, iris)
    for step in ("app/key", "app", "app/remove", "passkeys/options", "passkeys/new", "recovery"):
        assert other.post(f"{SECURITY}/{step}").location == f"/staff/prove?next={SECURITY}/{step}"
    assert "Added on" in other.get(SECURITY).text


@pytest.mark.parametrize("step", ["app", "app/key", "passkeys/new", "passkeys/options"])
def test_adding_a_factor_asks_for_the_password_again(house: House, step: str) -> None:
    browser = house.browser_of("Iris")
    assert browser.post(f"{SECURITY}/{step}").location == f"/staff/confirm?next={SECURITY}/{step}"
    if step != "passkeys/options":
        assert browser.get(f"{SECURITY}/{step}").status_code == 303


def test_ten_minutes_later_removing_one_asks_again(house: House, iris: FlaskClient) -> None:
    set_app_up(house, iris)
    house.clock.advance(minutes=10)
    address = f"{SECURITY}/app/remove"
    assert iris.post(address).location == f"/staff/confirm?next={address}"
    iris.post("/staff/confirm", data={"password": PASSWORD})
    assert iris.post(address).location == SECURITY
    assert iris.get(GATED).location == f"{SECURITY}?why=needed"


def test_the_key_stands_beside_its_picture_until_a_code_was_shown(
    house: House, iris: FlaskClient
) -> None:
    iris.post(f"{SECURITY}/app/key")
    page = iris.get(f"{SECURITY}/app").text
    assert "<svg" in page
    assert 'href="otpauth://totp/Atelier:Iris?' in page
    wrong = iris.post(f"{SECURITY}/app", data={"code": "000000"})
    assert wrong.status_code == 422
    assert "This is not the code that the app should show now." in wrong.text
    set_app_up(house, iris)
    assert "otpauth" not in iris.get(f"{SECURITY}/app").text


def test_the_first_factor_leads_to_recovery_codes(house: House, iris: FlaskClient) -> None:
    assert set_passkey_up(iris, Device()).location == GATED
    iris.post(GATED)
    assert set_passkey_up(iris, Device(), "Her key").location == SECURITY


def test_recovery_codes_are_shown_to_their_maker_until_kept(
    house: House, iris: FlaskClient
) -> None:
    set_app_up(house, iris)
    iris.post(GATED)
    codes = recovery_codes_on(iris.get(GATED))
    assert len(set(codes)) == 10
    assert recovery_codes_on(iris.get(GATED)) == codes
    iris.post(f"{GATED}/kept")
    assert recovery_codes_on(iris.get(GATED)) == []
    assert "10 codes left" in iris.get(SECURITY).text


def test_recovery_codes_go_out_of_sight_after_ten_minutes(house: House, iris: FlaskClient) -> None:
    set_app_up(house, iris)
    iris.post(GATED)
    house.clock.advance(minutes=10)
    iris.post("/staff/confirm", data={"password": PASSWORD})
    assert recovery_codes_on(iris.get(GATED)) == []


def test_a_passkey_is_renamed_and_removed(house: House, iris: FlaskClient) -> None:
    set_passkey_up(iris, Device(), "Her phone")
    address = f"{SECURITY}/passkeys/1"
    assert "Her phone" in iris.get(address).text
    assert iris.post(address, data={"name": ""}).status_code == 422
    iris.post(address, data={"name": "Blue key"})
    assert "Blue key" in iris.get(SECURITY).text
    iris.post(f"{address}/remove")
    assert "Blue key" not in iris.get(SECURITY).text
    assert iris.get(address).status_code == 404


def test_a_refused_passkey_keeps_its_name_on_the_page(house: House, iris: FlaskClient) -> None:
    iris.post(f"{SECURITY}/passkeys/options")
    answer = iris.post(f"{SECURITY}/passkeys/new", data={"answer": "{}", "name": "Blue key"})
    assert answer.status_code == 422
    assert 'value="Blue key"' in answer.text


def test_settings_say_what_is_still_missing(house: House, iris: FlaskClient) -> None:
    assert "Needed for photos" in iris.get("/staff/settings").text
    set_app_up(house, iris)
    assert "Needed for photos" not in iris.get("/staff/settings").text


def test_a_client_finds_none_of_this(house: House) -> None:
    amira = house.browser_of("Amira")
    for page in (SECURITY, GATED, "/staff/prove", f"{SECURITY}/app"):
        assert amira.get(page).status_code == 404


def test_the_owner_sees_who_has_one_and_takes_it_from_who_lost_it(
    house: House, iris: FlaskClient
) -> None:
    set_app_up(house, iris)
    owner = house.browser_of("Olga", is_confirmed=True)
    page = owner.get("/staff/settings/people").text
    assert page.count("Second factor set up") == 1
    member = f"/staff/settings/people/{house.accounts['Iris']}"
    assert "Take the second factor away" in owner.get(member).text
    assert owner.post(f"{member}/factors").location == member
    assert "Second factor set up" not in owner.get("/staff/settings/people").text
    assert iris.get("/devices").location == "/sign-in"
    assert house.audit()[-1] == "factors-reset"


def test_taking_one_away_asks_for_the_password_again(house: House, iris: FlaskClient) -> None:
    set_app_up(house, iris)
    address = f"/staff/settings/people/{house.accounts['Iris']}/factors"
    owner = house.browser_of("Olga")
    assert owner.post(address).location == f"/staff/confirm?next={address}"
    assert after_password(house)
    assert house.browser_of("Otto", is_confirmed=True).post(address).status_code == 404


def test_no_key_code_or_passkey_reaches_the_log(
    house: House, iris: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    key, device = set_app_up(house, iris), Device()
    set_passkey_up(iris, device, "Kanarienvogel")
    iris.post(GATED)
    recovery = recovery_codes_on(iris.get(GATED))
    code = code_of(house, key)
    step = after_password(house)
    cookie = step.get_cookie("step")
    assert cookie is not None
    step.post("/sign-in/staff/second", data={"code": code})
    printed = "".join(capsys.readouterr())
    assert printed.count('"event": "request"') > 8
    secrets = [key, code, cookie.value, "Kanarienvogel", device.credential_id.hex(), *recovery]
    assert [secret for secret in secrets if secret in printed] == []
