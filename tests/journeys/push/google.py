"""Google's way to a phone: check-in, registration, and a stream of messages to each Chromium."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from itertools import count
from typing import Any

from aiohttp import web

from tests.journeys.push.mailbox import Ack, Line, Mailbox, Message, Subscription
from tests.journeys.push.protobuf import field, fields, fixed64, read_varint, varint

FOLDER = "/fcm/send/"
PROTOBUF = "application/x-protobuf"
VERSION = 41
PING, PONG, LOGIN, WELCOME, ACK, DATA = 0, 1, 2, 3, 7, 8
FIRST_PHONE = 0x1000_0000_0000_0001


class Google:
    """Converses with every Chromium that was started with our addresses."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._numbers = count(FIRST_PHONE)
        self._senders: dict[str, tuple[str, str]] = {}
        self._open: set[asyncio.StreamWriter] = set()

    async def check_in(self, request: web.Request) -> web.Response:
        """A Chromium gets a number and a secret; one that has them keeps them."""
        number = fields(await request.read()).get(2) or next(self._numbers)
        assert isinstance(number, int)
        now = int(time.time() * 1000)
        known = fixed64(7, number) + fixed64(8, 1)
        answer = field(1, 1) + field(3, now) + known + field(9, "1")
        return web.Response(body=answer, content_type=PROTOBUF)

    async def register(self, request: web.Request) -> web.Response:
        """A page subscribes, or no longer; `X-subtype` names it within its Chromium."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        phone, channel = form["device"], form.get("X-subtype", "")
        if not channel:
            # Chromium registers for purposes of its own, too.
            return web.Response(text="token=not-for-pages")
        if "delete" in form:
            self._mailbox.unsubscribe(phone, channel)
            return web.Response(text=f"token={channel}")
        self._senders[channel] = (form["app"], form["sender"])
        made = self._mailbox.subscribe(FOLDER, phone, channel, form["sender"])
        return web.Response(text=f"token={made.path.removeprefix(FOLDER)}")

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The stream of messages to one Chromium."""
        self._open.add(writer)
        stream = _Stream(self._mailbox, writer, self._senders)
        try:
            # The connection ends in one of two ways, whenever Chromium likes.
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                await reader.readexactly(1)
                while True:
                    kind = (await reader.readexactly(1))[0]
                    size = await read_varint(reader)
                    await stream.hear(kind, await reader.readexactly(size))
        finally:
            self._open.discard(writer)
            self._mailbox.disconnect(stream.phone, stream.line)
            writer.transport.abort()

    def hang_up(self) -> None:
        """End every connection; a Chromium comes back after a moment."""
        for writer in list(self._open):
            writer.transport.abort()


class _Stream:
    """What is said to one Chromium and heard from it."""

    def __init__(
        self, mailbox: Mailbox, writer: asyncio.StreamWriter, senders: dict[str, tuple[str, str]]
    ) -> None:
        self.phone = ""
        self.line: Line = self._give
        self._mailbox = mailbox
        self._writer = writer
        self._senders = senders
        self._unacknowledged: list[str] = []

    async def hear(self, kind: int, content: bytes) -> None:
        if kind == LOGIN:
            name: Any = fields(content)[3]
            self.phone = name.decode()
            self._writer.write(bytes([VERSION]))
            await self._say(WELCOME, field(1, "welcome"))
            await self._mailbox.connect(self.phone, self.line)
        elif kind == PING:
            await self._say(PONG, b"")
        elif kind == ACK:
            # It acknowledges all that it was given so far.
            for message in self._unacknowledged:
                self._mailbox.acknowledge(self.phone, Ack(message, None))
            self._unacknowledged.clear()

    async def _give(self, subscription: Subscription, message: Message) -> None:
        app, sender = self._senders[subscription.channel]
        self._unacknowledged.append(message.id)
        whom = field(2, message.id) + field(3, sender) + field(5, app)
        data = _data("subtype", subscription.channel) + _data("content-encoding", message.encoding)
        kept = field(9, message.id) + field(17, 60) + field(18, int(time.time() * 1000))
        acknowledge_now = field(24, 1)
        await self._say(DATA, whom + data + kept + field(21, message.body) + acknowledge_now)

    async def _say(self, kind: int, content: bytes) -> None:
        self._writer.write(bytes([kind]) + varint(len(content)) + content)
        await self._writer.drain()


def _data(name: str, value: str) -> bytes:
    return field(7, field(1, name) + field(2, value))
