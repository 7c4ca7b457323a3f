"""A code just made is shown to the login that made it, for as long as it opens something."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.desk import Desk
from tests.web.house import House
from webapp.persistence.database import writing
from webapp.services import logins


@pytest.fixture
def shared(desk: Desk) -> FlaskClient:
    """The browser at the desk, in which Iris is signed in and Otto will be."""
    return desk.iris


def made_for(browser: FlaskClient, client_id: int, kind: str = "desk") -> str:
    """Make a code for a client; returns the page that shows it."""
    path = f"/staff/clients/{client_id}/code"
    browser.post(path, data={"kind": kind})
    return browser.get(path).text


def code_on(page: str) -> str:
    return page.split('data-copy="')[1].split('"', maxsplit=1)[0]


@pytest.mark.parametrize("kind", ["desk", "sent"])
def test_whoever_takes_over_the_browser_sees_no_code_of_the_one_before(
    desk: Desk, shared: FlaskClient, kind: str
) -> None:
    client_id = desk.scene.add_client()
    assert "code-value" in made_for(shared, client_id, kind)
    with writing() as writer:
        token = logins.begin(writer, desk.scene.otto.account_id, "The desk", desk.clock.now())
    shared.set_cookie("liftday", token)
    page = shared.get(f"/staff/clients/{client_id}/code").text
    assert "code-value" not in page
    assert "/revoke" in page


@pytest.mark.parametrize(("minutes", "is_shown"), [(9, True), (10, False)])
def test_a_code_is_shown_until_it_ends(desk: Desk, minutes: int, is_shown: bool) -> None:
    client_id = desk.scene.add_client()
    made_for(desk.iris, client_id)
    desk.clock.advance(minutes=minutes)
    page = desk.iris.get(f"/staff/clients/{client_id}/code").text
    assert ("code-value" in page) == is_shown


def test_a_used_code_is_shown_no_more(desk: Desk) -> None:
    client_id = desk.scene.add_client()
    code = code_on(made_for(desk.iris, client_id))
    phone = desk.app.test_client()
    phone.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert phone.post("/sign-in", data={"code": code}).status_code == 303
    assert "code-value" not in desk.iris.get(f"/staff/clients/{client_id}/code").text


def test_a_used_link_of_the_staff_is_shown_no_more(house: House) -> None:
    owner = house.browser_of("Olga", is_confirmed=True)
    address = f"/staff/settings/people/{house.accounts['Iris']}/link"
    owner.post(address)
    token = code_on(owner.get(address).text).partition("#t=")[2]
    data = {"token": token, "password": "seven quiet herons by the lake"}
    assert house.browser().post("/new-password", data=data).status_code == 303
    assert "code-value" not in owner.get(address).text


def test_no_script_can_read_what_is_kept(desk: Desk) -> None:
    client_id = desk.scene.add_client()
    answer = desk.iris.post(f"/staff/clients/{client_id}/code", data={"kind": "desk"})
    kept = next(line for line in answer.headers.getlist("Set-Cookie") if "flash=" in line)
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept


def test_a_desk_code_says_for_how_long_it_works(desk: Desk) -> None:
    page = made_for(desk.iris, desk.scene.add_client())
    assert "Works once, for 10 minutes, until 12:10" in page
