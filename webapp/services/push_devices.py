"""Devices that are told by push: turned on, compared at each opening, turned off."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from webapp.domain.notices import NoticeKind
from webapp.domain.people import SignedIn
from webapp.domain.pushes import PushSubscription
from webapp.persistence import audit, proofs, push_subscriptions
from webapp.persistence.database import reading, writing
from webapp.persistence.push_subscriptions import Holder
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators


class Reach(StrEnum):
    """How a device stands with us."""

    ON = "on"
    AGAIN = "again"  # it subscribed with another key than today's: turn it on again
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Offered:
    """A subscription as a browser tells it. `key`: our public key that it was made with; all in
    base64url."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class PushDevice:
    """One device that was turned on, as its holder sees it. Instants are UTC."""

    id: int
    device: str
    created_at: datetime
    seen_at: datetime
    reach: Reach
    is_this: bool


def public_key(with_: Collaborators) -> str:
    """What a browser subscribes with from now on."""
    with_.push_keys.ensure()
    return with_.push_keys.public_key(with_.push_keys.current_id())


def turn_on(with_: Collaborators, person: SignedIn, offered: Offered) -> Reach:
    """Push to this device from now on, because its holder asked for it; a welcome proves it.

    Raises SubscriptionError.
    """
    found, origin = _checked(with_, offered)
    if found.key_id != with_.push_keys.current_id():
        return Reach.AGAIN
    now = with_.clock.now()
    with writing() as writer:
        if not push_subscriptions.hold_login(writer, _holder(person)):
            return Reach.OFF
        is_news = _reach_of(with_, writer, person, found) is not Reach.ON
        subscription_id = push_subscriptions.store(writer, _holder(person), found, origin, now)
        if is_news:
            proofs.add(writer, person.account_id, NoticeKind.WELCOME, subscription_id, now)
            audit.record(writer, now, person.account_id, "push-on", ("login", person.login_id))
    return Reach.ON


def compare(
    with_: Collaborators, person: SignedIn, offered: Offered | None, turned_on_by: int
) -> Reach:
    """What is so for the device in hand, with a silent repair where it is owed one.

    `offered` is what its browser holds, None for nothing; `turned_on_by` the account that it
    remembers to have been turned on for, 0 for none. Raises SubscriptionError.
    """
    checked = _checked(with_, offered) if offered else None
    now = with_.clock.now()
    with writing() as writer:
        if not push_subscriptions.hold_login(writer, _holder(person)):
            return Reach.OFF
        if checked is None:
            push_subscriptions.remove_of_logins(writer, [person.login_id], now)
            return Reach.OFF
        found, origin = checked
        reach = _reach_of(with_, writer, person, found)
        row = push_subscriptions.find(writer, found.endpoint)
        if row is not None and row.account_id != person.account_id:
            # The device changed hands without a sign-out: its new holder did not ask for push.
            push_subscriptions.remove(writer, [row.id], now)
        elif row is not None and reach is not Reach.OFF:
            push_subscriptions.see(writer, row, person.login_id, now)
        elif row is None and _is_owed_repair(writer, person, turned_on_by):
            if found.key_id != with_.push_keys.current_id():
                return Reach.AGAIN
            push_subscriptions.store(writer, _holder(person), found, origin, now)
            return Reach.ON
    return reach


def _reach_of(
    with_: Collaborators, reader: Session, person: SignedIn, found: PushSubscription
) -> Reach:
    row = push_subscriptions.find(reader, found.endpoint)
    if row is None or row.account_id != person.account_id or push_subscriptions.is_turned_off(row):
        return Reach.OFF
    is_current = with_.push_keys.current_id() == row.key_id == found.key_id
    return Reach.ON if is_current and row.disabled_at is None else Reach.AGAIN


def _is_owed_repair(reader: Session, person: SignedIn, turned_on_by: int) -> bool:
    """Whether the device was on: its browser got a new address, or we lost the old one."""
    row = push_subscriptions.of_login(reader, person.login_id)
    if row is not None:
        return not push_subscriptions.is_turned_off(row)
    return turned_on_by == person.account_id


def devices_of(with_: Collaborators, person: SignedIn) -> list[PushDevice]:
    """This person's devices that were turned on, the one in hand first."""
    with_.push_keys.ensure()
    key_id = with_.push_keys.current_id()
    found = [
        PushDevice(
            row.id,
            row.device,
            row.created_at,
            row.seen_at,
            Reach.AGAIN if row.is_disabled or row.key_id != key_id else Reach.ON,
            row.login_id == person.login_id,
        )
        for row in push_subscriptions.devices_of(reading(), person.account_id)
    ]
    return sorted(found, key=lambda device: not device.is_this)


def turn_off(with_: Collaborators, person: SignedIn, subscription_id: int) -> None:
    """Push to this device no more, until it is turned on again there. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        if not push_subscriptions.is_own(writer, person.account_id, subscription_id):
            raise NotFoundError
        push_subscriptions.turn_off(writer, [subscription_id], now)
        about = ("push-subscription", subscription_id)
        audit.record(writer, now, person.account_id, "push-off", about)


def _checked(with_: Collaborators, offered: Offered) -> tuple[PushSubscription, str]:
    """The subscription with the id of its key ('' for one that is none of ours), and its origin.

    Raises SubscriptionError.
    """
    with_.push_keys.ensure()
    key_id = _key_id(with_, offered.key)
    found = PushSubscription(offered.endpoint, offered.p256dh, offered.auth, key_id)
    origin = with_.push.check(found)
    # One endpoint is one row, however the scheme and host of it were written.
    path = offered.endpoint.split("/", 3)[3:]
    endpoint = "/".join([origin, *path]) if path else f"{origin}/"
    return PushSubscription(endpoint, found.p256dh, found.auth, key_id), origin


def _key_id(with_: Collaborators, key: str) -> str:
    keys = with_.push_keys
    return next((id_ for id_ in keys.ids() if keys.public_key(id_) == key.rstrip("=")), "")


def _holder(person: SignedIn) -> Holder:
    return Holder(person.account_id, person.login_id)
