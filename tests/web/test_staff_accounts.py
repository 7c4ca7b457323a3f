"""The owner manages the staff; grave steps ask for the password again."""

from __future__ import annotations

import pytest

from tests.web.house import PASSWORD, House

PEOPLE = "/staff/settings/people"


@pytest.mark.parametrize("step", ["role", "link"])
def test_a_grave_step_asks_for_the_password_first(house: House, step: str) -> None:
    owner = house.browser_of("Olga")
    address = f"{PEOPLE}/{house.accounts['Iris']}/{step}"
    for answer in (owner.get(address), owner.post(address, data={"role": "owner"})):
        assert answer.location == f"/staff/confirm?next={address}"
    confirmed = owner.post("/staff/confirm", data={"password": PASSWORD, "next": address})
    assert confirmed.location == address
    assert owner.get(address).status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (10, 303)])
def test_the_password_holds_for_ten_minutes(house: House, minutes: int, status: int) -> None:
    owner = house.browser_of("Olga", is_confirmed=True)
    house.clock.advance(minutes=minutes)
    assert owner.get(f"{PEOPLE}/new").status_code == status


def test_a_wrong_password_confirms_nothing(house: House) -> None:
    owner = house.browser_of("Olga")
    wrong = owner.post("/staff/confirm", data={"password": "not-the-password-1"})
    assert wrong.status_code == 422
    assert owner.get(f"{PEOPLE}/new").status_code == 303


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/staff/\\evil.example", "/sign-out", "/staff/\n"],
)
def test_confirming_leads_to_our_own_pages_only(house: House, elsewhere: str) -> None:
    owner = house.browser_of("Olga")
    answer = owner.post("/staff/confirm", data={"password": PASSWORD, "next": elsewhere})
    assert answer.location == "/staff/settings"


def change_role(house: House, name: str, role: str) -> int:
    owner = house.browser_of("Olga", is_confirmed=True)
    address = f"{PEOPLE}/{house.accounts[name]}/role"
    return owner.post(address, data={"role": role}).status_code


def test_a_new_role_holds_at_the_next_request(house: House) -> None:
    iris = house.browser_of("Iris")
    assert iris.get("/staff/settings/clinic").status_code == 404
    assert change_role(house, "Iris", "owner") == 303
    assert iris.get("/staff/settings/clinic").status_code == 200
    assert "role-owner" in house.audit()


@pytest.mark.parametrize("role", ["client", "", "admin"])
def test_roles_come_from_the_list(house: House, role: str) -> None:
    assert change_role(house, "Iris", role) == 422


def test_the_last_owner_stays_owner(house: House) -> None:
    assert change_role(house, "Olga", "artist") == 422
    owner = house.browser_of("Olga")
    owner.post(f"{PEOPLE}/{house.accounts['Olga']}/disable")
    assert "only owner" in owner.get(PEOPLE).text


def test_one_of_two_owners_may_go(house: House) -> None:
    change_role(house, "Iris", "owner")
    assert change_role(house, "Olga", "artist") == 303


def test_a_disabled_account_is_out_at_the_next_request(house: House) -> None:
    owner, iris = house.browser_of("Olga"), house.browser_of("Iris")
    owner.post(f"{PEOPLE}/{house.accounts['Iris']}/disable")
    assert iris.get("/devices").location == "/sign-in"
    data = {"email": "iris@clinic.example", "password": PASSWORD}
    assert house.browser().post("/sign-in/staff", data=data).status_code == 422
    assert "Disabled" in owner.get(PEOPLE).text


def test_an_enabled_account_signs_in_anew(house: House) -> None:
    owner, iris = house.browser_of("Olga"), house.browser_of("Iris")
    for step in ("disable", "enable"):
        owner.post(f"{PEOPLE}/{house.accounts['Iris']}/{step}")
    assert iris.get("/devices").location == "/sign-in"
    data = {"email": "iris@clinic.example", "password": PASSWORD}
    assert house.browser().post("/sign-in/staff", data=data).status_code == 303


def test_a_client_is_no_member_of_staff(house: House) -> None:
    owner = house.browser_of("Olga", is_confirmed=True)
    for step in ("", "/role", "/link"):
        assert owner.get(f"{PEOPLE}/{house.accounts['Amira']}{step}").status_code == 404
    assert owner.post(f"{PEOPLE}/{house.accounts['Amira']}/disable").status_code == 404
