"""What travels: the message as bytes, how long it may wait, and what it replaces."""

from __future__ import annotations

import hmac
import json
import math
import re
from datetime import datetime, timedelta
from typing import Any

from pywebpush import WebPusher

from webapp.domain.pushes import PushMessage, PushSubscription

LARGEST_PAYLOAD = 2000
SHORTEST_LIFE = timedelta(seconds=60)
LONGEST_LIFE = timedelta(days=30)
TOPIC_LENGTH = 32
ABSOLUTE = re.compile(r"https?://[^/?#]")
DECLARATIVE = 8030  # the number by which a browser knows that it may show the message itself
COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class UnsendableMessageError(ValueError):
    """A message that no push service or phone would take; a mistake of ours."""


def payload(message: PushMessage, tag: str) -> bytes:
    """A Declarative Web Push message: JSON of at most 2,000 bytes.

    Raises UnsendableMessageError.
    """
    if not message.title.strip() or not ABSOLUTE.match(message.opens):
        raise UnsendableMessageError("A push needs a title and an absolute address to open.")
    encoded = COMPACT.encode(_declared(message, tag)).encode()
    if len(encoded) > LARGEST_PAYLOAD:
        raise UnsendableMessageError(
            f"A push is {len(encoded)} bytes long; {LARGEST_PAYLOAD} may be."
        )
    return encoded


def _declared(message: PushMessage, tag: str) -> dict[str, Any]:
    notification: dict[str, Any] = {
        "title": message.title,
        "body": message.body,
        "navigate": message.opens,
        "lang": message.language,
        "dir": message.direction,
        "tag": tag,
    }
    if message.badge is None:
        return {"web_push": DECLARATIVE, "notification": notification}
    # The specification reads the badge beside the notification, the first Safari inside it.
    notification["app_badge"] = message.badge
    return {"web_push": DECLARATIVE, "notification": notification, "app_badge": message.badge}


def topic(secret: bytes, topic_of: str) -> str:
    """32 lower-case hex characters that tell a push service nothing about what they stand for."""
    return hmac.digest(secret, topic_of.encode(), "sha256").hex()[:TOPIC_LENGTH]


def time_to_live(expires_at: datetime, now: datetime) -> int:
    """Whole seconds that a push service may keep a message: 60 s … 30 days, never 0."""
    return math.ceil(min(max(expires_at - now, SHORTEST_LIFE), LONGEST_LIFE).total_seconds())


class _Information(dict[str, Any]):
    """What WebPusher reads; made for it alone, so that it need not copy it slowly first."""

    def __deepcopy__(self, _memory: object) -> _Information:
        return self


def encrypted(content: bytes, subscription: PushSubscription) -> bytes:
    """The content for one subscription's eyes (RFC 8291, aes128gcm).

    Raises UnsendableMessageError.
    """
    try:
        keys = {"p256dh": subscription.p256dh.encode(), "auth": subscription.auth.encode()}
        pusher = WebPusher(_Information(endpoint=subscription.endpoint, keys=keys))
        return bytes(pusher.encode(content)["body"])
    except Exception as error:
        # Whatever an odd key does to the library, it must not stop the messages of others.
        raise UnsendableMessageError("The subscription's keys cannot encrypt.") from error
