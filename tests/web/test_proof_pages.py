"""The page of a test says what is known: accepted, no device, rejected; never delivered."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from tests.web.browser_push import PushBrowser, push_browser
from tests.web.desk import text_of
from tests.web.house import House
from webapp.persistence.tables import Delivery, DeliveryNotice, Notice, PushSubscription

STATES = {
    "pending": "On its way",
    "accepted": "Accepted The push service took it at 12:00",
    "gone": "No device",
    "failed": "Rejected",
    "expired": "Rejected",
}


@pytest.fixture
def amira(house: House) -> PushBrowser:
    found = push_browser(house)
    found.turn_on()
    return found


def ask(amira: PushBrowser) -> str:
    page = amira.browser.post(amira.row_link("tests")).location
    assert page is not None
    return page


def settle(house: House, state: str) -> None:
    """What the worker writes down of the newest notice."""
    now = house.clock.now()
    with house.writer() as writer:
        row = writer.scalars(select(PushSubscription)).one()
        notice_id = writer.scalars(select(Notice.id).order_by(Notice.id.desc())).first()
        made = Delivery(account_id=row.account_id, subscription_id=row.id, origin=row.origin)
        made.state, made.due_at, made.expires_at, made.created_at = state, now, now, now
        made.settled_at = now
        writer.add(made)
        writer.flush()
        writer.add(DeliveryNotice(delivery_id=made.id, notice_id=notice_id))
        writer.execute(update(Notice).values(state="told"))


@pytest.mark.parametrize(("state", "words"), STATES.items())
def test_each_end_has_its_honest_word(
    house: House, amira: PushBrowser, state: str, words: str
) -> None:
    page = ask(amira)
    settle(house, state)
    answer = amira.browser.get(page)
    assert words in text_of(answer)
    assert "deliver" not in text_of(answer).lower()
    assert ('data-module="proof"' in answer.text) is (state == "pending")


def test_a_test_that_waits_is_looked_at_again_and_says_when_it_is_late(
    house: House, amira: PushBrowser
) -> None:
    page = ask(amira)
    assert 'data-again="1500"' in amira.browser.get(page).text
    house.clock.advance(seconds=30)
    late = amira.browser.get(page)
    assert "It takes longer than usual" in text_of(late)
    assert 'data-again="6000"' in late.text
    assert f'href="{page}"' in late.text


def test_what_hides_an_accepted_message_is_told(house: House, amira: PushBrowser) -> None:
    page = ask(amira)
    settle(house, "accepted")
    words = text_of(amira.browser.get(page))
    assert "Whether it was shown, only the device knows." in words
    assert "Do not disturb" in words


def test_a_device_that_was_removed_meanwhile_has_no_name(house: House, amira: PushBrowser) -> None:
    page = ask(amira)
    amira.browser.post(amira.row_link("remove"))
    settle_nothing = amira.browser.get(page)
    assert "A device that was removed" in text_of(settle_nothing)


@pytest.mark.parametrize("name", ["Basim", "Otto", "Olga"])
def test_nobody_else_sees_or_asks(house: House, amira: PushBrowser, name: str) -> None:
    page, link = ask(amira), amira.row_link("tests")
    other = house.browser_of(name)
    assert other.get(page).status_code == 404
    assert other.post(link).status_code == 404
    assert other.post(link.replace("tests", "remove")).status_code == 404
