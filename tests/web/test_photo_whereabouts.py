"""Every page that tells of several photos, as everybody, in every state of one of them: it tells of
that one to exactly whom the one function that decides it allows."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

import pytest

from tests.services.photo_scene import jpeg
from tests.web.house import House
from tests.web.shared_photos import Shared, make_shared
from tests.web.test_photo_access import (
    FOUND,
    LOOKS,
    OWNER,
    SEES_LOCKED,
    STATES,
    TREATING,
    VIEWERS,
    Address,
    allowed,
    browser_of,
)
from webapp.domain.photo_access import Act
from webapp.domain.photos import Zone
from webapp.services import photo_keeping, photo_uploads
from webapp.services.photo_uploads import NewPhoto

ALBUM = "/staff/clients/{client}/photos"
PAGES = [
    Address("/photos", LOOKS),
    Address("/photos?show=yes", LOOKS),
    Address("/photos/compare?zone=crown&show=yes", LOOKS),
    Address("/photos/compare?first={photo}&second={other}&show=yes", LOOKS),
    Address("/photos/asked/{request}?show=yes", LOOKS),
    Address(ALBUM, LOOKS, TREATING),
    Address(f"{ALBUM}?request={{request}}", LOOKS, TREATING),
    Address(f"{ALBUM}/compare?a={{photo}}&b={{other}}", LOOKS, TREATING),
    Address(f"{ALBUM}/compare?a={{other}}&b={{photo}}", LOOKS, TREATING),
    Address(f"{ALBUM}/bin", frozenset({Act.SEE_BINNED}), TREATING),
    Address(f"{ALBUM}/locked", SEES_LOCKED, OWNER),
]


class Sent(NamedTuple):
    """Values of the pages' addresses."""

    client: int
    request: int
    photo: str
    other: str


@pytest.fixture
def shared(house: House) -> Shared:
    return make_shared(house)


def sent_by(shared: Shared) -> Sent:
    """A photo that Amira has sent because she was asked, shared; with another one beside
    it."""
    request_id = shared.ask(Zone.CROWN)
    with shared.as_("Amira") as amira:
        new = NewPhoto(shared.client_id, Zone.CROWN, request_id=request_id)
        photo = photo_uploads.receive(shared.with_, amira, new, BytesIO(jpeg(colour="black")))
    shared.share(photo.public_id)
    return Sent(shared.client_id, request_id, photo.public_id, shared.take(Zone.CROWN))


def tells_of(shared: Shared, name: str, where: str, public_id: str) -> bool:
    """Whether the page has this photo on it."""
    answer = browser_of(shared.house, name).get(where, buffered=True)
    assert answer.status_code in {*FOUND, 302, 404}, answer.status
    return answer.status_code in FOUND and public_id.encode() in answer.data


@pytest.mark.parametrize("state", STATES)
def test_a_page_tells_of_a_photo_to_exactly_whom_the_domain_allows(
    shared: Shared, state: str
) -> None:
    sent = sent_by(shared)
    arrange, facts = STATES[state]
    arrange(shared, sent.photo)
    wrong: dict[tuple[str, str], bool] = {}
    for name in VIEWERS:
        for page in PAGES:
            where = page.pattern.format(**sent._asdict())
            found = tells_of(shared, name, where, sent.photo)
            if found != allowed(name, page, facts):
                wrong[name, page.pattern] = found
    assert wrong == {}


@pytest.mark.parametrize("state", STATES)
def test_the_archive_is_the_owners_and_holds_a_photo_in_every_state(
    shared: Shared, state: str
) -> None:
    sent = sent_by(shared)
    STATES[state][0](shared, sent.photo)
    where = f"/staff/clients/{sent.client}/photos/export"
    assert [name for name in VIEWERS if tells_of(shared, name, where, sent.photo)] == ["Olga"]


@pytest.mark.parametrize("state", STATES)
def test_the_board_tells_of_a_marked_photo_to_exactly_whom_the_domain_allows(
    shared: Shared, state: str
) -> None:
    public_id, (arrange, facts) = shared.take(), STATES[state]
    with shared.as_("Iris") as iris:
        photo_keeping.mark(shared.with_, iris, public_id, is_marked=True)
    arrange(shared, public_id)
    told = {name for name in VIEWERS if tells_of(shared, name, "/staff", public_id)}
    board = Address("/staff", LOOKS, TREATING)
    assert told == {name for name in VIEWERS if allowed(name, board, facts)}
