"""The stand-in itself: it says what a push service says, or what it is told to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.gateways.push.phone import Phone
from tests.gateways.push.sink import Answer
from tests.journeys.push.clinic import SUBJECT, Clinic
from tests.journeys.push.mailbox import Subscription
from tests.journeys.push.posts import judge
from tests.journeys.push.push_service import PushService
from webapp.domain.pushes import Outcome, PushMessage, PushSubscription

MESSAGE = PushMessage("You can wash", "With water only.", "https://a.clinic/", "en")
TOLD = [
    (Answer(500), Outcome.RETRY),
    (Answer(401), Outcome.ORIGIN_PAUSED),
    (Answer(413), Outcome.OUR_BUG),
    (Answer(410), Outcome.GONE),
    (Answer(manner="never"), Outcome.RETRY),
    (Answer(manner="reset"), Outcome.RETRY),
]


@pytest.fixture
def hasty(tmp_path: Path, push_service: PushService) -> Iterator[Clinic]:
    """A clinic that waits for no answer longer than a second."""
    clinic = Clinic(tmp_path / "hasty", push_service, patience=1.0)
    yield clinic
    clinic.sender.close()


def phone_of(clinic: Clinic, push_service: PushService) -> PushSubscription:
    endpoint = push_service.subscribe(clinic.key)
    return Phone().subscription(endpoint, clinic.keys.current_id())


@pytest.mark.parametrize(("answer", "outcome"), TOLD, ids=str)
def test_it_answers_as_it_is_told(
    hasty: Clinic, push_service: PushService, answer: Answer, outcome: Outcome
) -> None:
    push_service.answer_everybody(answer)
    assert hasty.send(phone_of(hasty, push_service), MESSAGE).outcome is outcome


def test_it_asks_for_patience_where_it_is_told_so(
    clinic: Clinic, push_service: PushService
) -> None:
    mine, other = (phone_of(clinic, push_service) for _ in range(2))
    path = mine.endpoint.removeprefix(push_service.origin)
    push_service.answers[path] = Answer(429, headers=(("Retry-After", "90"),))
    assert clinic.send(other, MESSAGE).outcome is Outcome.ACCEPTED
    retry_at = clinic.send(mine, MESSAGE).retry_at
    assert retry_at is not None
    # Whole seconds, and never early: up to two seconds more than asked for.
    assert timedelta(seconds=60) < retry_at - datetime.now(UTC) <= timedelta(seconds=92)


def test_it_takes_the_key_of_a_subscription_and_no_other(
    clinic: Clinic, push_service: PushService
) -> None:
    old = phone_of(clinic, push_service)
    clinic.keys.rotate()
    stolen = replace(old, key_id=clinic.keys.current_id())
    assert clinic.send(stolen, MESSAGE).outcome is Outcome.KEY_MISMATCH
    assert clinic.send(old, MESSAGE).outcome is Outcome.ACCEPTED


JUDGED = [
    ({}, 4096, 201),
    ({}, 4097, 413),
    ({"ttl": ""}, 10, 400),
    ({"content-encoding": "aesgcm"}, 10, 400),
    ({"authorization": ""}, 10, 401),
    ({"authorization": "vapid t=a.b.c,k=d"}, 10, 401),
    ({"host": "there.test"}, 10, 401),
]


def signed_headers(clinic: Clinic) -> dict[str, str]:
    """What a right request to here.test has."""
    key = clinic.keys.key(clinic.keys.current_id())
    signed = key.sign({"aud": "https://here.test", "sub": SUBJECT})["Authorization"]
    plain = {"host": "here.test", "ttl": "60", "content-encoding": "aes128gcm"}
    return plain | {"authorization": signed}


@pytest.mark.parametrize(("changes", "size", "status"), JUDGED)
def test_it_judges_as_a_push_service_does(
    clinic: Clinic, changes: dict[str, str], size: int, status: int
) -> None:
    subscription = Subscription("/wpush/v2/a", "phone", "channel", clinic.key)
    assert judge(subscription, signed_headers(clinic) | changes, bytes(size)).status == status


def test_a_signature_by_another_key_than_it_says_counts_for_nothing(clinic: Clinic) -> None:
    subscription = Subscription("/wpush/v2/a", "phone", "channel", clinic.key)
    old_key = clinic.key
    clinic.keys.rotate()
    headers = signed_headers(clinic)
    headers["authorization"] = headers["authorization"].replace(clinic.key, old_key)
    assert judge(subscription, headers, b"").status == 401
