"""Devices that are told by push: turned on once, repaired silently, never another person's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from tests.conftest import SetClock
from tests.services.hands import (
    ENDPOINT,
    WELCOME,
    Hand,
    another_hand,
    client_hand,
    holders,
    kinds,
    on_its_way,
    rows,
    state_of,
)
from tests.services.scene import Scene
from webapp.domain.pushes import SubscriptionError
from webapp.persistence.database import writing
from webapp.persistence.tables import PushSubscription
from webapp.services import logins, push_devices
from webapp.services.errors import NotFoundError
from webapp.services.push_devices import Reach

PRIVATE = "https://169.254.169.254/latest"


@pytest.fixture
def amira(scene: Scene) -> Hand:
    return client_hand(scene)


def test_a_device_turned_on_gets_one_welcome(scene: Scene, amira: Hand) -> None:
    assert amira.turn_on() is Reach.ON
    (row,) = rows()
    assert (row.account_id, row.login_id) == (amira.person.account_id, amira.person.login_id)
    assert (row.origin, row.key_id) == (
        "https://fcm.googleapis.com",
        scene.with_.push_keys.current_id(),
    )
    assert kinds() == [WELCOME]


def test_turning_on_again_what_is_on_tells_nothing_new(amira: Hand, clock: SetClock) -> None:
    amira.turn_on()
    clock.advance(minutes=5)
    assert amira.turn_on() is Reach.ON
    assert (len(rows()), kinds()) == (1, [WELCOME])


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": PRIVATE},
        {"endpoint": "http://fcm.googleapis.com/x"},
        {"endpoint": "https://fcm.googleapis.com.evil.example/x"},
        {"endpoint": ENDPOINT + "x" * 2048},
        {"endpoint": ""},
        {"p256dh": "AAAA"},
        {"auth": "%%%"},
    ],
)
def test_what_cannot_be_sent_to_is_refused(amira: Hand, change: dict[str, str]) -> None:
    amira.offered = replace(amira.offered, **change)
    with pytest.raises(SubscriptionError):
        amira.turn_on()
    with pytest.raises(SubscriptionError):
        amira.compare(amira.person.account_id)
    assert rows() == []


def test_an_endpoint_is_one_row_however_its_host_is_written(amira: Hand) -> None:
    amira.turn_on()
    plain = amira.offered.endpoint
    shouted = plain.replace("https://fcm.googleapis.com", "HTTPS://FCM.GoogleApis.com:443")
    amira.offered = replace(amira.offered, endpoint=shouted)
    assert amira.turn_on() is Reach.ON
    assert [row.endpoint for row in rows()] == [plain]


def test_a_device_turned_on_by_somebody_else_is_theirs_alone(scene: Scene, amira: Hand) -> None:
    basim = client_hand(scene, "Basim")
    amira.turn_on()
    delivery_id = on_its_way(scene, amira)
    basim.offered = amira.offered
    assert basim.turn_on() is Reach.ON
    assert holders() == [(basim.person.account_id, basim.person.login_id)]
    assert state_of(delivery_id) == "superseded"
    assert kinds() == [WELCOME, WELCOME]


def test_of_eleven_devices_the_one_not_seen_for_longest_goes(
    scene: Scene, amira: Hand, clock: SetClock
) -> None:
    hands = [amira, *(another_hand(scene, amira.person.account_id) for _ in range(10))]
    for hand in hands[:10]:
        clock.advance(minutes=1)
        hand.turn_on()
    clock.advance(minutes=1)
    amira.compare()
    hands[10].turn_on()
    left = {login_id for _, login_id in holders()}
    assert left == {hand.person.login_id for hand in hands} - {hands[1].person.login_id}


def test_a_login_that_has_ended_cannot_subscribe(scene: Scene, amira: Hand) -> None:
    logins.end(scene.with_, amira.person, amira.person.login_id)
    assert amira.turn_on() is Reach.OFF
    assert amira.compare(amira.person.account_id) is Reach.OFF
    assert rows() == []


def test_at_an_opening_a_device_that_is_on_is_noted_as_seen(amira: Hand, clock: SetClock) -> None:
    amira.turn_on()
    clock.advance(days=3)
    assert amira.compare() is Reach.ON
    assert [row.seen_at for row in rows()] == [clock.now()]
    assert kinds() == [WELCOME]


def test_a_new_address_of_the_same_browser_replaces_the_old_one(scene: Scene, amira: Hand) -> None:
    amira.turn_on()
    delivery_id = on_its_way(scene, amira)
    amira.resubscribe()
    assert amira.compare() is Reach.ON
    (row,) = rows()
    assert row.endpoint == amira.offered.endpoint
    assert state_of(delivery_id) == "pending"
    assert kinds() == [WELCOME]


def test_what_the_server_lost_is_registered_anew_without_a_welcome(amira: Hand) -> None:
    assert amira.compare(turned_on_by=amira.person.account_id) is Reach.ON
    assert (len(rows()), kinds()) == (1, [])


@pytest.mark.parametrize("turned_on_by", [0, 999])
def test_what_this_person_never_turned_on_stays_off(amira: Hand, turned_on_by: int) -> None:
    assert amira.compare(turned_on_by) is Reach.OFF
    assert rows() == []


def test_a_browser_that_holds_nothing_receives_nothing(scene: Scene, amira: Hand) -> None:
    amira.turn_on()
    account_id = amira.person.account_id
    assert push_devices.compare(scene.with_, amira.person, None, account_id) is Reach.OFF
    assert rows() == []


def test_a_device_that_changed_hands_without_a_sign_out_falls_silent(
    scene: Scene, amira: Hand
) -> None:
    amira.turn_on()
    basim = client_hand(scene, "Basim")
    basim.offered = amira.offered
    assert basim.compare(amira.person.account_id) is Reach.OFF
    assert rows() == []


def test_a_rotated_key_means_turn_on_again_and_sends_on_meanwhile(
    scene: Scene, amira: Hand
) -> None:
    amira.turn_on()
    scene.with_.push_keys.rotate()
    assert amira.compare() is Reach.AGAIN
    assert amira.turn_on() is Reach.AGAIN
    assert [row.disabled_at for row in rows()] == [None]
    amira.resubscribe()
    assert amira.turn_on() is Reach.ON
    assert [row.key_id for row in rows()] == [scene.with_.push_keys.current_id()]


def test_a_key_that_is_none_of_ours_registers_nothing(amira: Hand) -> None:
    amira.offered = replace(amira.offered, key="B" * 87)
    assert amira.turn_on() is Reach.AGAIN
    assert amira.compare(amira.person.account_id) is Reach.AGAIN
    assert rows() == []


def test_what_its_push_service_refuses_is_turned_on_again(amira: Hand, clock: SetClock) -> None:
    amira.turn_on()
    with writing() as writer:
        writer.execute(update(PushSubscription).values(disabled_at=clock.now()))
    assert amira.compare() is Reach.AGAIN
    listed = push_devices.devices_of(amira.with_, amira.person)
    assert [device.reach for device in listed] == [Reach.AGAIN]


def test_a_device_turned_off_from_elsewhere_stays_off(scene: Scene, amira: Hand) -> None:
    amira.turn_on()
    delivery_id = on_its_way(scene, amira, "claimed")
    tablet = another_hand(scene, amira.person.account_id)
    push_devices.turn_off(scene.with_, tablet.person, rows()[0].id)
    assert amira.compare(amira.person.account_id) is Reach.OFF
    amira.resubscribe()
    assert amira.compare(amira.person.account_id) is Reach.OFF
    assert state_of(delivery_id) == "superseded"
    assert push_devices.devices_of(scene.with_, tablet.person) == []


def test_what_is_left_of_a_device_turned_off_leads_nowhere(amira: Hand) -> None:
    amira.turn_on()
    push_devices.turn_off(amira.with_, amira.person, rows()[0].id)
    (row,) = rows()
    assert (row.endpoint, row.origin, row.p256dh, row.auth, row.key_id) == ("", "", "", "", "")
    assert amira.turn_on() is Reach.ON
    assert [row.endpoint for row in rows()] == [amira.offered.endpoint]


def test_nobody_turns_off_another_persons_device(scene: Scene, amira: Hand) -> None:
    amira.turn_on()
    basim = client_hand(scene, "Basim")
    with pytest.raises(NotFoundError):
        push_devices.turn_off(scene.with_, basim.person, rows()[0].id)
    assert amira.compare() is Reach.ON


def test_devices_are_listed_with_the_one_in_hand_first(
    scene: Scene, amira: Hand, clock: SetClock
) -> None:
    amira.turn_on()
    clock.advance(minutes=1)
    another_hand(scene, amira.person.account_id).turn_on()
    listed = push_devices.devices_of(scene.with_, amira.person)
    assert [device.is_this for device in listed] == [True, False]
    assert {device.device for device in listed} == {"iPhone, Safari"}
