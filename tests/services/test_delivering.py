"""Delivering: each outcome settles as it must, retries repeat nothing, the fence holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from tests.services.push_scene import ORIGIN, PushScene, phones
from tests.services.scene import dubai
from webapp.domain.course_edits import ConfirmLast, EndSession, PlanSession
from webapp.domain.pushes import Outcome, Urgency
from webapp.persistence.database import reading, writing
from webapp.persistence.sending import state
from webapp.persistence.tables import (
    Course,
    DeliveryAttempt,
    Notice,
    PushOrigin,
    PushSubscription,
)
from webapp.services import courses
from webapp.services.delivering import LEASE_SPAN, deliver

SECOND = timedelta(seconds=1)
ENDED = dubai(3, 2, 16, 30)
BEGINS = ENDED + timedelta(seconds=13)
TOUCH = ENDED + timedelta(hours=24)
RETRY = timedelta(minutes=2)


def subscriptions() -> int:
    return reading().scalar(select(func.count()).select_from(PushSubscription)) or 0


@pytest.fixture
def begun(pushing: PushScene) -> PushScene:
    """One client with a phone, whose aftercare is just about to be told."""
    list(phones(pushing, 1, ENDED))
    return pushing


@pytest.mark.parametrize(
    ("outcome", "delivery_state", "devices"),
    [
        (Outcome.ACCEPTED, "accepted", 1),
        (Outcome.GONE, "gone", 0),
        (Outcome.KEY_MISMATCH, "failed", 1),
        (Outcome.OUR_BUG, "failed", 1),
        (Outcome.RETRY, "pending", 1),
        (Outcome.REFUSED, "pending", 1),
        (Outcome.ORIGIN_PAUSED, "pending", 1),
    ],
)
def test_each_outcome_settles_as_it_must(
    begun: PushScene, outcome: Outcome, delivery_state: str, devices: int
) -> None:
    begun.push.answer = lambda push: outcome
    begun.work(BEGINS)
    assert begun.states() == [delivery_state]
    assert subscriptions() == devices


def test_a_key_of_another_clinic_disables_the_device_and_nothing_is_sent_to_it_again(
    begun: PushScene,
) -> None:
    begun.push.answer = lambda push: Outcome.KEY_MISMATCH
    begun.work(BEGINS)
    assert reading().scalar(select(PushSubscription.disabled_at)) == BEGINS
    assert begun.work(TOUCH) == []


def test_a_retry_comes_when_it_was_asked_for_and_ends_when_it_is_pointless(
    begun: PushScene,
) -> None:
    begun.push.answer = lambda push: Outcome.RETRY
    begun.work(BEGINS)
    assert begun.work(BEGINS + RETRY - SECOND) == []
    again = begun.work(BEGINS + RETRY)
    assert [push.attempts for push in again] == [1]
    begun.push.retry_span = timedelta(hours=24)
    begun.work(BEGINS + 2 * RETRY)
    assert begun.states() == ["expired"]


def test_a_retry_to_one_phone_never_repeats_another(begun: PushScene) -> None:
    account_id = reading().scalar(select(PushSubscription.account_id)) or 0
    begun.add_phone(account_id, "tablet")
    is_down = {f"{ORIGIN}/send/tablet"}
    begun.push.answer = lambda push: (
        Outcome.RETRY if push.subscription.endpoint in is_down else Outcome.ACCEPTED
    )
    assert len(begun.work(BEGINS)) == 2
    is_down.clear()
    again = begun.work(BEGINS + RETRY)
    assert [push.subscription.endpoint for push in again] == [f"{ORIGIN}/send/tablet"]
    assert begun.states() == ["accepted", "accepted"]


def test_a_refused_origin_is_remembered_until_it_accepts(begun: PushScene) -> None:
    begun.push.answer = lambda push: Outcome.ORIGIN_PAUSED
    begun.work(BEGINS)
    assert reading().scalar(select(PushOrigin.refused_at)) == BEGINS
    begun.push.answer = lambda push: Outcome.ACCEPTED
    begun.work(BEGINS + RETRY)
    assert reading().scalar(select(PushOrigin.refused_at)) is None


def test_a_mistake_of_ours_is_remembered_for_the_owner(begun: PushScene) -> None:
    begun.push.answer = lambda push: Outcome.OUR_BUG
    begun.work(BEGINS)
    assert state(reading()).mistake_at == BEGINS


def test_what_an_origin_asked_us_to_wait_holds_for_the_next_process(begun: PushScene) -> None:
    begun.push.closed[ORIGIN] = BEGINS + timedelta(hours=1)
    begun.work(BEGINS)
    assert reading().scalar(select(PushOrigin.closed_until)) == BEGINS + timedelta(hours=1)


def test_every_attempt_is_logged_without_an_endpoint(begun: PushScene) -> None:
    begun.work(BEGINS)
    attempt = reading().scalars(select(DeliveryAttempt)).one()
    assert (attempt.outcome, attempt.status_class, attempt.milliseconds) == ("accepted", "2xx", 120)
    assert attempt.origin == ORIGIN


def test_a_request_that_was_never_begun_is_no_attempt(begun: PushScene) -> None:
    begun.push.answer = lambda push: Outcome.RETRY
    begun.push.status_class = "unsent"
    begun.work(BEGINS)
    assert reading().scalar(select(func.count()).select_from(DeliveryAttempt)) == 0
    assert begun.deliveries()[0].attempts == 0


def test_a_lease_that_ran_out_is_due_again_and_the_late_result_is_refused(
    begun: PushScene,
) -> None:
    """The first worker sleeps past its lease; a second one delivers meanwhile."""
    begun.scene.clock.at = BEGINS

    def sleep_past_the_lease() -> None:
        begun.push.before_answer = lambda: None
        later = BEGINS + LEASE_SPAN
        assert deliver(begun.with_, begun.push, ORIGIN, later - SECOND) == 0
        assert deliver(begun.with_, begun.push, ORIGIN, later) == 1
        begun.push.answer = lambda push: Outcome.RETRY

    begun.push.before_answer = sleep_past_the_lease
    begun.work()
    assert begun.states() == ["accepted"]
    assert begun.deliveries()[0].attempts == 1


def test_a_course_changed_after_telling_is_proved_anew_before_sending(begun: PushScene) -> None:
    """Told and waiting for a retry, the lift becomes untrue: it is not sent."""
    begun.work(BEGINS)
    begun.push.answer = lambda push: Outcome.RETRY
    begun.work(TOUCH)
    with writing() as writer:
        notice = writer.scalars(select(Notice).where(Notice.kind == "lift", Notice.at == TOUCH))
        notice.one().content = {"activities": {"swimming": "yes"}}
        writer.execute(update(Course).values(version=Course.version + 1))
    assert begun.work(TOUCH + RETRY) == []
    assert begun.states() == ["accepted", "superseded"]


def test_a_course_changed_without_harm_still_announces_its_lift(begun: PushScene) -> None:
    begun.work(BEGINS)
    course_id = reading().scalar(select(Course.id)) or 0
    begun.scene.change(course_id, ConfirmLast())
    assert [push.urgency for push in begun.work(TOUCH)] == [Urgency.HIGH]


@pytest.mark.parametrize(
    "poison", [{"kind": "nonsense"}, {"content": {"activities": 7}}, {"content": {}}]
)
def test_one_bad_row_never_stops_others(pushing: PushScene, poison: dict[str, object]) -> None:
    list(phones(pushing, 2, ENDED))
    pushing.work(BEGINS)
    with writing() as writer:
        bad = writer.scalars(select(Notice).where(Notice.kind == "lift").limit(1)).one()
        for name, value in (poison | {"course_version": 0}).items():
            setattr(bad, name, value)
    assert len(pushing.work(TOUCH)) == 1


def test_a_session_ended_and_taken_back_is_never_announced(pushing: PushScene) -> None:
    course_id = pushing.scene.begin()
    client_id = pushing.scene.file(course_id).client_id
    pushing.add_phone(pushing.account_of(client_id))
    pushing.scene.clock.at = ENDED
    pushing.scene.change(course_id, PlanSession(ENDED - timedelta(hours=3)))
    change = pushing.scene.change(course_id, EndSession(1, ENDED))
    pushing.scene.clock.at = ENDED + timedelta(seconds=12)
    assert courses.undo(pushing.with_, pushing.scene.iris, change.id)
    assert pushing.work(BEGINS) == []
    assert pushing.work(TOUCH) == []
