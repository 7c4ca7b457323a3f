"""The page on which the owner erases or restricts one client."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.house import House
from webapp.persistence.tables import Account

WHY = "The client asked for it"


@pytest.fixture
def olga(house: House) -> FlaskClient:
    folder: Path = house.app.extensions["settings"].data_folder
    (folder / "tombstones.jsonl").unlink(missing_ok=True)
    return house.treating("Olga")


def address(house: House) -> str:
    return f"/staff/clients/{house.clients['Amira']}/erase"


def send(house: House, browser: FlaskClient, **data: str) -> TestResponse:
    return browser.post(address(house), data={"kind": "erased", "reason": WHY} | data)


def name_of_amira(house: House) -> str:
    with house.reader() as reader:
        row = reader.get(Account, house.accounts["Amira"])
        assert row is not None
        return row.name


def test_the_owner_erases_with_a_reason_and_the_code(house: House, olga: FlaskClient) -> None:
    page = olga.get(f"/staff/clients/{house.clients['Amira']}").text
    assert address(house) in page
    assert "What stays" in olga.get(address(house)).text
    answer = send(house, olga, code="c0 amira")
    assert (answer.status_code, answer.location) == (303, "/staff/clients")
    page = olga.get("/staff/clients").text
    assert "The record is erased." in page
    assert "Amira" not in page
    assert olga.get(address(house)).status_code == 404
    assert name_of_amira(house) == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"code": "C0BASIM"}, "Type the client&#39;s code as it stands above"),
        ({}, "Type the client&#39;s code as it stands above"),
        ({"reason": " ", "code": "C0AMIRA"}, "Enter why."),
        ({"reason": "no", "code": "C0AMIRA"}, "Say it in a few words more."),
        ({"reason": "Amira wants it", "code": "C0AMIRA"}, "Leave out the client&#39;s name"),
        ({"kind": "forgotten", "code": "C0AMIRA"}, "Choose what is to happen."),
    ],
)
def test_in_doubt_nothing_is_done(
    house: House, olga: FlaskClient, data: dict[str, str], words: str
) -> None:
    answer = send(house, olga, **data)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert name_of_amira(house) == "Amira"


@pytest.mark.parametrize("name", ["Iris", "Otto", "Amira"])
def test_nobody_else_finds_the_page(house: House, name: str) -> None:
    browser = house.treating(name)
    assert browser.get(address(house)).status_code == 404
    assert send(house, browser, code="C0AMIRA").status_code == 404
    assert address(house) not in browser.get(f"/staff/clients/{house.clients['Amira']}").text
    assert name_of_amira(house) == "Amira"


def test_the_password_is_asked_again(house: House, olga: FlaskClient) -> None:
    house.clock.advance(minutes=11)
    assert "/staff/confirm" in send(house, olga, code="C0AMIRA").location
    assert name_of_amira(house) == "Amira"


def test_a_restricted_client_is_found_by_the_owner_alone(house: House, olga: FlaskClient) -> None:
    amira, iris = house.browser_of("Amira"), house.treating("Iris")
    assert send(house, olga, kind="restricted").status_code == 303
    assert "Amira" not in iris.get("/staff/clients").text
    assert amira.get("/").status_code in (302, 303)
    for browser in (iris, olga):
        assert browser.get(f"/staff/clients/{house.clients['Amira']}").status_code == 404
    found = olga.get("/staff/clients").text
    assert ("Restricted" in found, address(house) in found) == (True, True)
    page = olga.get(address(house)).text
    assert (WHY in page, 'value="restricted"' in page) == (True, False)


def test_the_archive_holds_the_whole_record_also_of_a_restricted_client(
    house: House, olga: FlaskClient
) -> None:
    send(house, olga, kind="restricted")
    archive = f"/staff/clients/{house.clients['Amira']}/photos/export"
    answer = olga.get(archive, buffered=True)
    with zipfile.ZipFile(BytesIO(answer.data)) as file:
        told = json.loads(file.read("client.json"))
    assert (told["name"], told["code"], told["is_restricted"]) == ("Amira", "C0AMIRA", True)
    assert told["consents"][0]["notice_version"] == 1
    assert {"courses", "treatment_sessions", "notices", "photo_consents"} <= told.keys()
