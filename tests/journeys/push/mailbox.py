"""What a push service keeps: who subscribed, what was posted, and what the phones made of it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

SHOWN, UNDECRYPTABLE, NOT_SHOWN = 100, 101, 102


@dataclass(frozen=True)
class Message:
    """One encrypted body on its way to a phone."""

    id: str
    body: bytes = field(repr=False)
    encoding: str


@dataclass
class Subscription:
    """One page's address at the push service. `key` is the VAPID key it was made with, base64url.

    `taken` names every message; `waiting` holds those that the phone has not acknowledged, by
    topic, or by their own id without one.
    """

    path: str
    phone: str
    channel: str
    key: str
    is_gone: bool = False
    taken: set[str] = field(default_factory=set)
    waiting: dict[str, Message] = field(default_factory=dict)


@dataclass(frozen=True)
class Posted:
    """One POST as it came, header names in lower case, and the status that answered it."""

    at: datetime
    path: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    status: int


@dataclass(frozen=True)
class Ack:
    """What a phone said of a message; Google's phones have no code, only that it arrived."""

    message: str
    code: int | None


# How a connected phone is given a message.
Line = Callable[[Subscription, Message], Awaitable[None]]


class Mailbox:
    """Written by the push service's own thread; tests read it, and wait for `changed`."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.subscriptions: dict[str, Subscription] = {}
        self.received: list[Posted] = []
        self.acks: list[Ack] = []
        self.lines: dict[str, Line] = {}

    def subscribe(self, folder: str, phone: str, channel: str, key: str) -> Subscription:
        """A new address below a folder of the push service."""
        made = Subscription(f"{folder}{uuid.uuid4().hex}", phone, channel, key.rstrip("="))
        self.subscriptions[made.path] = made
        self.tell()
        return made

    def unsubscribe(self, phone: str, channel: str) -> None:
        """From now on every POST to it is answered with 410."""
        for subscription in self.of(phone):
            if subscription.channel == channel:
                subscription.is_gone = True
        self.tell()

    def of(self, phone: str) -> Iterator[Subscription]:
        return (one for one in list(self.subscriptions.values()) if one.phone == phone)

    async def connect(self, phone: str, line: Line) -> None:
        """A phone is there: give it what waited, the oldest first."""
        self.lines[phone] = line
        self.tell()
        for subscription in self.of(phone):
            for message in list(subscription.waiting.values()):
                await line(subscription, message)

    def disconnect(self, phone: str, line: Line) -> None:
        """A connection ended; the phone may have made a newer one meanwhile."""
        if self.lines.get(phone) is line:
            del self.lines[phone]
            self.tell()

    async def deliver(self, subscription: Subscription, message: Message, topic: str) -> None:
        """Keep a message until it is acknowledged; a newer one of its topic replaces it."""
        subscription.taken.add(message.id)
        subscription.waiting[topic or message.id] = message
        line = self.lines.get(subscription.phone)
        if line is not None:
            await line(subscription, message)

    def acknowledge(self, phone: str, ack: Ack) -> None:
        """A phone has a message; of subscriptions that we no longer know, we want to know none."""
        for subscription in self.of(phone):
            if ack.message in subscription.taken:
                waiting = subscription.waiting.items()
                subscription.waiting = {key: one for key, one in waiting if one.id != ack.message}
                self.acks.append(ack)
        self.tell()

    def record(self, posted: Posted) -> None:
        self.received.append(posted)
        self.tell()

    def tell(self) -> None:
        """Wake whoever waits for something to be true here."""
        with self.changed:
            self.changed.notify_all()
