"""Stand-ins for push services, and senders that know them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.gateways.push.certificate import Certificate, make_certificate
from tests.gateways.push.phone import Phone
from tests.gateways.push.sink import Sink
from webapp.domain.pushes import Outcome, OutgoingPush, PushMessage, SendResult
from webapp.gateways.clock import stopwatch
from webapp.gateways.push.addresses import AddressGuard
from webapp.gateways.push.endpoints import TrustedHost
from webapp.gateways.push.sender import PushSender
from webapp.gateways.push.vapid import VapidSigner
from webapp.gateways.push.vapid_keys import VapidKeys
from webapp.gateways.push.workbench import PushSettings

NAMES = ("push.test", "other.test", "localhost", "fcm.googleapis.com")
MESSAGE = PushMessage(
    "Your plan has an update", "Open Liftday to read it.", "https://a.clinic/", "en"
)
MakeSink = Callable[..., Sink]


@dataclass
class Post:
    """One sender with its keys and a phone; makes pushes and collects their results."""

    keys: VapidKeys
    settings: PushSettings
    guard: AddressGuard
    phone: Phone = field(default_factory=Phone)
    sender: PushSender = field(init=False)

    def __post_init__(self) -> None:
        signer = VapidSigner(self.keys, "mailto:care@clinic.bg")
        self.sender = PushSender(signer, self.settings, stopwatch, self.guard, lambda: 0.0)

    def push(self, number: int, endpoint: str) -> OutgoingPush:
        subscription = self.phone.subscription(endpoint, self.keys.current_id())
        expires_at = NOON + timedelta(hours=12)
        return OutgoingPush(number, subscription, MESSAGE, f"notice/{number}", expires_at)

    def send(self, *endpoints: str) -> dict[int, SendResult]:
        """One push to each endpoint, numbered from 0; results by number."""
        return self.deliver([self.push(n, endpoint) for n, endpoint in enumerate(endpoints)])

    def results(self, batch: Sequence[OutgoingPush], now: datetime = NOON) -> list[SendResult]:
        """What became known, in order."""
        return [result for result in self.sender.send(batch, now) if result]

    def deliver(self, batch: Sequence[OutgoingPush]) -> dict[int, SendResult]:
        results = self.results(batch)
        assert sorted(result.id for result in results) == sorted(push.id for push in batch)
        return {result.id: result for result in results}

    def outcomes(self, *endpoints: str) -> list[Outcome]:
        return [result.outcome for _, result in sorted(self.send(*endpoints).items())]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("stand-in"), NAMES)


@pytest.fixture
def make_sink(certificate: Certificate) -> Iterator[MakeSink]:
    """Makes sinks that stop with the test; `canary` ones only count connections."""
    with ExitStack() as running:

        def make(is_canary: bool = False, **settings: object) -> Sink:
            settings = {"certificate": None if is_canary else certificate} | settings
            sink = Sink(**settings)  # type: ignore[arg-type]
            return running.enter_context(sink)

        yield make


@pytest.fixture
def sink(make_sink: MakeSink) -> Sink:
    return make_sink()


@pytest.fixture
def keys(tmp_path: Path) -> VapidKeys:
    keys = VapidKeys(tmp_path / "vapid")
    keys.ensure()
    return keys


@pytest.fixture
def make_post(keys: VapidKeys, certificate: Certificate) -> Iterator[Callable[..., Post]]:
    """Makes senders that know the stand-ins `hosts` and are as patient as `total` seconds."""
    made: list[Post] = []

    def make(*hosts: TrustedHost, total: float = 5.0, guard: AddressGuard | None = None) -> Post:
        settings = PushSettings(b"secret", hosts, certificate.file, total=total, connect=0.5)
        post = Post(keys, settings, guard or AddressGuard(lambda host, port: ["127.0.0.1"]))
        made.append(post)
        return post

    yield make
    for post in made:
        post.sender.close()


@pytest.fixture
def post(make_post: Callable[..., Post], sink: Sink) -> Post:
    """A sender that knows the one sink, as push.test."""
    return make_post(TrustedHost("push.test", sink.port))


@pytest.fixture
def endpoint(sink: Sink) -> str:
    return f"https://push.test:{sink.port}/send/abc"
