"""When a phone is lost: recovery codes, and the owner who takes factors away."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.services.factors_scene import EMAIL, Guarded, audit, make_guarded
from tests.services.scene import Scene
from webapp.domain.codes import in_groups
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Account, LoginRecord, RecoveryCode, SignInStep
from webapp.services import authenticator_app, recovery_codes, second_factors, second_steps
from webapp.services.errors import NotFoundError
from webapp.services.second_steps import WrongSecondCodeError


@pytest.fixture
def guarded(scene: Scene) -> Guarded:
    found = make_guarded(scene)
    found.add_app()
    return found


def enter(guarded: Guarded, code: str) -> str:
    return second_steps.enter_with_code(guarded.with_, guarded.at_second_step(), code)


def test_ten_different_codes_each_work_once(guarded: Guarded) -> None:
    codes = recovery_codes.make(guarded.with_, guarded.person)
    assert len(set(codes)) == 10
    assert enter(guarded, codes[0])
    with pytest.raises(WrongSecondCodeError):
        enter(guarded, codes[0])
    assert second_factors.of(guarded.person.account_id).codes_left == 9
    assert ("recovery-used", "recovery-code") in audit()


def test_a_code_may_be_typed_in_groups_and_small_letters(guarded: Guarded) -> None:
    codes = recovery_codes.make(guarded.with_, guarded.person)
    assert enter(guarded, "-".join(in_groups(codes[3])).lower())


def test_codes_are_hashed_and_a_newer_set_replaces_them(guarded: Guarded) -> None:
    codes = recovery_codes.make(guarded.with_, guarded.person)
    stored = reading().scalars(select(RecoveryCode.code_hash)).all()
    assert {len(one) for one in stored} == {32}
    assert not any(code.encode() in one for code in codes for one in stored)
    recovery_codes.make(guarded.with_, guarded.person)
    with pytest.raises(WrongSecondCodeError):
        enter(guarded, codes[1])


def test_a_colleague_s_code_opens_nothing(guarded: Guarded) -> None:
    with writing() as writer:
        made = guarded.with_.seal.digest(f"recovery {guarded.scene.otto.account_id} K7QMA3XPK7QM")
        row = RecoveryCode(account_id=guarded.scene.otto.account_id, code_hash=made)
        row.made_at = guarded.scene.clock.now()
        writer.add(row)
    with pytest.raises(WrongSecondCodeError):
        enter(guarded, "K7QMA3XPK7QM")


def test_codes_stand_for_something_and_go_with_it(guarded: Guarded) -> None:
    with pytest.raises(NotFoundError):
        recovery_codes.make(guarded.with_, guarded.scene.otto)
    recovery_codes.make(guarded.with_, guarded.person)
    authenticator_app.remove(guarded.with_, guarded.person)
    assert reading().scalars(select(RecoveryCode.id)).all() == []


def test_a_reset_takes_everything_and_signs_all_devices_out(guarded: Guarded) -> None:
    guarded.add_passkey()
    recovery_codes.make(guarded.with_, guarded.person)
    guarded.at_second_step()
    second_factors.reset(guarded.with_, guarded.scene.otto, guarded.person.account_id)
    found = second_factors.of(guarded.person.account_id)
    assert (found.has_one, found.codes_left) == (False, 0)
    assert reading().scalars(select(SignInStep.id)).all() == []
    live = select(LoginRecord.id).where(LoginRecord.ended_at.is_(None))
    assert reading().scalars(live.where(LoginRecord.account_id == 1)).all() == []
    assert audit()[-1] == ("factors-reset", "account")


def test_at_the_terminal_an_owner_alone_is_reset(guarded: Guarded) -> None:
    with pytest.raises(NotFoundError):
        second_factors.reset_owner(guarded.with_, EMAIL)
    with writing() as writer:
        writer.get_one(Account, guarded.person.account_id).role = "owner"
    second_factors.reset_owner(guarded.with_, f" {EMAIL.upper()} ")
    assert not second_factors.of(guarded.person.account_id).has_one


def test_nobody_who_is_not_of_the_staff_is_reset(guarded: Guarded) -> None:
    with pytest.raises(NotFoundError):
        second_factors.reset(guarded.with_, guarded.person, 999_999)
