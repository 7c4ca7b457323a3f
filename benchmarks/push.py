"""What sending a push costs, beside its encryption alone and beside other ways: JSON lines.

    python -m benchmarks.push

Everything runs on one core, the local TLS sink in a process of its own. The ways take turns, so
that a busy machine slows all of them alike; a ratio is the median of the ratios of the turns.
`worker` is the whole way of a notice, from the table to the settled delivery, each of another
course. `ratio` is CPU time of this process a message, beside the encryption alone; `rate` is
messages a second, beside the loop of `webpush()` calls.
"""

from __future__ import annotations

import asyncio
import base64
import gc
import json
import os
import ssl
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import certifi
import requests
from pywebpush import webpush, webpush_async

from benchmarks._push_floor import encrypt
from benchmarks._push_sink import sink
from benchmarks._push_worker import WholeWorker
from tests.gateways.push.certificate import make_certificate
from tests.gateways.push.phone import Phone
from webapp.domain.pushes import Outcome, OutgoingPush, PushMessage, PushSubscription
from webapp.gateways.clock import stopwatch
from webapp.gateways.push.endpoints import TrustedHost
from webapp.gateways.push.message import encrypted, payload
from webapp.gateways.push.sender import PushSender
from webapp.gateways.push.vapid import VapidSigner
from webapp.gateways.push.vapid_keys import VapidKeys
from webapp.gateways.push.workbench import PushSettings

TURNS = 15
WARM_UPS = 2
PHONES = 64
IN_FLIGHT = 100
MESSAGES = {
    "floor": 400,
    "encode": 400,
    "send": 800,
    "worker": 600,
    "webpush-async": 100,
    "requests-session": 40,
    "naive-webpush": 4,
}
SUBJECT = "mailto:care@clinic.bg"
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MESSAGE = PushMessage(
    "You can wash with water only now",
    "Keep your head out of the sun; two more restrictions ended. Open Liftday to read on.",
    "https://care.clinic.bg/dates",
    "en",
    2,
)
CONTENT = payload(MESSAGE, "0123456789abcdef0123456789abcdef")
Way = Callable[[int], None]


@dataclass
class Ways:
    """Every way of sending, to the same phones at the same sink."""

    keys: VapidKeys
    authorities: Path
    port: int
    worker: WholeWorker

    def __post_init__(self) -> None:
        endpoint = f"https://localhost:{self.port}/send/abc"
        key_id = self.keys.current_id()
        self._key = self.keys.key(key_id)
        self._phones = [Phone().subscription(endpoint, key_id) for _ in range(PHONES)]
        hosts = (TrustedHost("localhost", self.port),)
        settings = PushSettings(b"secret", hosts, self.authorities)
        self._sender = PushSender(VapidSigner(self.keys, SUBJECT), settings, stopwatch)
        self._session = requests.Session()
        self._loop = asyncio.new_event_loop()
        self._client: aiohttp.ClientSession | None = None

    def named(self) -> dict[str, Way]:
        return {
            "floor": self.floor,
            "encode": self.encode,
            "send": self.send,
            "worker": self.worker.work,
            "webpush-async": lambda count: self._loop.run_until_complete(self._async(count)),
            "requests-session": lambda count: self._webpush(count, self._session),
            "naive-webpush": lambda count: self._webpush(count, None),
        }

    def phone(self, number: int) -> PushSubscription:
        return self._phones[number % PHONES]

    def floor(self, count: int) -> None:
        for number in range(count):
            phone = self.phone(number)
            encrypt(CONTENT, _raw(phone.p256dh), _raw(phone.auth))

    def encode(self, count: int) -> None:
        """pywebpush's encryption alone: what we take of it."""
        for number in range(count):
            encrypted(CONTENT, self.phone(number))

    def send(self, count: int) -> None:
        expires_at = NOW + timedelta(hours=12)
        batch = [
            OutgoingPush(number, self.phone(number), MESSAGE, f"notice/{number}", expires_at)
            for number in range(count)
        ]
        outcomes = {result.outcome for result in self._sender.send(batch, NOW) if result}
        assert outcomes == {Outcome.ACCEPTED}, outcomes

    def _webpush(self, count: int, session: requests.Session | None) -> None:
        for number in range(count):
            answer = webpush(**self._asked(number), requests_session=session)
            assert answer.status_code == 201

    async def _async(self, count: int) -> None:
        if self._client is None:
            trust = ssl.create_default_context(cafile=str(self.authorities))
            connector = aiohttp.TCPConnector(limit=IN_FLIGHT, ssl=trust)
            self._client = aiohttp.ClientSession(connector=connector)
        calls = (
            webpush_async(**self._asked(number), aiohttp_session=self._client)
            for number in range(count)
        )
        assert all(answer.status == 201 for answer in await asyncio.gather(*calls))

    def close(self) -> None:
        """End the connections that some ways keep."""
        self._sender.close()
        self.worker.close()
        self._session.close()
        if self._client:
            self._loop.run_until_complete(self._client.close())
        self._loop.close()

    def _asked(self, number: int) -> dict[str, Any]:
        phone = self.phone(number)
        keys = {"p256dh": phone.p256dh, "auth": phone.auth}
        return {
            "subscription_info": {"endpoint": phone.endpoint, "keys": keys},
            "data": CONTENT,
            "vapid_private_key": self._key,
            "vapid_claims": {"sub": SUBJECT},
            "ttl": 43_200,
        }


def main() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        certificate = make_certificate(folder, ["localhost"])
        authorities = folder / "authorities.pem"
        # Among all the usual ones, because loading them is a part of what some ways cost.
        authorities.write_bytes(certificate.file.read_bytes() + Path(certifi.where()).read_bytes())
        os.environ["REQUESTS_CA_BUNDLE"] = str(authorities)
        (folder / "clinic").mkdir()
        keys = VapidKeys(folder / "vapid")
        keys.ensure()
        with sink(certificate, folder) as port:
            clients = MESSAGES["worker"] * (WARM_UPS + TURNS)
            worker = WholeWorker(folder / "clinic", authorities, port, clients)
            ways = Ways(keys, authorities, port, worker)
            _compare(ways.named())
            ways.close()


def _compare(ways: dict[str, Way]) -> None:
    costs: dict[str, list[float]] = {name: [] for name in ways}
    rates: dict[str, list[float]] = {name: [] for name in ways}
    gc.freeze()
    for turn in range(-WARM_UPS, TURNS):
        measured = {name: _measure(way, MESSAGES[name]) for name, way in ways.items()}
        for name, (cpu, wall) in measured.items() if turn >= 0 else ():
            costs[name].append(cpu / measured["floor"][0])
            rates[name].append(measured["naive-webpush"][1] / wall)
    for name in ways:
        line = {"name": name, "ratio": round(statistics.median(costs[name]), 2), "unit": "× floor"}
        if name not in ("floor", "encode"):
            line |= {"rate": round(statistics.median(rates[name]), 1), "rate_unit": "× naive"}
        print(json.dumps(line, ensure_ascii=False))


def _measure(way: Way, count: int) -> tuple[float, float]:
    """CPU and wall seconds a message; nobody tidies up after the one before."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    way(count)
    return (time.process_time() - cpu) / count, (time.perf_counter() - wall) / count


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


if __name__ == "__main__":
    main()
