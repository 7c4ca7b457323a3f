"""Sending pushes: many at once, each within its deadline, none to where it must not go."""

from __future__ import annotations

import random
from collections.abc import Callable, Generator, Sequence
from datetime import datetime

from webapp.domain.pushes import OutgoingPush, SendResult
from webapp.gateways.push.addresses import AddressGuard
from webapp.gateways.push.lookups import Lookups
from webapp.gateways.push.outcomes import Chance
from webapp.gateways.push.round import Round
from webapp.gateways.push.vapid import VapidSigner
from webapp.gateways.push.workbench import PushSettings, Workbench


class PushSender:
    """Sends to push services over connections that it keeps. For one thread, one batch at a time.

    The stopwatch gives seconds of which only differences mean something.
    """

    def __init__(
        self,
        signer: VapidSigner,
        settings: PushSettings,
        stopwatch: Callable[[], float],
        guard: AddressGuard | None = None,
        chance: Chance = random.random,
    ) -> None:
        lookups = Lookups(guard or AddressGuard(), settings.connect, stopwatch)
        self._bench = Workbench(signer, settings, stopwatch, lookups, chance)

    def send(
        self, batch: Sequence[OutgoingPush], now: datetime
    ) -> Generator[SendResult | None, None, None]:
        """Exactly one result for each push, in the order in which they become known, and None
        whenever there is nothing but waiting: a moment for writing down the others.

        Sends no push twice, waits for no push service that asked for patience, and ends within
        twice the total span. Left early, it breaks off what is under way.
        """
        return Round(self._bench, now).results(batch)

    def hold(self, origin: str, until: datetime) -> None:
        """Start nothing to an origin before this instant, as an earlier process was told."""
        self._bench.gate(origin).hold(until)

    def release(self, origin: str) -> None:
        """Let a paused origin be tried at once; what it asked us to wait still holds."""
        self._bench.gate(origin).release()

    def closed_origins(self, now: datetime) -> dict[str, datetime]:
        """The origins to which nothing may start yet, and until when."""
        found = {origin: gate.closed_until(now) for origin, gate in self._bench.gates.items()}
        return {origin: until for origin, until in found.items() if until}

    def close(self) -> None:
        """Close every connection; nothing can be sent afterwards."""
        self._bench.close()
