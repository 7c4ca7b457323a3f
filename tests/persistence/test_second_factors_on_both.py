"""What works once works once, however many try at the same instant, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pytest
from flask import Flask

from tests.conftest import SetClock
from tests.services.factors_scene import Guarded, make_guarded
from tests.services.scene import make_scene
from webapp.domain.second_factors import PasskeyRefusedError, StepPurpose
from webapp.persistence import second_factors
from webapp.persistence.database import writing
from webapp.services import passkey_challenges, passkey_sign_in, recovery_codes, second_steps
from webapp.services import second_factors as factors
from webapp.services.attempts import MustWaitError
from webapp.services.passkey_challenges import key_of
from webapp.services.second_steps import StepAttempt, StepOverError, WrongSecondCodeError

AT_ONCE = 12
REFUSALS = (WrongSecondCodeError, StepOverError, PasskeyRefusedError, MustWaitError)


@pytest.fixture
def guarded(app_on_both: Flask, clock: SetClock) -> Guarded:
    found = make_guarded(make_scene(app_on_both, clock))
    found.add_app()
    return found


def at_once(app: Flask, tries: Sequence[Callable[[], str]]) -> tuple[list[str], list[Exception]]:
    """Run them all at the same instant; returns what came out, and how they were refused."""
    start = threading.Barrier(len(tries))
    tokens: list[str] = []
    refused: list[Exception] = []

    def run(one: Callable[[], str]) -> None:
        with app.app_context():
            start.wait(timeout=30)
            try:
                tokens.append(one())
            except REFUSALS as error:
                refused.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return tokens, refused


def with_code(guarded: Guarded, step: StepAttempt, code: str) -> Callable[[], str]:
    return lambda: second_steps.enter_with_code(guarded.with_, step, code)


def test_of_many_steps_with_one_code_exactly_one_gets_in(
    app_on_both: Flask, guarded: Guarded
) -> None:
    code = guarded.code()
    tries = [with_code(guarded, guarded.at_second_step(), code) for _ in range(AT_ONCE)]
    tokens, refused = at_once(app_on_both, tries)
    assert (len(tokens), len(refused)) == (1, AT_ONCE - 1)


def test_the_database_alone_accepts_a_time_step_once(app_on_both: Flask, guarded: Guarded) -> None:
    account_id, now = guarded.person.account_id, guarded.scene.clock.now()

    def use() -> str:
        with writing() as writer:
            if not second_factors.use_step(writer, account_id, 10**9, now):
                raise WrongSecondCodeError
        return "used"

    tokens, _ = at_once(app_on_both, [use] * AT_ONCE)
    assert tokens == ["used"]


def test_a_recovery_code_is_used_once(app_on_both: Flask, guarded: Guarded) -> None:
    code = recovery_codes.make(guarded.with_, guarded.person)[0]
    tries = [with_code(guarded, guarded.at_second_step(), code) for _ in range(AT_ONCE)]
    tokens, _ = at_once(app_on_both, tries)
    assert len(tokens) == 1
    assert factors.of(guarded.person.account_id).codes_left == 9


def test_one_step_becomes_one_login(app_on_both: Flask, guarded: Guarded) -> None:
    codes, step = recovery_codes.make(guarded.with_, guarded.person), guarded.at_second_step()
    tokens, refused = at_once(app_on_both, [with_code(guarded, step, code) for code in codes])
    assert len(tokens) == 1
    assert {type(one) for one in refused} == {StepOverError}


def test_a_challenge_is_taken_once(app_on_both: Flask, guarded: Guarded) -> None:
    passkey_sign_in.ask_to_prove(guarded.with_, guarded.person)
    key = key_of(StepPurpose.PROVE, guarded.person.login_id)

    def take() -> str:
        return passkey_challenges.take(key, guarded.scene.clock.now())[1].hex()

    taken, refused = at_once(app_on_both, [take] * AT_ONCE)
    assert (len(taken), len(refused)) == (1, AT_ONCE - 1)


def test_one_challenge_becomes_one_login(app_on_both: Flask, guarded: Guarded) -> None:
    guarded.add_passkey()
    token, asked = passkey_sign_in.ask_alone(guarded.with_)
    attempt = StepAttempt(token, "a desk", {})
    answers = [replace(guarded.device, sign_count=n).show(asked) for n in range(AT_ONCE)]
    tries = [partial(passkey_sign_in.enter_alone, guarded.with_, attempt, one) for one in answers]
    tokens, _ = at_once(app_on_both, tries)
    assert len(tokens) == 1


def test_many_guesses_at_once_are_counted_one_by_one(app_on_both: Flask, guarded: Guarded) -> None:
    steps = [guarded.at_second_step() for _ in range(AT_ONCE)]
    _, refused = at_once(app_on_both, [with_code(guarded, step, "000000") for step in steps])
    looked_at = [one for one in refused if isinstance(one, WrongSecondCodeError)]
    assert len(looked_at) == 5
