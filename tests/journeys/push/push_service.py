"""The push services of Mozilla and Google on loopback, so that real browsers get real pushes."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import ssl
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import AsyncExitStack
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlsplit

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.gateways.push.certificate import Certificate
from tests.gateways.push.sink import Answer
from tests.journeys.push.autopush import FOLDER, Autopush
from tests.journeys.push.google import Google
from tests.journeys.push.mailbox import Ack, Mailbox, Posted, Subscription
from tests.journeys.push.posts import Posts

LOOPBACK = "127.0.0.1"
MOZILLAS_NAME = "localhost"
# Which one a Chromium names in its endpoints depends on who built it.
GOOGLES_NAMES = ("jmt17.google.com", "fcm.googleapis.com")
NAMES = (MOZILLAS_NAME, *GOOGLES_NAMES)
PATIENCE = 60.0
# A request that is never answered must not hold up the end.
SHORT = 0.2


class PushService:
    """One thread, three ports: for senders (TLS), for browsers (plain) and Google's stream (TLS).

    `received` holds every POST, `acks` what the phones said. `answer` (to everybody) and `answers`
    (by the path of an endpoint) say otherwise than a push service would, and forward nothing.
    """

    def __init__(self, certificate: Certificate) -> None:
        self.certificate = certificate
        self.mailbox = Mailbox()
        self._posts = Posts(self.mailbox)
        self._autopush = Autopush(self.mailbox)
        self._google = Google(self.mailbox)
        self._ports: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        is_ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(is_ready,), name="push-service")
        self._thread.start()
        assert is_ready.wait(PATIENCE)
        self._autopush.origin = f"https://{MOZILLAS_NAME}:{self._ports['senders']}"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    @property
    def origin(self) -> str:
        """Where a Firefox's endpoints point to."""
        return self._autopush.origin

    @property
    def firefox_address(self) -> str:
        """For Firefox's preference `dom.push.serverURL`."""
        return f"ws://{LOOPBACK}:{self._ports['browsers']}/"

    @property
    def chromium_arguments(self) -> tuple[str, ...]:
        """For the command line of Chromium, which needs a profile of its own then."""
        plain = f"http://{LOOPBACK}:{self._ports['browsers']}"
        return (
            f"--gcm-checkin-url={plain}/checkin",
            f"--gcm-registration-url={plain}/register",
            f"--gcm-mcs-endpoint=https://{LOOPBACK}:{self._ports['google']}",
            f"--ignore-certificate-errors-spki-list={self._pin}",
        )

    @property
    def settings(self) -> dict[str, str]:
        """The environment with which a clinic's worker sends to us and to nobody else."""
        senders = self._ports["senders"]
        hosts = [f"{MOZILLAS_NAME}:{senders}={LOOPBACK}:{senders}"]
        hosts += [f"{name}={LOOPBACK}:{senders}" for name in GOOGLES_NAMES]
        ca_file = str(self.certificate.file)
        return {"LIFTDAY_PUSH_HOSTS": ",".join(hosts), "LIFTDAY_PUSH_CA_FILE": ca_file}

    @property
    def received(self) -> list[Posted]:
        return self.mailbox.received

    @property
    def acks(self) -> list[Ack]:
        return self.mailbox.acks

    @property
    def subscriptions(self) -> list[Subscription]:
        """Those that a POST still reaches."""
        return [one for one in list(self.mailbox.subscriptions.values()) if not one.is_gone]

    @property
    def answers(self) -> dict[str, Answer]:
        return self._posts.answers

    def answer_everybody(self, answer: Answer | None) -> None:
        """What every POST gets from now on; None: what it deserves."""
        self._posts.answer = answer

    def subscribe(self, key: str) -> str:
        """An endpoint made with a VAPID key (base64url) behind which no browser listens."""
        made = self.mailbox.subscribe(FOLDER, "nobody", "no channel", key)
        return self.origin + made.path

    def is_connected(self, endpoint: str) -> bool:
        """Whether the browser behind an endpoint is there at the moment."""
        subscription = self.mailbox.subscriptions[urlsplit(endpoint).path]
        return subscription.phone in self.mailbox.lines

    def wait_until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for something to become true here; `what` is said if it never does."""
        with self.mailbox.changed:
            assert self.mailbox.changed.wait_for(condition, PATIENCE), f"never seen: {what}"

    def forget_phones(self) -> None:
        """Lose every Firefox, as after a failure: they are all told to subscribe anew."""
        self._do(self._autopush.forget())

    def tidy(self) -> None:
        """Forget what was said, told and subscribed, not who is connected."""
        self.answer_everybody(None)
        self.mailbox.subscriptions.clear()
        self.answers.clear()
        self.received.clear()
        self.acks.clear()

    @cached_property
    def _pin(self) -> str:
        """The hash of our key by which a Chromium trusts our certificate."""
        key = x509.load_pem_x509_certificate(self.certificate.file.read_bytes()).public_key()
        raw = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(hashlib.sha256(raw).digest()).decode()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        done: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        done.result(PATIENCE)

    def _run(self, is_ready: threading.Event) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(is_ready))

    async def _serve(self, is_ready: threading.Event) -> None:
        self._stop = asyncio.Event()
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.certificate.file, self.certificate.key_file)
        async with AsyncExitStack() as running:
            self._ports["senders"] = await _site(running, self._for_senders(), tls)
            self._ports["browsers"] = await _site(running, self._for_browsers(), None)
            google = await asyncio.start_server(self._google.converse, LOOPBACK, 0, ssl=tls)
            self._ports["google"] = google.sockets[0].getsockname()[1]
            running.callback(google.close)
            is_ready.set()
            await self._stop.wait()
            self._google.hang_up()
            await self._autopush.hang_up()

    def _for_senders(self) -> web.Application:
        application = web.Application()
        application.router.add_post("/{path:.*}", self._posts.take)
        return application

    def _for_browsers(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/", self._autopush.converse)
        application.router.add_post("/checkin", self._google.check_in)
        application.router.add_post("/register", self._google.register)
        return application


async def _site(
    running: AsyncExitStack, application: web.Application, tls: ssl.SSLContext | None
) -> int:
    """Serve on a free port of loopback until the stack ends; the port."""
    runner = web.AppRunner(application, shutdown_timeout=SHORT, access_log=None)
    await runner.setup()
    running.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, LOOPBACK, 0, ssl_context=tls)
    await site.start()
    port: int = runner.addresses[0][1]
    return port
