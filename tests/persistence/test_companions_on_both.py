"""Cards and slips told many times at once: on both databases there are only so many."""

from __future__ import annotations

from contextlib import suppress

import pytest
from flask import Flask

from tests.conftest import SetClock
from tests.persistence.test_push_on_both_databases import AT_ONCE, all_at_once
from tests.services.hands import Hand, client_hand
from tests.services.scene import Scene, make_scene
from webapp.domain.cards import MOST_CARDS
from webapp.domain.slips import SlipKind
from webapp.persistence.database import reading
from webapp.services import hairdresser_cards, slips
from webapp.services.hairdresser_cards import TooManyCardsError


@pytest.fixture
def scene(app_on_both: Flask, clock: SetClock) -> Scene:
    return make_scene(app_on_both, clock)


@pytest.fixture
def amira(scene: Scene) -> Hand:
    return client_hand(scene)


def test_of_many_taps_at_once_one_slip_comes_and_one_of_the_staff_saw_it(
    app_on_both: Flask, scene: Scene, amira: Hand
) -> None:
    now, client_id = scene.clock.now(), amira.person.client_id or 0
    tell = lambda: slips.tell(amira.person, SlipKind.WET, now, now)  # noqa: E731
    all_at_once(app_on_both, *[tell] * AT_ONCE)
    reading().rollback()
    (told,) = slips.unseen(scene.location_id)
    see = [
        lambda by=by: slips.see(scene.with_, by, client_id, told.id)
        for by in (scene.iris, scene.otto)
    ]
    all_at_once(app_on_both, *see)
    reading().rollback()
    assert slips.own(amira.person, told.id).seen_by in ("Iris", "Otto")
    assert slips.unseen() == []


def test_of_many_cards_made_at_once_only_so_many_are_in_use(
    app_on_both: Flask, scene: Scene, amira: Hand
) -> None:
    def make() -> None:
        with suppress(TooManyCardsError):
            hairdresser_cards.make(scene.with_, amira.person, 7)

    all_at_once(app_on_both, *[make] * AT_ONCE)
    reading().rollback()
    found = hairdresser_cards.in_use(scene.with_, amira.person)
    assert len(found) == MOST_CARDS
    hairdresser_cards.stop(scene.with_, amira.person, found[0].card_id)
    reading().rollback()
    assert len(hairdresser_cards.in_use(scene.with_, amira.person)) == MOST_CARDS - 1


def test_a_card_is_read_up_to_its_end(scene: Scene, amira: Hand) -> None:
    token = hairdresser_cards.make(scene.with_, amira.person, 1)
    assert hairdresser_cards.shown(scene.with_, token, scene.clock.now()).course_id is None
    scene.clock.advance(days=1)
    with pytest.raises(LookupError):
        hairdresser_cards.shown(scene.with_, token, scene.clock.now())
