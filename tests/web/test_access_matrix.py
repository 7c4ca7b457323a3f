"""Every route as everybody: whoever is not meant to see something finds nothing there.

The routes are read from the application, so a new one is covered without a line here. A new kind
of parameter needs one value of the test clinic's own in `own_values`, and one in `FOREIGN`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.conftest import NOON, SetClock
from tests.services.scene import Scene
from tests.told import beat, tell
from tests.web.belongings import own_passkey, own_photo, own_push, own_tellings, own_words
from tests.web.house import House
from webapp.domain.notices import NoticeKind
from webapp.domain.people import Role
from webapp.persistence.tables import CourseChange, LoginRecord, Visit
from webapp.services import (
    calendars,
    invitations,
)
from webapp.services.course_extras import PlanVisit
from webapp.services.telling import tell_due
from webapp.web.access import EVERYBODY, audience_of
from webapp.web.assets import asset_url

NOBODY = "nobody"
PEOPLE = (NOBODY, "Amira", "Basim", "Otto", "Iris", "Olga")
ROLES = {"Amira": Role.CLIENT, "Basim": Role.CLIENT, "Otto": Role.RECEPTION}
ROLES |= {"Iris": Role.ARTIST, "Olga": Role.OWNER}
NO_SUCH_ID = 999_999
FOREIGN = {
    "account_id": NO_SUCH_ID,
    "activity": "wash-hair",
    "card_id": NO_SUCH_ID,
    "change_id": NO_SUCH_ID,
    "client_id": NO_SUCH_ID,
    "colour": "nonsense",
    "course_id": NO_SUCH_ID,
    "ending": "bmp",
    "feed_token": "nonsense",
    "invitation_id": NO_SUCH_ID,
    "kind": "nonsense",
    "location_id": NO_SUCH_ID,
    "notice_id": NO_SUCH_ID,
    "number": NO_SUCH_ID,
    "mark": "elsewhere",
    "passkey_id": NO_SUCH_ID,
    "path": "no-such-file.css",
    "picture": "any-9999",
    "proof_id": NO_SUCH_ID,
    "public_id": "of-no-photo",
    "protocol_note_id": NO_SUCH_ID,
    "release": "elsewhere",
    "request_id": NO_SUCH_ID,
    "side": 99,
    "slip_id": NO_SUCH_ID,
    "status": "held",
    "subscription_id": NO_SUCH_ID,
    "token": "of-no-card",
    "synonym_id": NO_SUCH_ID,
    "visit_id": NO_SUCH_ID,
}
# What opens only in a state that nothing here is in: a photo that is locked.
IN_ANOTHER_STATE = {"photo_owner.opened", "photo_owner.picture"}
# What belongs to one person: nobody else finds it, whatever else they may see.
PERSONAL = {"card_id", "login_id", "notice_id", "passkey_id", "proof_id", "slip_id"}
PERSONAL |= {"subscription_id"}
# What a client's browser may keep and ask for again; the worker keeps it for the time offline.
OWN_PAGES = ["/", "/can-i", "/dates", "/offline.json", "/switches.json"]
OWN_PAGES += ["/dates/sessions/<int:number>", "/dates/visits/<int:visit_id>"]


@dataclass
class Walk:
    """The clinic with a course of Amira's, and an id of hers for every parameter."""

    house: House
    own: dict[str, object]

    def open(self, rule: Rule, method: str, name: str, source: dict[str, object]) -> TestResponse:
        """Send the request as this person, who has just shown everything that is asked for."""
        browser = self.house.browser()
        if name != NOBODY:
            browser = self.house.treating(name)
        values = self.values(rule, source)
        address = self.house.app.url_map.bind("localhost").build(rule.endpoint, values, method)
        return browser.open(address, method=method, buffered=True)

    def values(self, rule: Rule, source: dict[str, object]) -> dict[str, object]:
        """A value for every parameter of the rule."""
        missing = rule.arguments - set(source)
        assert not missing, f"{rule}: add a value for {missing}, see the top of this file"
        return {name: source[name] for name in rule.arguments}


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=str)


def requests(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every rule with every method it takes: looking first, changing afterwards."""
    for method in ("GET", "POST"):
        yield from ((rule, method) for rule in rules(app) if method in (rule.methods or ()))


@pytest.fixture
def walk(house: House, app: Flask, clock: SetClock) -> Walk:
    iris = house.person("Iris")
    scene = Scene(house.with_, clock, house.location_id, iris, house.person("Otto"))
    course_id = scene.begin(house.clients["Amira"])
    scene.ended(course_id, 1, NOON.replace(hour=7))
    clock.at = NOON
    scene.change(course_id, PlanVisit("follow-up", NOON.replace(day=9)))
    house.browser_of("Amira")
    made = invitations.make_device_code(house.with_, house.person("Amira"))
    with house.reader() as reader:
        amira = LoginRecord.account_id == house.accounts["Amira"]
        login_id = reader.scalar(select(LoginRecord.id).where(amira))
        visit_id = reader.scalar(select(Visit.id))
        change_id = reader.scalar(select(CourseChange.id).order_by(CourseChange.id.desc()))
    ids = {"course_id": course_id, "login_id": login_id, "visit_id": visit_id}
    release, _, path = asset_url("css/base.css").removeprefix("/assets/").partition("/")
    rest = {
        "mark": "0" * 10,
        "picture": "any-192",
        "release": release,
        "path": path,
        "colour": "0f766e",
        "activity": "wash-hair",
    }
    beat(NOON)
    while tell_due(house.with_, NOON):
        pass
    notice_id = tell(house.accounts["Amira"], NoticeKind.STRICTER, NOON)
    more = {"client_id": house.clients["Amira"], "account_id": house.accounts["Iris"]}
    more["notice_id"] = notice_id
    _, feed_token = calendars.make(house.with_, house.person("Amira"))
    last = {
        "feed_token": feed_token,
        "number": 1,
        "status": "held",
        "change_id": change_id,
        "location_id": 1,
    }
    last |= {"invitation_id": made.invitation_id, **own_push(house, login_id)}
    last |= {**own_tellings(house), **own_words(house), **own_passkey(house)}
    last |= own_photo(house)
    return Walk(house, {**ids, **rest, **more, **last})


def wanted(walk: Walk, rule: Rule, name: str) -> str:
    """Whether this person is `admitted` by the rule's declaration, `hidden` or `sent-away`."""
    audience = audience_of(walk.house.app, rule.endpoint)
    if audience == EVERYBODY:
        return "admitted"
    if name == NOBODY:
        return "sent-away"
    return "admitted" if ROLES[name] in audience else "hidden"


def seen(answer: TestResponse) -> str:
    """What became of a request, as the declaration would put it."""
    if answer.status_code == 404:
        return "hidden"
    is_sign_in = (answer.location or "").startswith("/sign-in")
    return "sent-away" if is_sign_in and answer.status_code == 302 else "admitted"


@pytest.mark.parametrize("name", [NOBODY, "Amira", "Otto", "Iris", "Olga"])
def test_every_route_admits_exactly_whom_it_declares(walk: Walk, name: str) -> None:
    wrong = {}
    for rule, method in requests(walk.house.app):
        answer = walk.open(rule, method, name, walk.own)
        assert answer.status_code < 500, f"{method} {rule} as {name}"
        expected = wanted(walk, rule, name)
        is_own = not rule.arguments & PERSONAL or name in (NOBODY, "Amira")
        # A form without its fields may also be refused as not found; a page may not.
        is_there = is_own and rule.endpoint not in IN_ANOTHER_STATE
        is_sure = expected != "admitted" or (is_there and method == "GET")
        if is_sure and seen(answer) != expected:
            wrong[f"{method} {rule}"] = (answer.status_code, expected)
    assert wrong == {}


@pytest.mark.parametrize("name", ["Amira", "Otto", "Iris", "Olga"])
def test_an_id_that_is_not_there_is_not_found_on_any_route(walk: Walk, name: str) -> None:
    foreign: dict[str, object] = {**FOREIGN, "login_id": NO_SUCH_ID}
    found: dict[str, int] = {}
    for rule, method in requests(walk.house.app):
        if rule.arguments and wanted(walk, rule, name) == "admitted":
            answer = walk.open(rule, method, name, foreign)
            found |= {str(rule): answer.status_code} if answer.status_code != 404 else {}
    assert found == {}


@pytest.mark.parametrize("name", ["Basim", "Otto", "Iris", "Olga"])
def test_another_persons_ids_are_not_found(walk: Walk, name: str) -> None:
    """What is Amira's alone, and as a client her codes too, whatever else the person may see."""
    hers = {"invitation_id", "public_id", "request_id"}
    personal = PERSONAL if name != "Basim" else PERSONAL | hers
    tried: dict[str, int] = {}
    for rule, method in requests(walk.house.app):
        if rule.arguments & personal and wanted(walk, rule, name) == "admitted":
            is_theirs = "client_id" in rule.arguments
            answer = walk.open(rule, method, name, walk.own)
            tried |= {} if is_theirs else {str(rule): answer.status_code}
    assert tried
    assert set(tried.values()) == {404}


@pytest.mark.parametrize("name", ["Amira", "Olga"])
def test_nobody_keeps_what_is_personal_but_a_client_their_own_pages(walk: Walk, name: str) -> None:
    kept = {}
    for rule, method in requests(walk.house.app):
        answer = walk.open(rule, method, name, walk.own)
        if audience_of(walk.house.app, rule.endpoint) != EVERYBODY:
            assert "Cookie" in answer.headers["Vary"], rule
            kept[str(rule)] = answer.headers["Cache-Control"]
    exceptions = {rule: how for rule, how in kept.items() if how != "private, no-store"}
    own = dict.fromkeys(OWN_PAGES, "private, no-cache")
    # What is nobody's secret, and changes its address.
    staff = {"/staff/logo.png": "private, max-age=86400"}
    assert exceptions == (own if name == "Amira" else {} if name == NOBODY else staff)


def test_every_route_declares_its_audience(app: Flask) -> None:
    assert {
        rule.endpoint for rule in rules(app) if audience_of(app, rule.endpoint) is None
    } == set()


def test_what_is_open_to_everybody_is_a_short_known_list(app: Flask) -> None:
    opened = {rule.endpoint for rule in rules(app) if not audience_of(app, rule.endpoint)}
    known = {"favicon", "assets.show", "assets.style", "privacy.show", "wrong.show"}
    known |= {"about.show"}
    known |= {"service_worker.show", "card.show", "calendar_feed.show"}
    known |= {f"offline.{part}" for part in ("shell", "no_copy", "signed_out", "update")}
    known |= {"icons.show", "manifest.show"}
    getting_in = {f"sign_in.{step}" for step in ("show", "join", "enter", "staff", "enter_staff")}
    getting_in |= {"sign_in.leave", "welcome.show", "welcome.set_up"}
    getting_in |= {f"second_step.{step}" for step in ("show", "enter", "options")}
    getting_in |= {"second_step.enter_with_passkey"}
    getting_in |= {f"passkey_sign_in.{step}" for step in ("show", "options", "enter")}
    getting_in |= {"new_password.show", "new_password.choose", "today.show", "health.show"}
    assert opened - known - getting_in == set()
