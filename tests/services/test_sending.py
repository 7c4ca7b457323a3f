"""Whether anything is sent: held when the clock jumps, released by a person, a beating heart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from tests.services.push_scene import PushScene, phones
from tests.services.scene import dubai
from webapp.persistence.database import reading, writing
from webapp.persistence.sending import state
from webapp.persistence.tables import AuditEvent
from webapp.services import sending
from webapp.services.sending import Gatekeeper

ENDED = dubai(3, 2, 16, 30)


class Stopwatch:
    """Seconds that pass only when a test lets them."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def gatekeeper(pushing: PushScene, stopwatch: Stopwatch) -> Gatekeeper:
    pushing.scene.clock.at = ENDED
    found = Gatekeeper(replace(pushing.with_, stopwatch=stopwatch))
    assert found.present() == ENDED
    return found


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(hours=-1)])
def test_a_jump_of_the_clock_holds_everything_until_a_person_releases_it(
    pushing: PushScene, gatekeeper: Gatekeeper, stopwatch: Stopwatch, jump: timedelta
) -> None:
    stopwatch.seconds += 1
    pushing.scene.clock.at += jump + timedelta(seconds=1)
    assert gatekeeper.present() is None
    stopwatch.seconds += 1
    pushing.scene.clock.advance(seconds=1)
    assert gatekeeper.present() is None
    assert sending.release(pushing.with_, pushing.scene.iris.account_id)
    assert gatekeeper.present() == pushing.scene.clock.at


def test_a_hold_is_found_by_a_process_that_starts_afterwards(
    pushing: PushScene, gatekeeper: Gatekeeper
) -> None:
    pushing.scene.clock.advance(days=1)
    assert gatekeeper.present() is None
    assert Gatekeeper(pushing.with_).present() is None


def test_a_jump_that_cannot_be_written_down_is_not_forgotten(
    pushing: PushScene, gatekeeper: Gatekeeper, stopwatch: Stopwatch
) -> None:
    pushing.scene.clock.advance(days=1)
    with writing() as writer:
        writer.execute(text("ALTER TABLE sending RENAME TO away"))
    with pytest.raises(OperationalError):
        gatekeeper.present()
    with writing() as writer:
        writer.execute(text("ALTER TABLE away RENAME TO sending"))
    assert gatekeeper.present() is None
    assert state(reading()).held_at == pushing.scene.clock.at


def test_who_released_it_is_on_record(pushing: PushScene, gatekeeper: Gatekeeper) -> None:
    pushing.scene.clock.advance(days=1)
    gatekeeper.present()
    sending.release(pushing.with_, pushing.scene.iris.account_id)
    found = reading().scalars(select(AuditEvent).where(AuditEvent.action == "sending-release"))
    assert [event.actor_id for event in found] == [pushing.scene.iris.account_id]
    assert not sending.release(pushing.with_, None)


def test_the_heart_beats_every_fifteen_seconds_and_not_more_often(
    pushing: PushScene, gatekeeper: Gatekeeper
) -> None:
    gatekeeper.beat()
    pushing.scene.clock.advance(seconds=14)
    gatekeeper.beat()
    assert state(reading()).beat_at == ENDED
    pushing.scene.clock.advance(seconds=1)
    gatekeeper.beat()
    now = state(reading())
    assert (now.started_at, now.beat_at) == (ENDED, ENDED + timedelta(seconds=15))


def test_the_next_look_is_at_whatever_falls_due_first(pushing: PushScene) -> None:
    assert sending.next_due() is None
    list(phones(pushing, 1, ENDED))
    assert sending.next_due() == ENDED + timedelta(seconds=13)
    pushing.work(ENDED + timedelta(seconds=13))
    assert sending.next_due() == ENDED + timedelta(hours=24)
