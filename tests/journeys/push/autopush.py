"""Mozilla's way to a phone: its autopush protocol, JSON over one WebSocket from each Firefox."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.journeys.push.mailbox import Ack, Line, Mailbox, Message, Subscription

FOLDER = "/wpush/v2/"
Say = dict[str, Any]


class Autopush:
    """Converses with every Firefox that connects. `origin` is where endpoints point to."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.origin = ""
        self._mailbox = mailbox
        self._known: set[str] = set()
        self._open: set[web.WebSocketResponse] = set()

    async def converse(self, request: web.Request) -> web.WebSocketResponse:
        stream = web.WebSocketResponse(timeout=1.0, protocols=("push-notification",))
        await stream.prepare(request)
        conversation = _Conversation(self, self._mailbox, stream)
        self._open.add(stream)
        try:
            async for message in stream:
                if message.type is WSMsgType.TEXT:
                    await conversation.hear(json.loads(message.data))
        finally:
            self._open.discard(stream)
            self._mailbox.disconnect(conversation.phone, conversation.line)
        return stream

    def welcome(self, phone: str) -> str:
        """The name of a phone from now on: its own, if we gave it to it, else a new one."""
        phone = phone if phone in self._known else uuid.uuid4().hex
        self._known.add(phone)
        return phone

    async def forget(self) -> None:
        """Forget every phone, as a push service may: they must all subscribe anew."""
        for phone in self._known:
            for subscription in self._mailbox.of(phone):
                subscription.is_gone = True
        self._known.clear()
        await self.hang_up()

    async def hang_up(self) -> None:
        """End every connection; a Firefox comes back after a moment."""
        for stream in list(self._open):
            await stream.close()


class _Conversation:
    """With one Firefox, from its hello on."""

    def __init__(self, service: Autopush, mailbox: Mailbox, stream: web.WebSocketResponse) -> None:
        self.phone = ""
        self.line: Line = self._give
        self._service = service
        self._mailbox = mailbox
        self._stream = stream

    async def hear(self, said: Say) -> None:
        """Answer one message; an empty one is a ping, and what we do not know needs no answer."""
        answers: dict[str, Callable[[Say], Awaitable[None]]] = {
            "hello": self._hello,
            "register": self._register,
            "unregister": self._unregister,
            "ack": self._ack,
        }
        if not said:
            await self._stream.send_str("{}")
        elif said.get("messageType") in answers:
            await answers[said["messageType"]](said)

    async def _hello(self, said: Say) -> None:
        self.phone = self._service.welcome(said.get("uaid", ""))
        hello = {"uaid": self.phone, "status": 200, "use_webpush": True, "broadcasts": {}}
        await self._stream.send_json({"messageType": "hello", **hello})
        await self._mailbox.connect(self.phone, self.line)

    async def _register(self, said: Say) -> None:
        channel = said["channelID"]
        made = self._mailbox.subscribe(FOLDER, self.phone, channel, said.get("key", ""))
        endpoint = self._service.origin + made.path
        answer = {"channelID": channel, "status": 200, "pushEndpoint": endpoint}
        await self._stream.send_json({"messageType": "register", **answer})

    async def _unregister(self, said: Say) -> None:
        self._mailbox.unsubscribe(self.phone, said["channelID"])
        answer = {"channelID": said["channelID"], "status": 200}
        await self._stream.send_json({"messageType": "unregister", **answer})

    async def _ack(self, said: Say) -> None:
        for update in said["updates"]:
            self._mailbox.acknowledge(self.phone, Ack(update["version"], update["code"]))

    async def _give(self, subscription: Subscription, message: Message) -> None:
        data = base64.urlsafe_b64encode(message.body).rstrip(b"=").decode()
        given = {"channelID": subscription.channel, "version": message.id, "data": data}
        headers = {"headers": {"encoding": message.encoding}, "ttl": 60}
        await self._stream.send_json({"messageType": "notification", **given, **headers})
