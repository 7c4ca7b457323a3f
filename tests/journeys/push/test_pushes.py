"""Real pushes to real browsers: what our sender sends, a person sees and taps."""

from __future__ import annotations

import pytest

from tests.journeys.push.clinic import Clinic
from tests.journeys.push.phones import PushPhone, Shown
from tests.journeys.push.push_service import PushService
from webapp.domain.pushes import Outcome, PushMessage, PushSubscription


def turned_on(phone: PushPhone, site: str, clinic: Clinic) -> PushSubscription:
    """A phone whose person turned pushes on."""
    phone.open(f"{site}/?key={clinic.key}")
    phone.press("Turn on")
    said = phone.wait_until(lambda: phone.text("output"), "a subscription")
    return clinic.subscription(said)


def message(site: str, title: str = "You can wash", body: str = "With water only.") -> PushMessage:
    return PushMessage(title, body, f"{site}/plan.html", "en")


def test_a_phone_shows_the_words_we_sent(
    push_phone: PushPhone, site: str, clinic: Clinic, push_service: PushService
) -> None:
    subscription = turned_on(push_phone, site, clinic)
    sent = message(site)
    assert clinic.send(subscription, sent).outcome is Outcome.ACCEPTED
    push_phone.wait_until(push_phone.notifications, "a notification")
    assert push_phone.notifications() == [Shown(sent.title, sent.body)]
    assert sent.title.encode() not in push_service.received[0].body


def test_a_tap_opens_the_page_that_the_message_names(
    push_phone: PushPhone, site: str, clinic: Clinic
) -> None:
    subscription = turned_on(push_phone, site, clinic)
    push_phone.close_pages()
    clinic.send(subscription, message(site))
    push_phone.tap("You can wash")
    push_phone.wait_until(lambda: push_phone.address == f"{site}/plan.html", "the plan")
    assert push_phone.text("h1") == "Plan"
    push_phone.wait_until(lambda: push_phone.notifications() == [], "an empty screen")


def test_a_tap_brings_back_the_page_that_is_open_already(
    push_phone: PushPhone, site: str, clinic: Clinic
) -> None:
    subscription = turned_on(push_phone, site, clinic)
    push_phone.open_another(f"{site}/plan.html")
    push_phone.script("window.isTheSame = true")
    push_phone.open_another(site)
    clinic.send(subscription, message(site))
    push_phone.tap("You can wash")
    push_phone.wait_until(lambda: push_phone.address == f"{site}/plan.html", "the plan")
    assert push_phone.script("return window.isTheSame") is True


def test_a_later_message_about_the_same_takes_the_place_of_the_earlier(
    push_phone: PushPhone, site: str, clinic: Clinic
) -> None:
    def titles() -> list[str]:
        return [shown.title for shown in push_phone.notifications()]

    subscription = turned_on(push_phone, site, clinic)
    clinic.send(subscription, message(site, "You can wash"))
    push_phone.wait_until(lambda: titles() == ["You can wash"], "the earlier")
    clinic.send(subscription, message(site, "Please wait"))
    push_phone.wait_until(lambda: titles() == ["Please wait"], "the later")


def test_a_phone_that_was_turned_off_is_gone(
    push_phone: PushPhone, site: str, clinic: Clinic, push_service: PushService
) -> None:
    subscription = turned_on(push_phone, site, clinic)
    push_phone.press("Turn off")
    push_phone.wait_until(lambda: push_phone.text("output") == "off", "off")
    push_service.wait_until(lambda: push_service.subscriptions == [], "nobody subscribed")
    assert clinic.send(subscription, message(site)).outcome is Outcome.GONE
    assert push_service.received[0].status == 410


def test_a_phone_that_may_not_notify_cannot_be_turned_on(
    push_phone: PushPhone, site: str, clinic: Clinic
) -> None:
    push_phone.permit(site, is_granted=False)
    push_phone.open(f"{site}/?key={clinic.key}")
    push_phone.press("Turn on")
    said = push_phone.wait_until(lambda: push_phone.text("output"), "an answer")
    assert said.startswith("NotAllowedError")


def test_a_person_fills_in_a_form_and_goes_on(push_phone: PushPhone, site: str) -> None:
    push_phone.open(site)
    push_phone.fill("Your name", "Marta Rossi")
    push_phone.press("Continue")
    push_phone.wait_until(lambda: "/plan.html" in push_phone.address, "the next page")
    assert push_phone.address == f"{site}/plan.html?name=Marta+Rossi"


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_begins_with_a_fresh_phone(push_phone: PushPhone, site: str, turn: str) -> None:
    push_phone.open(site)
    kept = "return [localStorage.kept, document.cookie, Notification.permission]"
    assert push_phone.script(kept) == [None, "", "granted"]
    push_phone.script("localStorage.kept = given[0]", turn)
    push_phone.add_cookie("kept", turn, site)
    push_phone.permit(site, is_granted=False)
    push_phone.open(site)
    assert push_phone.script(kept) == [turn, f"kept={turn}", "denied"]
