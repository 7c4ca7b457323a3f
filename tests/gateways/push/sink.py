"""A push service on loopback that speaks HTTP/2, records what it gets and misbehaves on demand."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, RequestReceived, StreamEnded, StreamReset
from h2.exceptions import ProtocolError

from tests.gateways.push.certificate import Certificate

DRIP_SECONDS = 0.05
HOLDING_SECONDS = 0.01


@dataclass(frozen=True)
class Answer:
    """What a sink answers. `manner` is plain, never, reset, drip (the body byte by byte) or
    trickle (everything on that connection byte by byte)."""

    status: int = 201
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    manner: str = "plain"


@dataclass
class Received:
    """One request as it came; `at` is when its headers did, on the sink's clock. `status` is what
    it was answered, 0 as long as it was not."""

    path: str
    headers: dict[str, str]
    body: bytes = b""
    connection: int = 0
    at: float = 0.0
    status: int = 0


@dataclass
class Sink:
    """Answers each path as `answers` says, or else as `answer`; counts what it sees."""

    certificate: Certificate | None
    address: str = "127.0.0.1"
    answer: Answer = field(default_factory=Answer)
    answers: dict[str, Answer] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    most_before_an_answer: int = 0
    answered: int = 0
    # Seconds by which every answer is late, so that requests gather.
    late: float = 0.0
    # While set, nobody gets an answer.
    is_holding: bool = False
    drip_seconds: float = DRIP_SECONDS
    clock: Callable[[], float] = time.time
    port: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        is_ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(is_ready,))
        self._thread.start()
        assert is_ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)
        assert not self._thread.is_alive()

    def _run(self, is_ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve(is_ready))
        finally:
            self._loop.close()

    async def _serve(self, is_ready: threading.Event) -> None:
        self._stop = asyncio.Event()
        server = await self._loop.create_server(
            lambda: _Connection(self), self.address, self.port, ssl=self._tls()
        )
        self.port = server.sockets[0].getsockname()[1]
        self.open: set[_Connection] = set()
        is_ready.set()
        await self._stop.wait()
        server.close()
        for connection in list(self.open):
            connection.abort()
        await asyncio.sleep(0)

    def _tls(self) -> ssl.SSLContext | None:
        if self.certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate.file, self.certificate.key_file)
        context.set_alpn_protocols(["h2"])
        return context


class _Connection(asyncio.Protocol):
    """One HTTP/2 connection; without TLS only a canary that counts."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self._streams: dict[int, Received] = {}
        self._drips: dict[int, asyncio.TimerHandle] = {}
        self._bodies: dict[int, bytes] = {}
        self._trickle: bytearray | None = None
        self._is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._sink.connections += 1
        self._number = self._sink.connections
        self._sink.open.add(self)
        if self._sink.certificate:
            self._h2.initiate_connection()
            self._flush()

    def connection_lost(self, exc: Exception | None) -> None:
        self._sink.open.discard(self)
        self._is_lost = True
        for drip in self._drips.values():
            drip.cancel()

    @property
    def _is_over(self) -> bool:
        # A transport forgets that it was closing once it is closed.
        return self._is_lost or self._transport.is_closing()

    def abort(self) -> None:
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        if not self._sink.certificate:
            return
        try:
            events = self._h2.receive_data(data)
        except ProtocolError:
            self.abort()
            return
        for event in events:
            if isinstance(event, RequestReceived):
                headers = {str(name): str(value) for name, value in event.headers}
                seen = Received(headers[":path"], headers, b"", self._number, self._sink.clock())
                self._streams[event.stream_id] = seen
            elif isinstance(event, DataReceived):
                self._streams[event.stream_id].body += event.data
                self._h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            elif isinstance(event, StreamEnded):
                self._take(event.stream_id)
            elif isinstance(event, StreamReset) and event.stream_id in self._drips:
                self._drips.pop(event.stream_id).cancel()
        self._go_on()
        self._flush()

    def _take(self, stream: int) -> None:
        sink = self._sink
        seen = self._streams.pop(stream)
        sink.received.append(seen)
        sink.in_flight += 1
        sink.most_in_flight = max(sink.most_in_flight, sink.in_flight)
        if not sink.answered:
            sink.most_before_an_answer = sink.most_in_flight
        asyncio.get_running_loop().call_later(sink.late, self._answer, stream, seen)

    def _answer(self, stream: int, seen: Received) -> None:
        if self._sink.is_holding:
            loop = asyncio.get_running_loop()
            loop.call_later(HOLDING_SECONDS, self._answer, stream, seen)
            return
        answer = self._sink.answers.get(seen.path, self._sink.answer)
        if answer.manner == "never":
            return
        seen.status = answer.status
        self._sink.in_flight -= 1
        self._sink.answered += 1
        if answer.manner == "reset":
            self.abort()
            return
        if self._is_over:
            return
        headers = [(":status", str(answer.status)), *answer.headers]
        if answer.manner == "trickle" and self._trickle is None:
            self._trickle = bytearray()
            self._go_slowly()
        try:
            self._h2.send_headers(stream, headers)
            if answer.manner == "drip":
                self._drip(stream)
            else:
                self._send(stream, answer.body)
        except ProtocolError:
            return
        self._flush()

    def _send(self, stream: int, body: bytes) -> None:
        """As much as the flow control takes now; the rest when it takes more."""
        while body:
            window = self._h2.local_flow_control_window(stream)
            size = min(window, self._h2.max_outbound_frame_size)
            if size <= 0:
                self._bodies[stream] = body
                return
            self._h2.send_data(stream, body[:size])
            body = body[size:]
        self._h2.end_stream(stream)

    def _go_on(self) -> None:
        for stream in list(self._bodies):
            with suppress(ProtocolError):
                self._send(stream, self._bodies.pop(stream))

    def _drip(self, stream: int) -> None:
        try:
            self._h2.send_data(stream, b".")
        except ProtocolError:
            return
        self._flush()
        loop = asyncio.get_running_loop()
        self._drips[stream] = loop.call_later(self._sink.drip_seconds, self._drip, stream)

    def _flush(self) -> None:
        data = self._h2.data_to_send()
        if self._trickle is not None:
            self._trickle += data
        elif data and not self._is_over:
            self._transport.write(data)

    def _go_slowly(self) -> None:
        assert self._trickle is not None
        if not self._is_over:
            self._transport.write(bytes(self._trickle[:1]))
            del self._trickle[:1]
            loop = asyncio.get_running_loop()
            loop.call_later(self._sink.drip_seconds, self._go_slowly)
