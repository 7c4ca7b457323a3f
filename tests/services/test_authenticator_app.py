"""Staff set an authenticator app up and sign in with its codes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.services.factors_scene import Guarded, audit, make_guarded, secret_of, signed_in_again
from tests.services.scene import Scene
from webapp.domain.second_factors import Standing
from webapp.persistence.database import reading
from webapp.persistence.tables import AuthenticatorApp, LoginRecord
from webapp.services import (
    authenticator_app,
    second_factors,
    second_steps,
    staff_sign_in,
    tidying,
)
from webapp.services.attempts import MustWaitError, Source
from webapp.services.authenticator_app import AppExistsError, WrongAppCodeError
from webapp.services.errors import NotFoundError
from webapp.services.second_steps import StepOverError, WrongSecondCodeError


@pytest.fixture
def guarded(scene: Scene) -> Guarded:
    return make_guarded(scene)


@pytest.fixture
def with_app(guarded: Guarded) -> Guarded:
    guarded.add_app()
    return guarded


def standing(guarded: Guarded) -> Standing:
    reading().rollback()
    return second_factors.standing(signed_in_again(guarded.scene))


def test_an_app_counts_once_a_code_of_it_was_shown(guarded: Guarded) -> None:
    authenticator_app.begin(guarded.with_, guarded.person)
    assert standing(guarded) is Standing.MISSING
    with pytest.raises(WrongAppCodeError):
        authenticator_app.confirm(guarded.with_, guarded.person, "000000")
    authenticator_app.confirm(guarded.with_, guarded.person, guarded.code(is_new=True))
    assert standing(guarded) is Standing.UNPROVED
    assert ("app-added", "authenticator-app") in audit()


def test_the_key_is_shown_until_then_and_never_again(guarded: Guarded) -> None:
    authenticator_app.begin(guarded.with_, guarded.person)
    first = authenticator_app.begun(guarded.with_, guarded.person)
    assert first == authenticator_app.begun(guarded.with_, guarded.person)
    authenticator_app.begin(guarded.with_, guarded.person)
    assert first != authenticator_app.begun(guarded.with_, guarded.person)
    authenticator_app.confirm(guarded.with_, guarded.person, guarded.code(is_new=True))
    assert authenticator_app.begun(guarded.with_, guarded.person) is None
    with pytest.raises(AppExistsError):
        authenticator_app.begin(guarded.with_, guarded.person)


def test_the_key_is_not_readable_in_the_database(with_app: Guarded) -> None:
    stored = reading().scalars(select(AuthenticatorApp.sealed_secret)).one()
    assert secret_of(with_app.with_, with_app.person.account_id).encode() not in stored


def test_whoever_adds_an_app_has_proved_this_login_and_no_other(with_app: Guarded) -> None:
    rows = reading().execute(select(LoginRecord.id, LoginRecord.proved_at)).all()
    proved = {row[0] for row in rows if row[1] is not None}
    assert proved == {with_app.person.login_id}


def test_after_the_password_there_is_a_step_and_no_login(with_app: Guarded) -> None:
    step = with_app.at_second_step()
    assert second_steps.waits_for(with_app.with_, step.token) == with_app.person.account_id
    token = second_steps.enter_with_code(with_app.with_, step, with_app.code())
    assert with_app.found(token).proved_at == with_app.scene.clock.now()
    assert audit()[-2:] == [("login", "login"), ("second-factor", "login")]


def test_the_password_counts_from_when_it_was_typed(with_app: Guarded) -> None:
    step = with_app.at_second_step()
    with_app.scene.clock.advance(minutes=4)
    token = second_steps.enter_with_code(with_app.with_, step, with_app.code())
    person = with_app.found(token)
    with_app.scene.clock.advance(minutes=5, seconds=59)
    assert staff_sign_in.is_confirmed(with_app.with_, person)
    with_app.scene.clock.advance(seconds=1)
    assert not staff_sign_in.is_confirmed(with_app.with_, person)


@pytest.mark.parametrize(("seconds", "is_open"), [(299, True), (300, False)])
def test_a_step_is_open_for_five_minutes(with_app: Guarded, seconds: int, is_open: bool) -> None:
    step = with_app.at_second_step()
    with_app.scene.clock.advance(seconds=seconds)
    found = second_steps.waits_for(with_app.with_, step.token)
    assert (found is not None) is is_open
    if not is_open:
        with pytest.raises(StepOverError):
            second_steps.enter_with_code(with_app.with_, step, with_app.code())


def test_a_step_works_once(with_app: Guarded) -> None:
    step = with_app.at_second_step()
    second_steps.enter_with_code(with_app.with_, step, with_app.code())
    with_app.scene.clock.advance(seconds=30)
    with pytest.raises(StepOverError):
        second_steps.enter_with_code(with_app.with_, step, with_app.code())


@pytest.mark.parametrize("token", ["", "of-no-step"])
def test_without_a_step_no_code_opens_anything(with_app: Guarded, token: str) -> None:
    attempt = second_steps.StepAttempt(token, "a desk", {})
    with pytest.raises(StepOverError):
        second_steps.enter_with_code(with_app.with_, attempt, with_app.code())


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True)])
def test_clocks_may_be_one_step_off(with_app: Guarded, steps: int, is_right: bool) -> None:
    with_app.scene.clock.advance(minutes=5)
    step, code = with_app.at_second_step(), with_app.code(steps)
    if is_right:
        assert second_steps.enter_with_code(with_app.with_, step, code)
    else:
        with pytest.raises(WrongSecondCodeError):
            second_steps.enter_with_code(with_app.with_, step, code)


def test_a_code_works_once_and_with_it_all_before(with_app: Guarded) -> None:
    later, now = with_app.code(1), with_app.code()
    second_steps.enter_with_code(with_app.with_, with_app.at_second_step(), later)
    for code in (later, now):
        with pytest.raises(WrongSecondCodeError):
            second_steps.enter_with_code(with_app.with_, with_app.at_second_step(), code)


def test_the_code_that_set_the_app_up_is_used(guarded: Guarded) -> None:
    authenticator_app.begin(guarded.with_, guarded.person)
    code = guarded.code(is_new=True)
    authenticator_app.confirm(guarded.with_, guarded.person, code)
    with pytest.raises(WrongSecondCodeError):
        second_steps.enter_with_code(guarded.with_, guarded.at_second_step(), code)


def guess(guarded: Guarded, known: dict[int, Source] | None = None, times: int = 5) -> None:
    for _ in range(times):
        with pytest.raises(WrongSecondCodeError):
            second_steps.enter_with_code(guarded.with_, guarded.at_second_step(known), "000000")


def test_after_five_wrong_codes_the_account_waits_on_strange_devices(with_app: Guarded) -> None:
    guess(with_app)
    with pytest.raises(MustWaitError):
        second_steps.enter_with_code(with_app.with_, with_app.at_second_step(), with_app.code())
    known = {with_app.person.account_id: Source(b"a known device")}
    token = second_steps.enter_with_code(
        with_app.with_, with_app.at_second_step(known), with_app.code()
    )
    assert with_app.found(token).proved_at


def test_a_right_code_still_works_once_the_wait_is_over(with_app: Guarded) -> None:
    guess(with_app)
    with_app.scene.clock.advance(seconds=30)
    assert second_steps.enter_with_code(with_app.with_, with_app.at_second_step(), with_app.code())


def test_a_new_app_is_guessed_at_no_more_often(guarded: Guarded) -> None:
    authenticator_app.begin(guarded.with_, guarded.person)
    for _ in range(5):
        with pytest.raises(WrongAppCodeError):
            authenticator_app.confirm(guarded.with_, guarded.person, "000000")
    with pytest.raises(MustWaitError):
        authenticator_app.confirm(guarded.with_, guarded.person, guarded.code(is_new=True))


def test_a_login_that_began_without_proves_itself_later(with_app: Guarded) -> None:
    other = signed_in_again(with_app.scene)
    with pytest.raises(WrongSecondCodeError):
        second_steps.prove_with_code(with_app.with_, other, "000000")
    second_steps.prove_with_code(with_app.with_, other, with_app.code())
    proved = select(LoginRecord.proved_at).where(LoginRecord.id == other.login_id)
    assert reading().scalar(proved) == with_app.scene.clock.now()


def test_once_the_app_is_removed_no_code_works_and_no_login_counts(with_app: Guarded) -> None:
    step, code = with_app.at_second_step(), with_app.code()
    authenticator_app.remove(with_app.with_, with_app.person)
    with pytest.raises(WrongSecondCodeError):
        second_steps.enter_with_code(with_app.with_, step, code)
    assert standing(with_app) is Standing.MISSING
    assert set(reading().scalars(select(LoginRecord.proved_at))) == {None}
    with pytest.raises(NotFoundError):
        authenticator_app.remove(with_app.with_, with_app.person)


def test_what_was_begun_and_never_ended_is_tidied_away(guarded: Guarded) -> None:
    authenticator_app.begin(guarded.with_, guarded.person)
    guarded.scene.clock.advance(hours=23)
    assert tidying.tidy(guarded.with_)["apps"] == 0
    guarded.scene.clock.advance(hours=2)
    assert tidying.tidy(guarded.with_)["apps"] == 1


def test_an_app_that_counts_stays_and_steps_that_are_over_go(with_app: Guarded) -> None:
    with_app.at_second_step()
    with_app.scene.clock.advance(minutes=4)
    assert tidying.tidy(with_app.with_)["steps"] == 0
    with_app.scene.clock.advance(days=400)
    removed = tidying.tidy(with_app.with_)
    assert (removed["steps"], removed["apps"]) == (1, 0)
