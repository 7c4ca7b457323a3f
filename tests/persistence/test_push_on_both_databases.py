"""Turning push on and signing out at once: on both databases nothing is left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from tests.conftest import SetClock
from tests.services.hands import WELCOME, Hand, another_hand, client_hand, kinds, rows
from tests.services.scene import make_scene
from webapp.domain.preferences import Preferences
from webapp.persistence.database import db
from webapp.services import logins, notice_preferences

AT_ONCE = 8


@pytest.fixture
def amira(app_on_both: Flask, clock: SetClock) -> Hand:
    return client_hand(make_scene(app_on_both, clock))


def all_at_once(app: Flask, *steps: Callable[[], object]) -> None:
    """Every step in a thread of its own, all of them let go together."""
    gate = threading.Barrier(len(steps))

    def take(step: Callable[[], object]) -> None:
        with app.app_context():
            gate.wait()
            step()
            db.session.remove()

    threads = [threading.Thread(target=take, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_of_many_taps_at_once_one_subscription_and_one_welcome_come(
    app_on_both: Flask, amira: Hand
) -> None:
    all_at_once(app_on_both, *[amira.turn_on] * AT_ONCE)
    assert (len(rows()), kinds()) == (1, [WELCOME])


def test_a_sign_out_in_the_middle_leaves_no_subscription(app_on_both: Flask, amira: Hand) -> None:
    def sign_out() -> None:
        logins.end(amira.with_, amira.person, amira.person.login_id)

    all_at_once(app_on_both, *[amira.turn_on] * 3, sign_out, *[amira.compare] * 3)
    assert rows() == []


def test_of_two_who_choose_at_once_one_choice_holds(app_on_both: Flask, amira: Hand) -> None:
    choices = [Preferences(is_discreet=bool(number % 2)) for number in range(AT_ONCE)]
    steps = [lambda one=one: notice_preferences.choose(amira.person, one) for one in choices]
    all_at_once(app_on_both, *steps)
    assert notice_preferences.chosen_by(amira.person) in choices


def test_an_eleventh_device_takes_the_place_of_the_oldest(
    app_on_both: Flask, amira: Hand, clock: SetClock
) -> None:
    scene = make_scene(app_on_both, clock)
    hands = [amira, *(another_hand(scene, amira.person.account_id) for _ in range(10))]
    for hand in hands:
        clock.advance(minutes=1)
        hand.turn_on()
    assert {row.login_id for row in rows()} == {hand.person.login_id for hand in hands[1:]}
