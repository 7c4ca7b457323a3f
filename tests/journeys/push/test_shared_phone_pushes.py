"""One phone, two clients: whoever signed out is told nothing there any more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import func, select

from tests.journeys import chair
from tests.journeys.looks import token_of
from tests.journeys.push.phones import PushPhone
from tests.journeys.push.push_service import PushService
from tests.journeys.served import Served, serve
from webapp.persistence.database import db
from webapp.persistence.tables import Account, Client, Delivery, Notice, PushSubscription
from webapp.services import demo
from webapp.services.demo_personas import DUBAI, PERSONAS, Persona

# Each browser has an A and a B of its own: the session of one person ends only once.
A = {"firefox": "settling", "chromium_phone": "water-only"}
B = {"firefox": "traveller", "chromium_phone": "touch-up"}
# Its label names the device, in every browser another way.
PRESS_TEST = "document.querySelector('form[action$=\"/tests\"] button').click()"


@pytest.fixture(scope="module")
def served(
    running_service: PushService, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The demo clinic, whose worker knows the stand-ins of push services."""
    found = serve(tmp_path_factory.mktemp("shared"), True, running_service.settings)
    yield found
    found.stop()


def persona(key: str) -> Persona:
    return next(one for one in PERSONAS if one.key == key)


def turn_on(phone: PushPhone, served: Served) -> None:
    before = len(phone.notifications())
    phone.open(f"{served.url}/notifications/turn-on")
    phone.press("Turn on")
    phone.wait_until(lambda: len(phone.notifications()) > before, "the welcome")


def enter(phone: PushPhone, served: Served, key: str) -> None:
    """Somebody who has agreed to the privacy notice before signs in with a code."""
    token_of(served, persona(key), DUBAI)
    with served.beside.app_context():
        made = demo.persona_code(served.beside.extensions["collaborators"], key)
    phone.open(f"{served.url}/sign-in")
    phone.fill("Your code", made.code)
    phone.press("Continue")
    phone.wait_until(lambda: phone.address == f"{served.url}/", "Today of B")


def counted(served: Served, table: type[Notice | Delivery | PushSubscription], key: str) -> int:
    """How many rows of a kind are this client's."""
    with served.beside.app_context():
        db.session.rollback()
        account_id = (
            select(Account.id)
            .join(Client, Client.account_id == Account.id)
            .where(Client.phone == persona(key).phone)
            .scalar_subquery()
        )
        found = select(func.count()).where(table.account_id == account_id)
        return db.session.scalar(found) or 0


def test_after_a_signed_out_and_b_signed_in_no_push_is_for_a(
    push_phone: PushPhone, which_phone: str, served: Served, push_service: PushService
) -> None:
    a, phone = A[which_phone], push_phone
    of_a = partial(counted, served, key=a)
    phone.add_cookie("liftday", token_of(served, persona(a), DUBAI), served.url)
    turn_on(phone, served)
    notices, deliveries, sent = of_a(Notice), of_a(Delivery), len(push_service.received)
    assert (of_a(PushSubscription), deliveries, sent) == (1, 1, 1)
    phone.open(f"{served.url}/devices")
    phone.press("Sign out on this device")
    phone.wait_until(lambda: "/sign-in" in phone.address, "the sign-in page")
    assert of_a(PushSubscription) == 0
    enter(phone, served, B[which_phone])
    turn_on(phone, served)
    chair.end_session(served, a)
    phone.open(f"{served.url}/notifications")
    phone.script(PRESS_TEST)
    # B's welcome and B's test, the second after A had something to be told.
    phone.wait_until(lambda: len(push_service.received) == sent + 2, "the test")
    left = of_a(Delivery) - deliveries
    print("pushes for A:", left, "of", of_a(Notice) - notices, "new notices")
    assert (left, of_a(Notice) > notices) == (0, True)
