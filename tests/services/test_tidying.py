"""What has served its time goes; what is in force stays, however old."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.hands import Hand, client_hand
from tests.services.scene import Scene
from webapp.domain.retention import Retention
from webapp.domain.slips import SlipKind
from webapp.services import calendars, logins, slips, tidying


def tidied(scene: Scene, retention: Retention) -> dict[str, int]:
    """How much goes in a clinic that keeps its records so long."""
    return tidying.tidy(replace(scene.with_, retention=retention))


def test_a_revoked_feed_is_removed_after_thirty_days(scene: Scene) -> None:
    hand = client_hand(scene)
    calendars.make(scene.with_, hand.person)
    calendars.stop(scene.with_, hand.person)
    scene.clock.advance(days=30)
    assert tidying.tidy(scene.with_)["feeds"] == 0
    scene.clock.advance(seconds=1)
    assert tidying.tidy(scene.with_)["feeds"] == 1


def test_a_feed_in_force_stays_however_old(scene: Scene) -> None:
    hand = client_hand(scene)
    calendars.make(scene.with_, hand.person)
    scene.clock.advance(days=400)
    assert tidying.tidy(scene.with_)["feeds"] == 0
    assert calendars.feed_of(hand.person) is not None


@pytest.fixture
def slipped(scene: Scene) -> Hand:
    """A client who told of something, a day after their session."""
    hand = client_hand(scene)
    now = scene.clock.now()
    scene.ended(scene.begin(hand.person.client_id), 1, now)
    slips.tell(hand.person, SlipKind.WET, now, now)
    return hand


def see_all(scene: Scene) -> None:
    for slip in slips.unseen():
        slips.see(scene.with_, scene.iris, slip.client_id, slip.id)


def test_a_slip_stays_with_the_clients_record_unless_the_clinic_says_otherwise(
    scene: Scene, slipped: Hand
) -> None:
    see_all(scene)
    scene.clock.advance(days=3_650)
    assert tidied(scene, Retention())["slips"] == 0


def test_a_slip_that_was_seen_goes_after_the_days_the_clinic_names(
    scene: Scene, slipped: Hand
) -> None:
    see_all(scene)
    scene.clock.advance(days=30)
    assert tidied(scene, Retention(slips=30))["slips"] == 0
    scene.clock.advance(seconds=1)
    assert tidied(scene, Retention(slips=30))["slips"] == 1
    assert slips.history_of(slipped.person.client_id or 0, 3) == []


def test_a_slip_that_nobody_saw_is_never_tidied_away(scene: Scene, slipped: Hand) -> None:
    scene.clock.advance(days=3_650)
    assert tidied(scene, Retention(slips=1))["slips"] == 0
    assert len(slips.unseen()) == 1


@pytest.mark.parametrize("days", [1, 90, 400])
def test_an_ended_login_goes_after_the_days_the_clinic_names(scene: Scene, days: int) -> None:
    hand = client_hand(scene)
    logins.end(scene.with_, hand.person, hand.person.login_id)
    scene.clock.at += timedelta(days=days)
    assert tidied(scene, Retention(logins=days))["logins"] == 0
    scene.clock.advance(seconds=1)
    assert tidied(scene, Retention(logins=days))["logins"] == 1
