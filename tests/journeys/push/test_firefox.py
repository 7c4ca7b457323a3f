"""What only Firefox lets us see: what it made of a message, and what it does after a failure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.gateways.push.phone import Phone
from tests.journeys.push.clinic import Clinic
from tests.journeys.push.firefox import Firefox
from tests.journeys.push.mailbox import SHOWN, UNDECRYPTABLE
from tests.journeys.push.phones import Shown
from tests.journeys.push.push_service import PushService
from tests.journeys.push.test_pushes import message, turned_on
from webapp.domain.pushes import Outcome


def test_a_firefox_tells_whether_it_could_read_a_message(
    firefox: Firefox, site: str, clinic: Clinic, push_service: PushService
) -> None:
    subscription = turned_on(firefox, site, clinic)
    other = Phone().subscription(subscription.endpoint, subscription.key_id)
    for keys in (subscription, replace(subscription, p256dh=other.p256dh)):
        assert clinic.send(keys, message(site)).outcome is Outcome.ACCEPTED
    push_service.wait_until(lambda: len(push_service.acks) == 2, "two answers")
    assert [ack.code for ack in push_service.acks] == [SHOWN, UNDECRYPTABLE]


def test_a_firefox_that_was_away_gets_the_newest_only(
    firefox: Firefox, site: str, clinic: Clinic, push_service: PushService
) -> None:
    subscription = turned_on(firefox, site, clinic)
    firefox.go_offline(True)
    push_service.wait_until(
        lambda: not push_service.is_connected(subscription.endpoint), "a Firefox that is away"
    )
    for title in ("You can wash", "Please wait"):
        clinic.send(subscription, message(site, title))
    firefox.go_offline(False)
    push_service.wait_until(lambda: push_service.acks, "an answer")
    firefox.wait_until(firefox.notifications, "a notification")
    assert firefox.notifications() == [Shown("Please wait", "With water only.")]
    assert len(push_service.acks) == 1


def test_a_firefox_that_its_push_service_forgot_subscribes_anew(
    firefox: Firefox, site: str, clinic: Clinic, push_service: PushService
) -> None:
    old = turned_on(firefox, site, clinic)
    push_service.forget_phones()
    push_service.wait_until(lambda: push_service.subscriptions, "a new subscription")
    assert clinic.send(old, message(site)).outcome is Outcome.GONE
    told = firefox.wait_until(lambda: firefox.script(SUBSCRIPTION), "the new subscription")
    assert clinic.send(clinic.subscription(told), message(site)).outcome is Outcome.ACCEPTED


SUBSCRIPTION = """
const { pushManager } = await navigator.serviceWorker.ready;
return JSON.stringify(await pushManager.getSubscription());
"""


def test_a_picture_of_firefox_can_be_taken(firefox: Firefox, site: str, tmp_path: Path) -> None:
    firefox.open(site)
    firefox.screenshot(tmp_path / "page.png")
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
