"""A clinic as far as pushes go: its keys, our own sender, and what it sends to a phone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.journeys.push.push_service import PushService
from webapp.domain.pushes import OutgoingPush, PushMessage, PushSubscription, SendResult
from webapp.gateways.clock import stopwatch
from webapp.gateways.push.endpoints import trusted_hosts
from webapp.gateways.push.sender import PushSender
from webapp.gateways.push.vapid import VapidSigner
from webapp.gateways.push.vapid_keys import VapidKeys
from webapp.gateways.push.workbench import TOTAL_SECONDS, PushSettings

SUBJECT = "mailto:care@clinic.bg"


@dataclass
class Clinic:
    """Sends as the worker does, with the settings that a stand-in asks for.

    `patience`: seconds after which it gives a request up.
    """

    folder: Path
    service: PushService
    patience: float = TOTAL_SECONDS
    sender: PushSender = field(init=False)

    def __post_init__(self) -> None:
        self.keys = VapidKeys(self.folder)
        self.keys.ensure()
        told = self.service.settings
        hosts = trusted_hosts(told["LIFTDAY_PUSH_HOSTS"], is_production=False)
        ca_file = Path(told["LIFTDAY_PUSH_CA_FILE"])
        settings = PushSettings(b"a secret", hosts, ca_file, self.patience)
        self.sender = PushSender(VapidSigner(self.keys, SUBJECT), settings, stopwatch)

    @property
    def key(self) -> str:
        """What a page of ours subscribes with."""
        return self.keys.public_key(self.keys.current_id())

    def subscription(self, told: str) -> PushSubscription:
        """A subscription as a page hands it in: JSON."""
        found = json.loads(told)
        keys = found["keys"]
        key_id = self.keys.current_id()
        return PushSubscription(found["endpoint"], keys["p256dh"], keys["auth"], key_id)

    def send(self, subscription: PushSubscription, message: PushMessage) -> SendResult:
        """One push, now; what became of it."""
        now = datetime.now(UTC)
        push = OutgoingPush(1, subscription, message, "plan/1", now + timedelta(hours=1))
        [result] = filter(None, self.sender.send([push], now))
        return result
