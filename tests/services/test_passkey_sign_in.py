"""Staff add passkeys and sign in with them: after the password, or instead of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.gateways.authenticating_device import PRESENT, Device
from tests.services.factors_scene import Guarded, audit, make_guarded, signed_in_again
from tests.services.scene import Scene
from webapp.domain.second_factors import MOST_PASSKEYS, PasskeyRefusedError, Standing
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Account, PasskeyHandle
from webapp.services import passkey_sign_in, passkeys, second_factors, staff_sign_in
from webapp.services.errors import NotFoundError
from webapp.services.passkeys import TooManyPasskeysError
from webapp.services.second_steps import StepAttempt, StepOverError


@pytest.fixture
def guarded(scene: Scene) -> Guarded:
    found = make_guarded(scene)
    found.add_passkey()
    return found


def after_password(guarded: Guarded, device: Device | None = None) -> str:
    step = guarded.at_second_step()
    answer = (device or guarded.device).show(passkey_sign_in.ask_second(guarded.with_, step.token))
    return passkey_sign_in.enter_with_passkey(guarded.with_, step, answer)


def test_a_passkey_follows_the_password(guarded: Guarded) -> None:
    assert guarded.found(after_password(guarded)).proved_at == guarded.scene.clock.now()
    assert second_factors.of(guarded.person.account_id).passkeys[0].used_at


def test_a_passkey_alone_is_password_and_second_factor_at_once(guarded: Guarded) -> None:
    person = guarded.found(guarded.alone())
    assert person.account_id == guarded.person.account_id
    assert second_factors.standing(person) is Standing.PROVED
    assert staff_sign_in.is_confirmed(guarded.with_, person)


def test_a_passkey_that_did_not_ask_for_its_holder_opens_nothing(guarded: Guarded) -> None:
    careless = replace(guarded.device, flags=PRESENT)
    with pytest.raises(PasskeyRefusedError):
        guarded.alone(careless)
    with pytest.raises(PasskeyRefusedError):
        after_password(guarded, careless)


def test_a_challenge_is_answered_once(guarded: Guarded) -> None:
    token, asked = passkey_sign_in.ask_alone(guarded.with_)
    attempt = StepAttempt(token, "a desk", {})
    for answer in ("nonsense", guarded.device.show(asked)):
        with pytest.raises(PasskeyRefusedError):
            passkey_sign_in.enter_alone(guarded.with_, attempt, answer)


def test_a_challenge_belongs_to_one_browser(guarded: Guarded) -> None:
    _, asked = passkey_sign_in.ask_alone(guarded.with_)
    elsewhere, _ = passkey_sign_in.ask_alone(guarded.with_)
    with pytest.raises(PasskeyRefusedError):
        passkey_sign_in.enter_alone(
            guarded.with_, StepAttempt(elsewhere, "a desk", {}), guarded.device.show(asked)
        )


@pytest.mark.parametrize(("seconds", "is_open"), [(299, True), (300, False)])
def test_a_challenge_ends_after_five_minutes(guarded: Guarded, seconds: int, is_open: bool) -> None:
    token, asked = passkey_sign_in.ask_alone(guarded.with_)
    attempt, answer = StepAttempt(token, "a desk", {}), guarded.device.show(asked)
    guarded.scene.clock.advance(seconds=seconds)
    if is_open:
        assert passkey_sign_in.enter_alone(guarded.with_, attempt, answer)
    else:
        with pytest.raises(PasskeyRefusedError):
            passkey_sign_in.enter_alone(guarded.with_, attempt, answer)


def test_an_answer_to_the_second_step_does_not_open_as_a_passkey_alone(guarded: Guarded) -> None:
    step = guarded.at_second_step()
    answer = guarded.device.show(passkey_sign_in.ask_second(guarded.with_, step.token))
    with pytest.raises(PasskeyRefusedError):
        passkey_sign_in.enter_alone(guarded.with_, step, answer)
    with pytest.raises(StepOverError):
        passkey_sign_in.ask_second(guarded.with_, "of-no-step")


def test_a_colleague_s_passkey_is_no_second_factor(guarded: Guarded) -> None:
    otto = guarded.scene.otto
    device = Device()
    asked = passkeys.ask_to_add(guarded.with_, otto)
    passkeys.add(guarded.with_, otto, device.make(asked), "His phone")
    with pytest.raises(PasskeyRefusedError):
        after_password(guarded, device)


def test_a_copied_key_shows_by_its_count(guarded: Guarded) -> None:
    copied = replace(guarded.device)
    guarded.alone()
    with pytest.raises(PasskeyRefusedError):
        guarded.alone(copied)


def test_who_may_not_sign_in_does_not_by_passkey_either(guarded: Guarded) -> None:
    with writing() as writer:
        account = writer.get_one(Account, guarded.person.account_id)
        account.disabled_at = guarded.scene.clock.now()
    with pytest.raises(StepOverError):
        guarded.alone()


def test_a_removed_passkey_opens_nothing_and_another_still_does(guarded: Guarded) -> None:
    second = Device()
    kept = guarded.add_passkey(second, "Her key")
    first = second_factors.of(guarded.person.account_id).passkeys[0].id
    passkeys.rename(guarded.with_, guarded.person, kept, "Blue key")
    passkeys.remove(guarded.with_, guarded.person, first)
    with pytest.raises(PasskeyRefusedError):
        guarded.alone()
    assert guarded.alone(second)
    assert [one.name for one in second_factors.of(guarded.person.account_id).passkeys] == [
        "Blue key"
    ]
    done = [action for action, _ in audit() if action.startswith("passkey")]
    assert done == ["passkey-added", "passkey-added", "passkey-renamed", "passkey-removed"]


def test_nobody_changes_a_colleague_s_passkey(guarded: Guarded) -> None:
    passkey_id = second_factors.of(guarded.person.account_id).passkeys[0].id
    with pytest.raises(NotFoundError):
        passkeys.one(guarded.scene.otto, passkey_id)
    with pytest.raises(NotFoundError):
        passkeys.rename(guarded.with_, guarded.scene.otto, passkey_id, "mine")
    with pytest.raises(NotFoundError):
        passkeys.remove(guarded.with_, guarded.scene.otto, passkey_id)


def test_one_device_is_added_once_and_nobody_needs_more_than_ten(guarded: Guarded) -> None:
    with pytest.raises(PasskeyRefusedError):
        guarded.add_passkey()
    for _ in range(MOST_PASSKEYS - 1):
        guarded.add_passkey(Device())
    with pytest.raises(TooManyPasskeysError):
        passkeys.ask_to_add(guarded.with_, guarded.person)


def test_devices_know_an_account_by_a_random_name_that_stays(guarded: Guarded) -> None:
    second = Device()
    guarded.add_passkey(second)
    assert second.handle == guarded.device.handle
    assert len(second.handle) == 32
    assert reading().scalars(select(PasskeyHandle.handle)).all() == [second.handle]


def test_a_login_that_began_without_proves_itself_by_passkey(guarded: Guarded) -> None:
    other = signed_in_again(guarded.scene)
    asked = passkey_sign_in.ask_to_prove(guarded.with_, other)
    with pytest.raises(PasskeyRefusedError):
        passkey_sign_in.prove_with_passkey(
            guarded.with_, guarded.scene.otto, guarded.device.show(asked)
        )
    passkey_sign_in.prove_with_passkey(guarded.with_, other, guarded.device.show(asked))
    assert audit()[-1] == ("second-factor", "login")
