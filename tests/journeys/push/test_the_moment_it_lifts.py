"""The whole way of a lift: staff end a session, five days pass, and two real phones say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from tests.journeys.looks import token_of
from tests.journeys.push.chromium import Chromium
from tests.journeys.push.firefox import Firefox
from tests.journeys.push.phones import PushPhone, Shown, until
from tests.journeys.push.push_service import PushService
from tests.journeys.served import Served, serve
from webapp.domain.course_edits import EndSession
from webapp.domain.people import Role, SignedIn
from webapp.persistence.database import db
from webapp.persistence.tables import Account, Client, PushSubscription
from webapp.services import courses, demo_personas, notice_preferences, sending
from webapp.services.demo_personas import DUBAI
from webapp.services.notice_preferences import chosen_by

PERSONA = next(one for one in demo_personas.PERSONAS if one.key == "in-session")
DISCREET = Shown("Your plan has an update", "Open the app to read it.")
DRY_SPAN = timedelta(days=5)


@pytest.fixture
def served(
    running_service: PushService, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The demo clinic, whose worker knows the stand-ins of push services."""
    found = serve(tmp_path_factory.mktemp("lift"), True, running_service.settings)
    yield found
    found.stop()


@pytest.fixture
def phones(served: Served, firefox: Firefox, chromium_phone: Chromium) -> list[PushPhone]:
    """Both phones of a client who is in the chair just now, turned on by their own taps."""
    both: list[PushPhone] = [firefox, chromium_phone]
    for phone in both:
        phone.add_cookie("liftday", token_of(served, PERSONA, DUBAI), served.url)
        phone.open(f"{served.url}/notifications/turn-on")
        phone.press("Turn on")
        titles = phone.wait_until(phone.notifications, "the welcome")
        assert len(titles) == 1
        assert "wash" not in titles[0].title
    return both


def account(served: Served) -> SignedIn:
    found = db.session.execute(
        select(Account.id, Client.id)
        .join(Client, Client.account_id == Account.id)
        .where(Client.phone == PERSONA.phone)
    ).one()
    return SignedIn(found[0], 0, Role.CLIENT, PERSONA.name, DUBAI, found[1])


def end_session(served: Served) -> None:
    """What the artist's two taps do."""
    with_ = served.beside.extensions["collaborators"]
    client_id = account(served).client_id
    assert client_id is not None
    file = courses.running_of(client_id)
    assert file is not None
    artist = SignedIn(file.artist_id or 0, 0, Role.ARTIST, "Iris", DUBAI)
    number = max(treatment.number for treatment in file.course.live if not treatment.is_performed)
    edit = EndSession(number, served.now())
    courses.change(with_, artist, file.id, file.version, edit)


def show_everything(served: Served) -> None:
    """The client chooses to read whole messages on the lock screen, also at night."""
    person = account(served)
    chosen = replace(chosen_by(person), is_discreet=False, quiet_from=time(0), quiet_until=time(0))
    notice_preferences.choose(person, chosen)


def five_days_pass(served: Served) -> None:
    """The clock jumps, so sending is held; a person says that it is right so."""
    served.advance(seconds=DRY_SPAN.total_seconds())
    with_ = served.beside.extensions["collaborators"]
    until(lambda: sending.release(with_, None), "sending that is held")


def subscriptions() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(PushSubscription)) or 0


def begins(phone: PushPhone) -> bool:
    return DISCREET in phone.notifications()


def lifted(phone: PushPhone) -> Shown | None:
    return next((one for one in phone.notifications() if "water" in one.title), None)


def test_two_phones_say_what_lifted_and_a_tap_opens_today(
    served: Served, phones: list[PushPhone]
) -> None:
    with served.beside.app_context():
        end_session(served)
        for phone in phones:
            phone.wait_until(partial(begins, phone), "that care begins")
        show_everything(served)
        five_days_pass(served)
    for phone in phones:
        shown = phone.wait_until(partial(lifted, phone), "the lift")
        assert shown is not None
        assert PERSONA.name.split()[0] not in f"{shown.title} {shown.body}"
        phone.tap(shown.title)
        phone.wait_until(partial(is_at, phone, f"{served.url}/"), "Today")


def is_at(phone: PushPhone, address: str) -> bool:
    return phone.address == address


def test_a_phone_that_left_is_forgotten(
    served: Served, phones: list[PushPhone], push_service: PushService
) -> None:
    phones[0].script(UNSUBSCRIBE)
    push_service.wait_until(lambda: len(push_service.subscriptions) == 1, "a phone that left")
    with served.beside.app_context():
        assert subscriptions() == 2
        end_session(served)
        phones[1].wait_until(partial(begins, phones[1]), "that care begins")
        until(lambda: subscriptions() == 1, "the subscription gone")


def endpoints() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(PushSubscription.endpoint)))


def test_a_phone_that_its_push_service_forgot_registers_anew(
    served: Served, phones: list[PushPhone], push_service: PushService
) -> None:
    """Firefox hears of it by itself, and our worker tells the clinic the new address."""
    with served.beside.app_context():
        old = endpoints()
        push_service.forget_phones()
        until(lambda: any(one.startswith(push_service.origin) for one in endpoints() - old), "it")
        end_session(served)
        phones[0].wait_until(partial(begins, phones[0]), "that care begins")


UNSUBSCRIBE = """
const { pushManager } = await navigator.serviceWorker.ready;
return (await pushManager.getSubscription()).unsubscribe();
"""
