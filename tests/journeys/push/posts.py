"""The side of a push service that an application server speaks to (RFC 8030, 8291, 8292)."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from aiohttp import web
from py_vapid import Vapid02

from tests.gateways.push.sink import DRIP_SECONDS, Answer
from tests.journeys.push.mailbox import Mailbox, Message, Posted, Subscription

LARGEST_BODY = 4096
AUTHORIZATION = re.compile(r"vapid t=(?P<token>[^, ]+),k=(?P<key>\S+)")
UNSIGNED = Answer(401, b'{"errno": 109, "message": "Missing or unreadable VAPID header"}')
# Each push service has its own words for a key other than the one subscribed with.
MISMATCHES = {
    "/wpush/": Answer(401, b'{"errno": 109, "message": "VAPID public key mismatch"}'),
    "/fcm/": Answer(
        403,
        b"the VAPID credentials in the authorization header do not correspond to the credentials"
        b" used to create the subscriptions.",
    ),
}


class Posts:
    """Takes every POST: answers as told, else as a push service would, and then forwards it."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self.answer: Answer | None = None
        self.answers: dict[str, Answer] = {}

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        subscription = self._mailbox.subscriptions.get(request.path)
        told = self.answers.get(request.path, self.answer)
        answer = told or judge(subscription, headers, body)
        posted = Posted(datetime.now(UTC), request.path, headers, body, answer.status)
        self._mailbox.record(posted)
        if told is None and answer.status == web.HTTPCreated.status_code:
            assert subscription is not None
            return await self._forward(subscription, posted)
        return await answered(request, answer)

    async def _forward(self, subscription: Subscription, posted: Posted) -> web.Response:
        headers = posted.headers
        message = Message(uuid.uuid4().hex, posted.body, headers["content-encoding"])
        await self._mailbox.deliver(subscription, message, headers.get("topic", ""))
        location = f"https://{headers['host']}/m/{message.id}"
        return web.Response(status=201, headers={"Location": location, "TTL": headers["ttl"]})


def judge(subscription: Subscription | None, headers: Mapping[str, str], body: bytes) -> Answer:
    """What a push service says to a request: 201 if nothing is wrong with it."""
    if subscription is None or subscription.is_gone:
        return Answer(404 if subscription is None else 410)
    if not headers.get("ttl", "").isdigit() or headers.get("content-encoding") != "aes128gcm":
        return Answer(400)
    if len(body) > LARGEST_BODY:
        return Answer(413)
    signed = AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if signed is None or not is_for(f"https://{headers['host']}", signed[0], signed["token"]):
        return UNSIGNED
    if subscription.key and signed["key"].rstrip("=") != subscription.key:
        return next(a for prefix, a in MISMATCHES.items() if subscription.path.startswith(prefix))
    return Answer(201)


def is_for(origin: str, header: str, token: str) -> bool:
    """Whether a signature is right and names this push service.

    Its end is not looked at: a clinic under test may live in another time than we do.
    """
    try:
        is_signed = Vapid02.verify(header)
    except Exception:
        # A header that is none upsets the library in many ways.
        return False
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return bool(is_signed and claims["aud"] == origin)


async def answered(request: web.Request, answer: Answer) -> web.StreamResponse:
    """An answer in its manner; one that never ends does when we stop."""
    response: web.StreamResponse
    if answer.manner == "plain":
        response = web.Response(status=answer.status, headers=answer.headers, body=answer.body)
        return response
    response = web.StreamResponse(status=answer.status, headers=answer.headers)
    if answer.manner == "drip":
        await response.prepare(request)
        while True:
            await response.write(b".")
            await asyncio.sleep(DRIP_SECONDS)
    if answer.manner == "reset" and request.transport is not None:
        request.transport.abort()
    await asyncio.Event().wait()
    return response
