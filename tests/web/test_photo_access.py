"""Every address of a photo, as everybody, in every state of the photo: exactly what the one
function that decides it allows. A new address is one line in ADDRESSES."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
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
FOUND = {200, 303}


TREATING = frozenset({Role.ARTIST, Role.OWNER})
OWNER = frozenset({Role.OWNER})
LOOKS = frozenset({Act.SEE})


class Address(NamedTuple):
    """Where something is done with a photo: what it is, any of these, and to which roles the page
    is open."""

    pattern: str
    acts: frozenset[Act]
    roles: frozenset[Role] = frozenset({Role.CLIENT})
    method: str = "GET"


ADDRESSES = [
    Address("/photos/{id}/320.webp", frozenset({Act.SEE})),
    Address("/photos/{id}/1600.jpg", frozenset({Act.SEE})),
    Address("/photos/{id}", frozenset({Act.SEE})),
    Address("/photos/{id}?show=yes", frozenset({Act.SEE})),
    Address("/photos/{id}/download", frozenset({Act.DOWNLOAD})),
    Address("/photos/{id}/release", frozenset({Act.RELEASE}), method="POST"),
    Address("/staff/photos/{id}/320.webp", LOOKS, TREATING),
    Address("/staff/photos/{id}/1600.jpg", LOOKS, TREATING),
    Address("/staff/photos/{id}", LOOKS, TREATING),
    Address("/staff/photos/{id}/download", frozenset({Act.DOWNLOAD}), TREATING),
    Address("/staff/photos/{id}/delete", frozenset({Act.BIN}), TREATING),
    Address("/staff/photos/{id}/locked", frozenset({Act.SEE_LOCKED}), OWNER),
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
    answer = browser.open(
        address.pattern.format(id=public_id), method=address.method, data={"value": "yes"}
    )
    assert answer.status_code in {*FOUND, 302, 404}, answer.status
    return answer.status_code in FOUND


@pytest.mark.parametrize("state", STATES)
def test_a_photo_is_met_by_exactly_whom_the_domain_allows(shared: Shared, state: str) -> None:
    public_id = shared.take()
    arrange, facts = STATES[state]
    arrange(shared, public_id)
    wrong: dict[tuple[str, str], bool] = {}
    for name in VIEWERS:
        browser = browser_of(shared.house, name)
        for address in ADDRESSES:
            found, expected = is_found(browser, address, public_id), allowed(name, address, facts)
            wrong |= {(name, address.pattern): found} if found != expected else {}
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
