"""A phone as a push service knows it: keys of its own, and it can read what was meant for it."""

from __future__ import annotations

import base64
import json
import os
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from webapp.domain.pushes import PushSubscription


class Phone:
    """One device that subscribed."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)

    def subscription(self, endpoint: str, key_id: str) -> PushSubscription:
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return PushSubscription(endpoint, _text(point), _text(self._auth), key_id)

    def read(self, body: bytes) -> dict[str, Any]:
        """The message in an encrypted body."""
        content = http_ece.decrypt(body, private_key=self._key, auth_secret=self._auth)
        return dict(json.loads(content))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
