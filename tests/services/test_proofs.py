"""A test of a device is answered honestly: accepted, no device, rejected; never delivered."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from tests.conftest import SetClock
from tests.services.hands import TEST, WELCOME, Hand, client_hand, kinds, on_its_way, rows
from tests.services.scene import Scene
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Delivery, Notice
from webapp.services import proofs, push_devices
from webapp.services.errors import NotFoundError
from webapp.services.proofs import Outcome


@pytest.fixture
def amira(scene: Scene) -> Hand:
    hand = client_hand(scene)
    hand.turn_on()
    return hand


def ask(scene: Scene, hand: Hand) -> int:
    return proofs.send_test(scene.with_, hand.person, rows()[0].id)


def outcome(scene: Scene, hand: Hand, notice_id: int) -> Outcome:
    reading().rollback()
    return proofs.result_of(scene.with_, hand.person, notice_id).outcome


def tell(notice_id: int) -> None:
    """What the worker does with a notice that is due."""
    with writing() as writer:
        writer.execute(update(Notice).where(Notice.id == notice_id).values(state="told"))


def test_a_test_is_due_at_once_for_that_one_device(
    scene: Scene, amira: Hand, clock: SetClock
) -> None:
    notice_id = ask(scene, amira)
    row = reading().get(Notice, notice_id)
    assert row is not None
    assert (row.kind, row.due_at, row.state) == (TEST, clock.now(), "planned")
    assert row.content == {"subscription_id": rows()[0].id}
    assert kinds() == [WELCOME, TEST]


def test_whoever_taps_twice_asked_once(scene: Scene, amira: Hand, clock: SetClock) -> None:
    first = ask(scene, amira)
    clock.advance(seconds=29)
    assert ask(scene, amira) == first
    clock.advance(seconds=1)
    assert ask(scene, amira) != first


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("pending", Outcome.WAITING),
        ("claimed", Outcome.WAITING),
        ("accepted", Outcome.ACCEPTED),
        ("gone", Outcome.NO_DEVICE),
        ("superseded", Outcome.NO_DEVICE),
        ("failed", Outcome.REJECTED),
        ("expired", Outcome.REJECTED),
    ],
)
def test_every_state_of_the_delivery_has_an_honest_answer(
    scene: Scene, amira: Hand, state: str, expected: Outcome
) -> None:
    notice_id = ask(scene, amira)
    assert outcome(scene, amira, notice_id) is Outcome.WAITING
    on_its_way(scene, amira, state)
    tell(notice_id)
    assert outcome(scene, amira, notice_id) is expected


def test_told_to_nobody_is_no_device(scene: Scene, amira: Hand) -> None:
    notice_id = ask(scene, amira)
    tell(notice_id)
    assert outcome(scene, amira, notice_id) is Outcome.NO_DEVICE


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(29, Outcome.WAITING), (30, Outcome.LATE), (599, Outcome.LATE), (600, Outcome.REJECTED)],
)
def test_a_test_that_nobody_sends_says_so_in_the_end(
    scene: Scene, amira: Hand, clock: SetClock, seconds: int, expected: Outcome
) -> None:
    notice_id = ask(scene, amira)
    clock.advance(seconds=seconds)
    assert outcome(scene, amira, notice_id) is expected


def test_the_answer_names_the_device_and_when(scene: Scene, amira: Hand, clock: SetClock) -> None:
    notice_id = ask(scene, amira)
    on_its_way(scene, amira, "accepted")
    accepted_at = clock.advance(seconds=2)
    with writing() as writer:
        writer.execute(update(Delivery).values(settled_at=accepted_at))
    clock.advance(hours=1)
    result = proofs.result_of(scene.with_, amira.person, notice_id)
    assert (result.device, result.at) == ("iPhone, Safari", accepted_at)


def test_a_device_that_is_off_has_no_test(scene: Scene, amira: Hand) -> None:
    subscription_id = rows()[0].id
    push_devices.turn_off(scene.with_, amira.person, subscription_id)
    with pytest.raises(NotFoundError):
        proofs.send_test(scene.with_, amira.person, subscription_id)


def test_tests_are_their_askers_alone_and_other_notices_are_none(scene: Scene, amira: Hand) -> None:
    basim = client_hand(scene, "Basim")
    notice_id = ask(scene, amira)
    welcome = reading().scalars(select(Notice.id).where(Notice.kind == WELCOME)).one()
    for person, asked in ((basim.person, notice_id), (amira.person, welcome)):
        with pytest.raises(NotFoundError):
            proofs.result_of(scene.with_, person, asked)
    with pytest.raises(NotFoundError):
        proofs.send_test(scene.with_, basim.person, rows()[0].id)
