"""Every address of a photo, as everybody, in every state of the photo: exactly what the one
function that decides it allows. A new address is one line in ADDRESSES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import NOON
from tests.web.house import House
from tests.web.shared_photos import Shared, make_shared
from webapp.domain.people import Role
from webapp.domain.photo_access import Act, PhotoFacts, Viewer, acts
from webapp.domain.photos import ConsentKind
from webapp.persistence.tables import Photo

SEES = frozenset({ConsentKind.KEPT, ConsentKind.SHOWN})
KEPT = frozenset({ConsentKind.KEPT})
NOBODY, SIGNED_OUT = "nobody", "Amira, signed out"
VIEWERS: dict[str, Role | None] = {
    NOBODY: None,
    SIGNED_OUT: None,
    "Amira": Role.CLIENT,
    "Basim": Role.CLIENT,
    "Otto": Role.RECEPTION,
    "Iris": Role.ARTIST,
    "Olga": Role.OWNER,
}
FOUND = {200, 303, 422}
# What is asked of somebody before they get where they wanted to.
FIRST = ("/sign-in", "/staff/confirm", "/staff/prove", "/staff/security", "/privacy")
NOT_DONE = ("HEAD", "OPTIONS")


TREATING = frozenset({Role.ARTIST, Role.OWNER})
OWNER = frozenset({Role.OWNER})
LOOKS, DESCRIBES = frozenset({Act.SEE}), frozenset({Act.DESCRIBE})
BINS, SEES_LOCKED = frozenset({Act.BIN}), frozenset({Act.SEE_LOCKED})


class Address(NamedTuple):
    """Where something is done with a photo: what it is, any of these, to which roles the page is
    open, and what a form there says."""

    pattern: str
    acts: frozenset[Act]
    roles: frozenset[Role] = frozenset({Role.CLIENT})
    method: str = "GET"
    data: dict[str, str] | None = None


ON = {"is_on": "yes"}
RESTORES, SAYS_WHY = frozenset({Act.RESTORE}), {"reason": "The insurer asks."}
ADDRESSES = [
    Address("/photos/{id}/320.webp", LOOKS),
    Address("/photos/{id}/1600.jpg", LOOKS),
    Address("/photos/{id}", LOOKS),
    Address("/photos/{id}?show=yes", LOOKS),
    Address("/photos/{id}/download", frozenset({Act.DOWNLOAD})),
    Address("/photos/{id}/release", frozenset({Act.RELEASE}), method="POST", data={"value": "yes"}),
    Address("/staff/photos/{id}/320.webp", LOOKS, TREATING),
    Address("/staff/photos/{id}/1600.jpg", LOOKS, TREATING),
    Address("/staff/photos/{id}", LOOKS, TREATING),
    Address("/staff/photos/{id}/download", frozenset({Act.DOWNLOAD}), TREATING),
    Address("/staff/photos/{id}/describe", DESCRIBES, TREATING, "POST", {"zone": "left"}),
    Address("/staff/photos/{id}/describe", DESCRIBES, TREATING, "POST", {"zone": "nowhere"}),
    Address("/staff/photos/{id}/mark", DESCRIBES, TREATING, "POST", ON),
    Address("/staff/photos/{id}/mark", DESCRIBES, TREATING, "POST"),
    Address("/staff/photos/{id}/share", frozenset({Act.SHARE}), TREATING, "POST", ON),
    Address("/staff/photos/{id}/share", frozenset({Act.SHARE}), TREATING, "POST"),
    Address("/staff/photos/{id}/delete", BINS, TREATING),
    Address("/staff/photos/{id}/delete", BINS, TREATING, "POST", {"word": "no"}),
    Address("/staff/photos/{id}/delete", BINS, TREATING, "POST", {"word": "delete"}),
    Address("/staff/photos/{id}/restore", RESTORES, TREATING, "POST"),
    Address("/staff/photos/{id}/locked", SEES_LOCKED, OWNER),
    Address("/staff/photos/{id}/locked", SEES_LOCKED, OWNER, "POST"),
    Address("/staff/photos/{id}/locked", SEES_LOCKED, OWNER, "POST", SAYS_WHY),
    # After saying why.
    Address("/staff/photos/{id}/locked/320.webp", SEES_LOCKED, OWNER),
]


def as_taken(shared: Shared, public_id: str) -> None:
    """As it is: shared, and agreed to."""


def unshared(shared: Shared, public_id: str) -> None:
    shared.share(public_id, is_shared=False)


def hidden(shared: Shared, public_id: str) -> None:
    shared.withdraw(ConsentKind.SHOWN)


def withdrawn(shared: Shared, public_id: str) -> None:
    shared.withdraw(ConsentKind.KEPT)


def binned(shared: Shared, public_id: str) -> None:
    shared.put_in_bin(public_id)


def locked(shared: Shared, public_id: str) -> None:
    shared.must_keep()
    shared.withdraw(ConsentKind.KEPT)


def locked_nonetheless(shared: Shared, public_id: str) -> None:
    shared.phone.change(Photo, locked_at=NOON)


# How a photo came to be as it is, and what access then depends on.
STATES: dict[str, tuple[Callable[[Shared, str], None], PhotoFacts]] = {
    "shared": (as_taken, PhotoFacts(0, is_shared=True, consents=SEES)),
    "unshared": (unshared, PhotoFacts(0, consents=SEES)),
    "shown withdrawn": (hidden, PhotoFacts(0, is_shared=True, consents=KEPT)),
    "kept withdrawn": (
        withdrawn,
        PhotoFacts(0, is_shared=True, is_binned=True, consents=frozenset({ConsentKind.SHOWN})),
    ),
    "in the bin": (binned, PhotoFacts(0, is_shared=True, is_binned=True, consents=SEES)),
    "locked though agreed to": (
        locked_nonetheless,
        PhotoFacts(0, is_shared=True, is_locked=True, consents=SEES),
    ),
    "locked": (
        locked,
        PhotoFacts(0, is_shared=True, is_locked=True, consents=frozenset({ConsentKind.SHOWN})),
    ),
}


@pytest.fixture
def shared(house: House) -> Shared:
    return make_shared(house)


def browser_of(house: House, name: str) -> FlaskClient:
    if VIEWERS[name] is not None:
        return house.treating(name)
    browser = house.browser()
    if name == SIGNED_OUT:
        signed_in = house.browser_of("Amira")
        cookie = signed_in.get_cookie("liftday")
        assert cookie is not None
        signed_in.post("/sign-out")
        # A copy of what the browser had, as somebody could have taken it.
        browser.set_cookie("liftday", cookie.value)
    return browser


def allowed(name: str, address: Address, facts: PhotoFacts) -> bool:
    """Whether the page is open to this person and the deed is theirs, by the domain."""
    role = VIEWERS[name]
    own_id = {"Amira": facts.client_id, "Basim": facts.client_id + 1}.get(name)
    viewer = Viewer(role, own_id) if role else None
    return role in address.roles and bool(address.acts & acts(viewer, facts))


def is_found(browser: FlaskClient, address: Address, public_id: str) -> bool:
    """Whether it is done, or its form shown once more; and not another page asked for first."""
    where = address.pattern.format(id=public_id)
    answer = browser.open(where, method=address.method, data=address.data)
    assert answer.status_code in {*FOUND, 302, 404}, answer.status
    is_found = answer.status_code in FOUND
    assert not (is_found and (answer.location or "").startswith(FIRST)), answer.location
    return is_found


@contextmanager
def as_it_was(shared: Shared, public_id: str) -> Iterator[None]:
    """Whatever becomes of the photo meanwhile, it is undone."""
    row = shared.row(public_id)
    before = {column.key: getattr(row, column.key) for column in Photo.__table__.columns}
    yield
    shared.phone.change(Photo, **before)


def in_the_table(app: Flask) -> set[tuple[str, str]]:
    """(rule, method) of every address in the table."""
    paths = [(one.pattern.format(id="x").partition("?")[0], one.method) for one in ADDRESSES]
    matched = app.url_map.bind("localhost")
    rules = [(matched.match(*one, return_rule=True)[0], one[1]) for one in paths]
    return {(str(rule), method) for rule, method in rules}


def test_every_address_of_a_photo_is_in_the_table(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if "public_id" in rule.arguments]
    methods = {(str(rule), method) for rule in rules for method in rule.methods or ()}
    assert {one for one in methods if one[1] not in NOT_DONE} == in_the_table(app)


@pytest.mark.parametrize("state", STATES)
def test_a_photo_is_met_by_exactly_whom_the_domain_allows(shared: Shared, state: str) -> None:
    public_id = shared.take()
    arrange, facts = STATES[state]
    arrange(shared, public_id)
    wrong: dict[tuple[str, str, str], bool] = {}
    for name in VIEWERS:
        browser = browser_of(shared.house, name)
        for address in ADDRESSES:
            with as_it_was(shared, public_id):
                found = is_found(browser, address, public_id)
            if found != allowed(name, address, facts):
                wrong[name, address.method, address.pattern] = found
    assert wrong == {}


def test_the_table_tells_somebody_from_nobody() -> None:
    shared, address = STATES["shared"][1], ADDRESSES[0]
    assert allowed("Amira", address, shared)
    for name in (NOBODY, SIGNED_OUT, "Basim", "Otto"):
        assert not any(allowed(name, one, shared) for one in ADDRESSES), name


@pytest.mark.parametrize("state", STATES)
def test_the_bar_says_photos_exactly_when_the_client_may_see_one(
    shared: Shared, state: str
) -> None:
    arrange, facts = STATES[state]
    arrange(shared, shared.take())
    page = shared.browser.get("/photos").text
    may_see = Act.SEE in acts(Viewer(Role.CLIENT, 0), facts)
    assert ("<span>Photos</span>" in page.partition('<nav class="bar"')[2]) == may_see
    assert ("<img" in page) == may_see
