"""What has served its time goes; what is in force stays, however old."""

from __future__ import annotations

from tests.services.hands import client_hand
from tests.services.scene import Scene
from webapp.services import calendars, tidying


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
