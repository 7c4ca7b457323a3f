"""What a sender keeps between batches: connections, gates, looked-up names, idle handles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from webapp.domain.pushes import OutgoingPush
from webapp.gateways.push.endpoints import TrustedHost
from webapp.gateways.push.exchange import Exchange
from webapp.gateways.push.gate import Gate
from webapp.gateways.push.lookups import Lookups
from webapp.gateways.push.message import encrypted, payload, time_to_live, topic
from webapp.gateways.push.outcomes import Chance
from webapp.gateways.push.vapid import VapidSigner
from webapp.gateways.push.wire import Wire

TOTAL_SECONDS = 15.0
CONNECT_SECONDS = 3.0

Request = tuple[dict[str, str], bytes]


@dataclass(frozen=True, slots=True)
class PushSettings:
    """How this deployment sends; production leaves `trusted` and `ca_file` as they are.

    `topic_secret` keys the topics. `total` bounds each request and the span in which a batch may
    start requests, `connect` the connecting and each look-up of a name; seconds.
    """

    topic_secret: bytes = field(repr=False)
    trusted: tuple[TrustedHost, ...] = ()
    ca_file: Path | None = None
    total: float = TOTAL_SECONDS
    connect: float = CONNECT_SECONDS


@dataclass(slots=True)
class Workbench:
    """The tools of one sender. The stopwatch gives seconds, chance numbers from 0 to 1."""

    signer: VapidSigner
    settings: PushSettings
    stopwatch: Callable[[], float]
    lookups: Lookups
    chance: Chance
    wire: Wire = field(init=False)
    gates: dict[str, Gate] = field(default_factory=dict)
    _idle: list[Exchange] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wire = Wire(self.stopwatch)

    def gate(self, origin: str) -> Gate:
        """What is known about an origin; a stranger's gate at first."""
        if origin not in self.gates:
            self.gates[origin] = Gate()
        return self.gates[origin]

    def request(self, push: OutgoingPush, origin: str, now: datetime) -> Request:
        """Headers and body. Raises UnsendableMessageError; UnknownKeyError if our key is lost."""
        about = topic(self.settings.topic_secret, push.topic_of)
        headers = {
            "Authorization": self.signer.authorization(origin, push.subscription.key_id, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(time_to_live(push.expires_at, now)),
            "Topic": about,
            "Urgency": push.urgency.value,
        }
        return headers, encrypted(payload(push.message, tag=about), push.subscription)

    def exchange(self) -> Exchange:
        """A handle for one request."""
        if self._idle:
            return self._idle.pop()
        return Exchange(self.settings.total, self.settings.connect, self.settings.ca_file)

    def give_back(self, exchange: Exchange) -> None:
        """Take a handle off the wire and keep it for another request."""
        self.wire.drop(exchange.handle)
        self._idle.append(exchange)

    def close(self) -> None:
        """Close every connection."""
        self.lookups.close()
        for exchange in self._idle:
            exchange.close()
        self.wire.close()
