"""People with a browser in their hands, as services know them: signed in, able to subscribe."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import select

from tests.gateways.push.phone import Phone
from tests.services.scene import Scene
from webapp.domain.notices import NoticeKind
from webapp.domain.people import SignedIn
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Client, Delivery, DeliveryNotice, Notice, PushSubscription
from webapp.services import logins, push_devices
from webapp.services.ports import Collaborators
from webapp.services.push_devices import Offered, Reach

ENDPOINT = "https://fcm.googleapis.com/fcm/send/"
_numbers = count(1)


@dataclass
class Hand:
    """A browser in which somebody is signed in. `offered` is the subscription that it holds."""

    with_: Collaborators
    token: str
    person: SignedIn
    offered: Offered = field(init=False)

    def __post_init__(self) -> None:
        self.resubscribe()

    def resubscribe(self) -> None:
        """The browser gets a new address and new keys, made with today's key of ours."""
        phone = Phone().subscription(f"{ENDPOINT}{next(_numbers)}", "")
        key = push_devices.public_key(self.with_)
        self.offered = Offered(phone.endpoint, phone.p256dh, phone.auth, key)

    def turn_on(self) -> Reach:
        return push_devices.turn_on(self.with_, self.person, self.offered)

    def compare(self, turned_on_by: int = 0) -> Reach:
        return push_devices.compare(self.with_, self.person, self.offered, turned_on_by)


def client_hand(scene: Scene, name: str = "Amira") -> Hand:
    """A new client, signed in on a phone."""
    client_id = scene.add_client(name)
    account_id = reading().scalars(select(Client.account_id).where(Client.id == client_id)).one()
    return another_hand(scene, account_id)


def another_hand(scene: Scene, account_id: int) -> Hand:
    """One more browser of this account."""
    with writing() as writer:
        token = logins.begin(writer, account_id, "iPhone, Safari", scene.clock.now())
    person = logins.find(scene.with_, token)
    assert person is not None
    return Hand(scene.with_, token, person)


def rows() -> list[PushSubscription]:
    """Every subscription as stored now."""
    reading().rollback()
    return list(reading().scalars(select(PushSubscription).order_by(PushSubscription.id)))


def holders() -> list[tuple[int, int]]:
    """Account and login of every subscription."""
    return [(row.account_id, row.login_id) for row in rows()]


def kinds() -> list[str]:
    """What kinds of notices are stored."""
    reading().rollback()
    return list(reading().scalars(select(Notice.kind).order_by(Notice.id)))


def on_its_way(scene: Scene, hand: Hand, state: str = "pending") -> int:
    """A delivery to this hand's device with its newest notice, as a worker makes one."""
    row = next(row for row in rows() if row.login_id == hand.person.login_id)
    now = scene.clock.now()
    with writing() as writer:
        delivery = Delivery(account_id=row.account_id, subscription_id=row.id, origin=row.origin)
        delivery.state, delivery.due_at, delivery.expires_at = state, now, now
        delivery.created_at, delivery.claimed_by = now, None
        writer.add(delivery)
        writer.flush()
        newest = writer.scalar(select(Notice.id).order_by(Notice.id.desc()).limit(1))
        writer.add(DeliveryNotice(delivery_id=delivery.id, notice_id=newest))
        return delivery.id


def state_of(delivery_id: int) -> str:
    reading().rollback()
    return reading().scalars(select(Delivery.state).where(Delivery.id == delivery_id)).one()


WELCOME, TEST = NoticeKind.WELCOME.value, NoticeKind.TEST.value
