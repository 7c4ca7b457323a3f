"""The way to web push for the rest of the house: checks for everybody, a sender for the worker."""

from __future__ import annotations

from collections.abc import Callable

from webapp.domain.pushes import PushSubscription
from webapp.gateways.push.endpoints import check_keys, checked_endpoint
from webapp.gateways.push.sender import PushSender
from webapp.gateways.push.vapid import VapidSigner
from webapp.gateways.push.vapid_keys import VapidKeys
from webapp.gateways.push.workbench import PushSettings


class PushDoor:
    """Opens a sender for each worker; checking needs none and is safe in any thread."""

    def __init__(
        self,
        keys: VapidKeys,
        subject: str,
        settings: PushSettings,
        stopwatch: Callable[[], float],
    ) -> None:
        self._keys = keys
        self._subject = subject
        self._settings = settings
        self._stopwatch = stopwatch

    def check(self, subscription: PushSubscription) -> str:
        """The origin of a subscription that can be sent to. Raises SubscriptionError."""
        check_keys(subscription)
        return checked_endpoint(subscription.endpoint, self._settings.trusted).origin

    def open(self) -> PushSender:
        """A sender with connections of its own, for one thread; the caller closes it."""
        signer = VapidSigner(self._keys, self._subject)
        return PushSender(signer, self._settings, self._stopwatch)
