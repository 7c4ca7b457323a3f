"""Numbers no clinic ever has: ids beyond any database, years at the ends of the calendar, and
signs in a name that turn around what stands beside it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.web.desk import text_of
from tests.web.house import House
from webapp.domain.people import Role
from webapp.web.access import audience_of

NUMBER = re.compile(r"<int:\w+>")
REST = re.compile(r"<(?:any\((\w+)[^>]*|\w+)>")
ODD_NUMBERS = ("2147483648", str(2**63), "9" * 30, "\u0661", "-1")


def numbered(app: Flask) -> list[tuple[str, str, str]]:
    """(address with its numbers open, method, who may use it) of every route with a number."""
    found = []
    for rule in app.url_map.iter_rules():
        who = "Amira" if Role.CLIENT in (audience_of(app, rule.endpoint) or ()) else "Olga"
        methods = (rule.methods or set()) & {"GET", "POST"} if NUMBER.search(rule.rule) else set()
        found += [(rule.rule, method, who) for method in sorted(methods)]
    return found


@pytest.mark.parametrize("odd", ODD_NUMBERS)
def test_a_number_beyond_any_database_is_not_found_on_any_route(house: House, odd: str) -> None:
    people = {name: house.browser_of(name, is_confirmed=True) for name in ("Amira", "Olga")}
    routes = numbered(house.app)
    wrong: dict[str, int] = {}
    assert len(routes) > 30
    for address, method, who in routes:
        path = REST.sub(lambda found: found[1] or "swimming", NUMBER.sub(odd, address))
        code = people[who].open(path, method=method, data={"version": "1"}).status_code
        wrong |= {f"{method} {path}": code} if code != 404 else {}
    assert wrong == {}


def test_an_address_of_our_own_still_leads_there(house: House) -> None:
    browser = house.browser_of("Iris")
    assert browser.get(f"/staff/clients/{house.clients['Amira']}").status_code == 200


ENDS = ("0001-01-01T00:00:00+14:00", "1999-12-31T00:00:00Z", "9999-12-31T23:59:59-12:00")
TRAVELLED = {
    "Amira": (
        "/",
        "/dates",
        "/can-i",
        "/switches.json",
        "/something-is-wrong",
        "/sheet",
        "/hairdresser-card",
        "/slip",
    ),
    "Iris": ("/staff",),
}


@pytest.mark.parametrize("at", ENDS)
@pytest.mark.parametrize("name", list(TRAVELLED))
def test_nobody_travels_to_the_ends_of_the_calendar(house: House, name: str, at: str) -> None:
    for path in TRAVELLED[name]:
        answer = house.browser_of(name).get(path, query_string={"at": at})
        assert answer.status_code == 200, path


def test_travelling_within_a_century_still_works(house: House) -> None:
    later = house.clock.now() + timedelta(days=1)
    words = text_of(house.browser_of("Iris").get("/staff", query_string={"at": later.isoformat()}))
    assert "Tuesday 3 March 2026" in words


TURNING = ("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069")
HONEST = ("\u200e", "\u200f", "\u200c", "\u200d")


def client_named(house: House, name: str) -> dict[str, str]:
    return {"name": name, "location": str(house.location_id), "is_last": "no"}


@pytest.mark.parametrize("sign", TURNING)
def test_a_name_that_turns_around_its_neighbours_is_refused(house: House, sign: str) -> None:
    fields = client_named(house, f"Ada {sign}Evil")
    path = f"/staff/clients/{house.clients['Amira']}/edit"
    answer = house.browser_of("Iris").post(path, data={**fields, "version": "1"})
    assert answer.status_code == 422
    assert "There is a character in it that cannot be shown" in answer.text


def test_an_address_that_turns_around_its_neighbours_is_refused(house: House) -> None:
    fields = {"name": "Marina", "time_zone": "Asia/Dubai", "address": "Floor \u202e3"}
    owner = house.browser_of("Olga", is_confirmed=True)
    answer = owner.post("/staff/settings/locations/new", data=fields)
    assert answer.status_code == 422
    assert "cannot be shown" in answer.text


@pytest.mark.parametrize("sign", HONEST)
def test_a_name_may_hold_the_signs_that_its_script_needs(house: House, sign: str) -> None:
    path = f"/staff/clients/{house.clients['Amira']}/edit"
    fields = {**client_named(house, f"\u0639\u0644\u06cc{sign}\u0631\u0636\u0627"), "version": "1"}
    assert house.browser_of("Iris").post(path, data=fields).status_code == 303


def test_a_phone_number_may_be_pasted_with_invisible_signs_around_it(house: House) -> None:
    path = f"/staff/clients/{house.clients['Amira']}/edit"
    fields = client_named(house, "Amira") | {"phone": "\u202a+971 50 123 4567\u202c"}
    iris = house.browser_of("Iris")
    assert iris.post(path, data={**fields, "version": "1"}).status_code == 303
    assert "tel:+971501234567" in iris.get(path.removesuffix("/edit")).text
