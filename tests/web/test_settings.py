"""The owner sets the clinic up; two who edit at once lose nothing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.house import House
from webapp.domain.colour import DARK_GROUND, LIGHT_GROUND, accent_pair, contrast
from webapp.web.assets import style_url

CLINIC = "/staff/settings/clinic"
SIGNS = "/staff/settings/warning-signs"
LOCATIONS = "/staff/settings/locations"
DETAILS = {
    "name": "Atelier",
    "accent_colour": "#0f766e",
    "emergency_number": "998",
    "whatsapp": "",
    "offers": "",
    "version": "1",
}
PLACE = {"name": "Jumeirah", "address": "", "phone": "", "time_zone": "Asia/Dubai"}


@pytest.fixture
def owner(house: House) -> FlaskClient:
    return house.browser_of("Olga")


@pytest.mark.parametrize("name", ["Iris", "Otto"])
def test_colleagues_see_their_own_settings_only(house: House, name: str) -> None:
    page = house.browser_of(name).get("/staff/settings").text
    assert "Signed-in devices" in page
    assert "Privacy notice" not in page
    assert "/staff/settings/people" not in page


def test_a_changed_name_is_on_every_page_at_once(house: House, owner: FlaskClient) -> None:
    answer = owner.post(CLINIC, data={**DETAILS, "name": "Dotline"})
    assert (answer.status_code, answer.location) == (303, "/staff/settings")
    assert "Dotline" in house.browser().get("/sign-in").text
    assert house.audit()[-1] == "settings"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Enter a name."),
        ("name", "x" * 121, "Use at most 120 characters."),
        ("name", "Ate\x00lier", "cannot be shown"),
        ("accent_colour", "teal", "Enter a colour"),
        ("accent_colour", "#12345", "Enter a colour"),
        ("emergency_number", "", "Enter the number to call in an emergency."),
        ("emergency_number", "call us", "Enter a number such as 998"),
        ("whatsapp", "12", "Enter the number with its country"),
        ("whatsapp", "me@example.org", "Enter the number with its country"),
    ],
)
def test_what_cannot_be_right_is_named_and_kept(
    owner: FlaskClient, field: str, typed: str, words: str
) -> None:
    answer = owner.post(CLINIC, data={**DETAILS, field: typed, "offers": "Kept text"})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Kept text" in answer.text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("+971 50 123 45 67", "+971 50 123 4567"),
        ("00971501234567", "+971 50 123 4567"),
        ("+359 88 812 3456", "+359 88 812 3456"),
        ("112", "112"),
    ],
)
def test_numbers_are_kept_in_one_form(owner: FlaskClient, typed: str, shown: str) -> None:
    owner.post(CLINIC, data={**DETAILS, "emergency_number": typed})
    assert f'value="{shown}"' in owner.get(CLINIC).text


@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#ffff00", "#0f766e", "#808080"])
def test_any_accent_colour_is_corrected_until_it_can_be_read(
    owner: FlaskClient, colour: str
) -> None:
    owner.post(CLINIC, data={**DETAILS, "accent_colour": colour})
    light, dark = accent_pair(colour)
    assert contrast(light, LIGHT_GROUND) >= 4.5
    assert contrast(dark, DARK_GROUND) >= 4.5
    css = owner.get(style_url(colour)).text
    assert light in css
    assert f'fill="{dark}"' in owner.get(CLINIC).text


def test_two_who_edit_at_once_lose_nothing(house: House, owner: FlaskClient) -> None:
    owner.post(CLINIC, data={**DETAILS, "name": "First"})
    late = owner.post(CLINIC, data={**DETAILS, "name": "Second", "offers": "Mine"})
    assert late.status_code == 409
    assert "Somebody saved this while you were editing" in late.text
    assert "Name is now: First" in late.text
    assert 'value="Second"' in late.text
    assert "First" in house.browser().get("/sign-in").text
    again = {**DETAILS, "name": "Second", "offers": "Mine", "version": "2"}
    assert 'name="version" value="2"' in late.text
    assert owner.post(CLINIC, data=again).status_code == 303


def test_warning_signs_begin_with_the_protocols_and_never_end_up_empty(owner: FlaskClient) -> None:
    first = owner.get(SIGNS).text
    assert "Trouble breathing." in first
    data = {"version": "1", "emergency": "Own line one\r\n\r\n  Own line two  ", "normal": ""}
    assert owner.post(SIGNS, data=data).status_code == 303
    page = owner.get(SIGNS).text
    assert "Own line one\nOwn line two</textarea>" in page
    assert "Light scabs." in page


def test_a_late_save_of_warning_signs_is_told(owner: FlaskClient) -> None:
    owner.post(SIGNS, data={"version": "1", "emergency": "Theirs"})
    late = owner.post(SIGNS, data={"version": "1", "emergency": "Mine"})
    assert late.status_code == 409
    assert "Theirs" in late.text
    assert "Mine" in late.text


def test_a_late_new_version_of_the_notice_is_told(owner: FlaskClient) -> None:
    address = "/staff/settings/privacy"
    owner.post(address, data={"version": "1", "text": "Theirs"})
    late = owner.post(address, data={"version": "1", "text": "Mine"})
    assert late.status_code == 409
    assert "The notice is now: Theirs" in late.text


def test_a_location_is_added_with_its_hours_and_zone(owner: FlaskClient) -> None:
    data = {**PLACE, "time_zone": "Europe/Sofia", "opens_0": "09:00", "closes_0": "18:00"}
    assert owner.post(f"{LOCATIONS}/new", data=data).status_code == 303
    page = owner.get(f"{LOCATIONS}/2").text
    assert 'value="Europe/Sofia" selected' in page
    assert 'value="18:00"' in page


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Enter a name."),
        ("time_zone", "Mars/Olympus", "Choose the time zone"),
        ("time_zone", "", "Choose the time zone"),
        ("phone", "five", "Enter the number with its country"),
        ("opens_3", "18:00", "the opening before the closing"),
        ("closes_3", "08:00", "the opening before the closing"),
        ("opens_3", "25:00", "the opening before the closing"),
    ],
)
def test_a_location_that_cannot_be_right_is_refused(
    owner: FlaskClient, field: str, typed: str, words: str
) -> None:
    data = {**PLACE, "opens_3": "09:00", "closes_3": "17:00", "address": "Kept", field: typed}
    if field == "closes_3":
        assert typed < data["opens_3"]
    answer = owner.post(f"{LOCATIONS}/new", data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Kept" in answer.text


def test_two_who_edit_a_location_at_once_lose_nothing(owner: FlaskClient) -> None:
    for name in ("First", "Second"):
        data = {**PLACE, "name": name, "version": "1"}
        answer = owner.post(f"{LOCATIONS}/1", data=data)
    assert answer.status_code == 409
    assert "Name is now: First" in answer.text


def test_the_only_location_is_not_archived_and_another_comes_back(owner: FlaskClient) -> None:
    owner.post(f"{LOCATIONS}/1/archive", data={"version": "1"})
    assert "only location" in owner.get(LOCATIONS).text
    owner.post(f"{LOCATIONS}/new", data=PLACE)
    owner.post(f"{LOCATIONS}/1/archive", data={"version": "1"})
    assert "Archived" in owner.get(LOCATIONS).text
    owner.post(f"{LOCATIONS}/1/return", data={"version": "2"})
    owner.get(LOCATIONS)
    assert "row-detail" in owner.get(LOCATIONS).text
    assert "Archived" not in owner.get(LOCATIONS).text
