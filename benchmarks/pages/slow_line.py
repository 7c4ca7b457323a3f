"""A slow line between a phone and a server of this machine: a relay that delays and rations.

Chromium's own throttling slows the requests of a page, but not those of its service worker, and
knows no new connections; a relay slows whatever travels, whoever asks for it. Not imitated: lost
packets, and that TCP begins slowly (Today's HTML fits into the first flight all the same).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

PACKET = 1_460
PATIENCE = 10
NEVER = 3_600


@dataclass(frozen=True)
class Speed:
    """Bytes a second in each direction, seconds of a round trip, and what a new connection waits.

    `is_dead`: connections are taken, and nobody ever answers.
    """

    bytes_per_second: float = 1e9
    round_trip: float = 0.0
    opening: float = 0.0
    is_dead: bool = False


FAST = Speed()
# What DevTools and WebPageTest call slow 3G: 400 kbit/s, 400 ms. A new connection to a site costs
# three round trips: its name, TCP, TLS 1.3. TCP's and TLS's are waited for here.
SLOW_3G = Speed(50_000, 0.4, 3 * 0.4)
DEAD = Speed(is_dead=True)


class Lane:
    """One direction of the line: a byte waits for all bytes before it, of any connection."""

    def __init__(self) -> None:
        self._free_at = 0.0

    def arrival(self, now: float, size: int, speed: Speed) -> float:
        """When this many bytes that set out now have arrived (seconds)."""
        begins = max(now, self._free_at)
        self._free_at = begins + size / speed.bytes_per_second
        return self._free_at + speed.round_trip / 2


class SlowLine:
    """Takes connections at `port` and carries them to the server's port, at its present speed."""

    def __init__(self, server_port: int) -> None:
        self.port = 0
        self._server_port = server_port
        self._speed = FAST
        self._lanes = (Lane(), Lane())
        self._open: set[asyncio.StreamWriter] = set()
        self._at_work: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]

    async def change(self, speed: Speed) -> None:
        """From now on; whatever is connected has to connect anew."""
        self._speed = speed
        self._lanes = (Lane(), Lane())
        for writer in [*self._open]:
            writer.close()

    async def end(self) -> None:
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._relay(reader, writer))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with suppress(ConnectionError):
            await asyncio.sleep(self._speed.opening)
            if self._speed.is_dead:
                await asyncio.sleep(NEVER)
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self._server_port)
            up, down = self._lanes
            await asyncio.gather(
                self._carry(reader, to_server, up), self._carry(from_server, writer, down)
            )
        self._open.discard(writer)

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lane: Lane
    ) -> None:
        loop = asyncio.get_running_loop()
        at = loop.time()
        while data := await reader.read(PACKET):
            at = lane.arrival(loop.time(), len(data), self._speed)
            loop.call_at(at, writer.write, data)
        loop.call_at(at, writer.close)


@dataclass(frozen=True)
class Handle:
    """The line, for a thread that does not run its loop."""

    line: SlowLine
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.line.port}"

    def change(self, speed: Speed) -> None:
        self.do(self.line.change(speed))

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)


@contextmanager
def slow_line(server_url: str) -> Iterator[Handle]:
    """Lay a line to a server of this machine; it is as fast as can be until told otherwise."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    handle = Handle(SlowLine(int(server_url.rpartition(":")[2])), loop)
    try:
        handle.do(handle.line.begin())
        yield handle
        handle.do(handle.line.end())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
