"""Whether notices go out: the worker's sign of life, what is due, what became of the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.services.scene import Scene
from tests.told import ORIGIN, beat, deliver, plan, refuse
from webapp.domain.notices import NoticeKind
from webapp.persistence.database import reading
from webapp.persistence.tables import AuditEvent
from webapp.services import sending, sending_health
from webapp.services.sending_health import BEAT_SPAN, LATE_SPAN, Health, SendingReport

SECOND = timedelta(seconds=1)
GOOGLE = "https://fcm.googleapis.com"


def health(scene: Scene) -> Health:
    reading().rollback()
    return sending_health.health(scene.with_)


def report(scene: Scene) -> SendingReport:
    reading().rollback()
    return sending_health.report(scene.with_)


def test_without_a_worker_sending_has_stopped(scene: Scene) -> None:
    assert health(scene) is Health.STOPPED


@pytest.mark.parametrize(
    ("ago", "expected"), [(BEAT_SPAN, Health.OK), (BEAT_SPAN + SECOND, Health.STOPPED)]
)
def test_a_sign_of_life_holds_for_a_minute(scene: Scene, ago: timedelta, expected: Health) -> None:
    beat(NOON - ago)
    assert health(scene) is expected


@pytest.mark.parametrize(
    ("ago", "expected"), [(LATE_SPAN, Health.OK), (LATE_SPAN + SECOND, Health.LATE)]
)
@pytest.mark.parametrize("state", ["pending", "claimed", "planned"])
def test_what_is_due_for_five_minutes_is_late(
    scene: Scene, state: str, ago: timedelta, expected: Health
) -> None:
    beat(NOON)
    account_id = scene.iris.account_id
    if state == "planned":
        plan(account_id, NoticeKind.LIFT, NOON - ago)
    else:
        deliver(account_id, state, NOON - ago)
    assert health(scene) is expected
    assert report(scene).oldest_due_at == NOON - ago


@pytest.mark.parametrize("state", ["pending", "planned"])
def test_what_falls_due_now_is_due(scene: Scene, state: str) -> None:
    if state == "planned":
        plan(scene.iris.account_id, NoticeKind.LIFT, NOON)
    else:
        deliver(scene.iris.account_id, state, NOON)
    assert report(scene).oldest_due_at == NOON


@pytest.mark.parametrize("state", ["accepted", "gone", "failed", "expired", "superseded"])
def test_what_is_settled_or_to_come_is_not_due(scene: Scene, state: str) -> None:
    beat(NOON)
    account_id = scene.iris.account_id
    deliver(account_id, state, NOON - 2 * LATE_SPAN)
    deliver(account_id, "pending", NOON + SECOND)
    plan(account_id, NoticeKind.LIFT, NOON + SECOND)
    assert (health(scene), report(scene).oldest_due_at) == (Health.OK, None)


def test_the_share_counts_what_was_settled_within_seven_days(scene: Scene) -> None:
    account_id = scene.iris.account_id
    for state in ("accepted", "accepted", "gone", "failed", "expired", "superseded", "pending"):
        deliver(account_id, state, NOON - timedelta(days=7))
    deliver(account_id, "accepted", NOON - timedelta(days=7) - SECOND)
    assert (report(scene).accepted, report(scene).tried) == (2, 5)


def test_lost_devices_are_counted_by_host(scene: Scene) -> None:
    for origin in (ORIGIN, GOOGLE, GOOGLE):
        deliver(scene.iris.account_id, "gone", NOON, origin=origin)
    deliver(scene.iris.account_id, "gone", NOON - timedelta(days=31), origin=GOOGLE)
    assert [(one.host, one.gone) for one in report(scene).gone] == [
        ("fcm.googleapis.com", 2),
        ("updates.push.services.mozilla.com", 1),
    ]


def test_a_push_service_that_refuses_us_is_named(scene: Scene) -> None:
    refuse(GOOGLE, NOON)
    refuse(ORIGIN, None)
    (found,) = report(scene).refused
    assert (found.host, found.refused_at) == ("fcm.googleapis.com", NOON)
    beat(NOON)
    assert health(scene) is Health.REFUSED


def test_what_is_held_is_held_until_somebody_releases_it(scene: Scene) -> None:
    beat(NOON, held_at=NOON - SECOND, held_for="clock-jump", mistake_at=NOON)
    found = report(scene)
    assert (found.health, found.held_at, found.held_for, found.mistake_at) == (
        Health.HELD,
        NOON - SECOND,
        "clock-jump",
        NOON,
    )
    sending.release(scene.with_, scene.iris.account_id)
    assert (health(scene), report(scene).held_at) == (Health.OK, None)


def test_a_release_is_audited_and_only_where_there_was_something_to_release(scene: Scene) -> None:
    sending.release(scene.with_, scene.iris.account_id)
    beat(NOON, held_at=NOON)
    for _ in range(2):
        sending.release(scene.with_, scene.iris.account_id)
    asked = select(AuditEvent.actor_id).where(AuditEvent.action == "sending-release")
    assert list(reading().scalars(asked)) == [scene.iris.account_id]
