"""Whatever ends a login ends the push to its device, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.conftest import SetClock
from tests.services.hands import (
    Hand,
    another_hand,
    client_hand,
    holders,
    on_its_way,
    rows,
    state_of,
)
from tests.services.scene import Scene
from webapp.persistence import login_records
from webapp.persistence.database import writing
from webapp.persistence.tables import Consent, PrivacyNotice
from webapp.services import logins, privacy, push_devices, staff_accounts, tidying
from webapp.services.push_devices import Reach


def sign_out(scene: Scene, hand: Hand) -> None:
    logins.end(scene.with_, hand.person, hand.person.login_id)


def sign_out_from_elsewhere(scene: Scene, hand: Hand) -> None:
    tablet = another_hand(scene, hand.person.account_id)
    logins.end(scene.with_, tablet.person, hand.person.login_id)


def end_all(scene: Scene, hand: Hand) -> None:
    """What a new password does."""
    with writing() as writer:
        login_records.end_all(writer, hand.person.account_id, scene.clock.now())


def disable(scene: Scene, hand: Hand) -> None:
    staff_accounts.disable(scene.with_, scene.iris, hand.person.account_id)


def somebody_else_signs_in_there(scene: Scene, hand: Hand) -> None:
    basim = client_hand(scene, "Basim")
    logins.take_over(scene.with_, hand.token, basim.token)


def lapse_for_good(scene: Scene, hand: Hand) -> None:
    scene.clock.advance(days=400)
    tidying.tidy(scene.with_)


DOORS = [sign_out, sign_out_from_elsewhere, end_all, disable, somebody_else_signs_in_there]


@pytest.mark.parametrize("door", [*DOORS, lapse_for_good])
def test_every_door_out_of_a_login_ends_its_push(
    scene: Scene, door: Callable[[Scene, Hand], None]
) -> None:
    hand = another_hand(scene, scene.otto.account_id)
    other = client_hand(scene)
    hand.turn_on()
    other.turn_on()
    waiting, claimed = on_its_way(scene, hand), on_its_way(scene, hand, "claimed")
    door(scene, hand)
    assert hand.person.login_id not in {login_id for _, login_id in holders()}
    assert {state_of(waiting), state_of(claimed)} == {"superseded"}


def test_other_devices_of_the_account_go_on_receiving(scene: Scene) -> None:
    phone = client_hand(scene)
    tablet = another_hand(scene, phone.person.account_id)
    phone.turn_on()
    tablet.turn_on()
    delivery_id = on_its_way(scene, tablet)
    sign_out(scene, phone)
    assert [login_id for _, login_id in holders()] == [tablet.person.login_id]
    assert state_of(delivery_id) == "pending"


def test_what_was_accepted_stays_told_as_it_was(scene: Scene) -> None:
    phone = client_hand(scene)
    phone.turn_on()
    delivery_id = on_its_way(scene, phone, "accepted")
    sign_out(scene, phone)
    assert state_of(delivery_id) == "accepted"


def test_a_sign_out_that_fails_ends_neither(scene: Scene) -> None:
    phone = client_hand(scene)
    phone.turn_on()
    # The last step of a sign-out meets a database that has no room for it.
    with writing() as writer:
        writer.execute(text("ALTER TABLE audit_events RENAME TO away"))
    with pytest.raises(OperationalError):
        sign_out(scene, phone)
    with writing() as writer:
        writer.execute(text("ALTER TABLE away RENAME TO audit_events"))
    assert phone.compare() is Reach.ON


def test_whoever_signs_in_again_in_the_same_browser_goes_on_receiving(
    scene: Scene, clock: SetClock
) -> None:
    evening = another_hand(scene, scene.otto.account_id)
    evening.turn_on()
    clock.advance(hours=14)
    assert logins.find(scene.with_, evening.token) is None
    morning = another_hand(scene, scene.otto.account_id)
    logins.take_over(scene.with_, evening.token, morning.token)
    assert holders() == [(scene.otto.account_id, morning.person.login_id)]


@pytest.mark.parametrize(("days", "is_left"), [(6.99, True), (7, False)])
def test_staff_who_did_not_come_back_for_a_week_are_told_no_more(
    scene: Scene, clock: SetClock, days: float, is_left: bool
) -> None:
    another_hand(scene, scene.otto.account_id).turn_on()
    clock.advance(days=days)
    tidying.tidy(scene.with_)
    assert bool(rows()) is is_left


def test_a_client_who_withdraws_consent_is_told_no_more(scene: Scene) -> None:
    phone = client_hand(scene)
    with writing() as writer:
        now = scene.clock.now()
        writer.add(PrivacyNotice(version=1, text="We keep.", published_at=now))
        writer.add(Consent(account_id=phone.person.account_id, notice_version=1, consented_at=now))
    phone.turn_on()
    delivery_id = on_its_way(scene, phone)
    privacy.withdraw(scene.with_, phone.person)
    assert push_devices.devices_of(scene.with_, phone.person) == []
    assert state_of(delivery_id) == "superseded"
    # Agreeing again turns nothing on by itself.
    assert phone.compare(phone.person.account_id) is Reach.OFF
