"""The first owner, new colleagues and new passwords."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import SetClock
from tests.web.house import PASSWORD, House
from webapp.services import invitations
from webapp.services.invitations import MadeInvitation

FILLED = {
    "owner_name": "Olga Petrova",
    "email": "Olga@Clinic.example",
    "password": PASSWORD,
    "clinic_name": "Atelier",
    "emergency_number": "998",
    "location_name": "Marina",
    "location_phone": "+971 4 123 4567",
    "time_zone": "Asia/Dubai",
}


def first_link(app: Flask) -> MadeInvitation:
    with app.app_context():
        return invitations.make_owner_link(app.extensions["collaborators"])


def test_the_first_owner_sets_the_clinic_up_on_one_page(app: Flask, browser: FlaskClient) -> None:
    token = first_link(app).token
    response = browser.post("/welcome", data={**FILLED, "token": token})
    assert (response.status_code, response.location) == (303, "/staff")
    page = browser.get("/staff/settings").text
    assert "Atelier" in page
    assert "Marina" in page
    assert "Needed before clients are invited" in page


@pytest.mark.parametrize("missing", ["owner_name", "email", "clinic_name", "emergency_number"])
def test_what_is_missing_is_named_and_the_rest_is_kept(
    app: Flask, browser: FlaskClient, missing: str
) -> None:
    token = first_link(app).token
    response = browser.post("/welcome", data={**FILLED, missing: "", "token": token})
    assert response.status_code == 422
    assert f'href="#{missing}"' in response.text
    assert token in response.text
    again = browser.post("/welcome", data={**FILLED, "token": token})
    assert again.status_code == 303


def test_a_weak_password_costs_no_link(app: Flask, browser: FlaskClient) -> None:
    token = first_link(app).token
    weak = browser.post("/welcome", data={**FILLED, "password": "password1234", "token": token})
    assert weak.status_code == 422
    assert "guess first" in weak.text
    assert "password1234" not in weak.text
    assert browser.post("/welcome", data={**FILLED, "token": token}).status_code == 303


@pytest.mark.parametrize(("hours", "status"), [(23, 303), (24, 422)])
def test_the_first_link_is_good_once_and_for_a_day(
    app: Flask, browser: FlaskClient, clock: SetClock, hours: int, status: int
) -> None:
    data = {**FILLED, "token": first_link(app).token}
    clock.advance(hours=hours)
    assert browser.post("/welcome", data=data).status_code == status
    assert browser.post("/welcome", data=data).status_code == 422


def link_on(page: str) -> tuple[str, str]:
    found = re.search(r'data-copy="http://localhost(/[a-z-]+)#t=([^"]+)"', page)
    assert found
    return found[1], found[2]


def invite(house: House, role: str = "artist") -> tuple[str, str]:
    owner = house.browser_of("Olga", is_confirmed=True)
    data = {"name": "Nadia", "email": "nadia@clinic.example", "role": role}
    made = owner.post("/staff/settings/people/new", data=data)
    assert made.status_code == 303
    return link_on(owner.get(made.location).text)


def test_the_owner_makes_an_artist_who_chooses_a_password(house: House) -> None:
    path, token = invite(house)
    assert path == "/join-staff"
    browser = house.browser()
    data = {"token": token, "password": "seven-quiet-herons"}
    assert browser.post(path, data=data).location == "/staff"
    assert browser.get("/staff/settings").status_code == 200
    assert browser.get("/staff/settings/clinic").status_code == 404


def test_an_invited_colleague_cannot_sign_in_before_choosing_a_password(house: House) -> None:
    invite(house)
    data = {"email": "nadia@clinic.example", "password": PASSWORD}
    assert house.browser().post("/sign-in/staff", data=data).status_code == 422


def test_a_taken_address_is_refused_with_everything_kept(house: House) -> None:
    owner = house.browser_of("Olga", is_confirmed=True)
    data = {"name": "Second Iris", "email": "IRIS@clinic.example", "role": "artist"}
    response = owner.post("/staff/settings/people/new", data=data)
    assert response.status_code == 422
    assert "already" in response.text
    assert "Second Iris" in response.text


def test_a_reset_link_changes_the_password_and_signs_the_old_devices_out(house: House) -> None:
    owner, iris = house.browser_of("Olga", is_confirmed=True), house.browser_of("Iris")
    address = f"/staff/settings/people/{house.accounts['Iris']}/link"
    path, token = link_on(owner.get(owner.post(address).location).text)
    fresh = house.browser().post(path, data={"token": token, "password": "seven-quiet-herons"})
    assert fresh.status_code == 303
    assert iris.get("/devices").location == "/sign-in"
    data = {"email": "iris@clinic.example", "password": PASSWORD}
    assert house.browser().post("/sign-in/staff", data=data).status_code == 422


def test_a_link_can_be_seen_again_by_its_maker_only(house: House) -> None:
    owner, other = (house.browser_of("Olga", is_confirmed=True) for _ in range(2))
    address = f"/staff/settings/people/{house.accounts['Iris']}/link"
    owner.post(address)
    assert "data-copy" in owner.get(address).text
    assert "data-copy" in owner.get(address).text
    assert "data-copy" not in other.get(address).text


def test_the_typed_code_of_a_link_works_where_scripts_do_not(house: House) -> None:
    made = house.staff_link("Olga")
    data = {"token": "", "code": made.code.lower(), "password": "seven-quiet-herons"}
    assert house.browser().post("/new-password", data=data).status_code == 303


def test_the_terminal_prints_links_for_owners_only(house: House) -> None:
    runner = house.app.test_cli_runner()
    printed = runner.invoke(args=["owner", "reset", "olga@clinic.example"]).output
    assert re.fullmatch(r"http://localhost/new-password#t=[\w-]{43}\n", printed)
    assert runner.invoke(args=["owner", "reset", "iris@clinic.example"]).exit_code == 1
    assert "has an owner" in runner.invoke(args=["owner", "link"]).output
