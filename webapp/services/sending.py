"""Whether anything may be sent at all: the clock's guard, the hold, the heartbeat."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import structlog

from webapp.domain.clock_guard import ClockGuard
from webapp.persistence import audit, outbox, sending
from webapp.persistence.database import reading, writing
from webapp.persistence.sending import SendingState
from webapp.services.ports import Collaborators

__all__ = ["Gatekeeper", "SendingState"]

BEAT_SPAN = timedelta(seconds=15)
CLOCK_JUMP = "clock-jump"
log = structlog.get_logger("sending")


class Gatekeeper:
    """Asked before every claim, by every thread of one worker."""

    def __init__(self, with_: Collaborators) -> None:
        self._with = with_
        self._guard = ClockGuard()
        self._lock = threading.Lock()
        self._has_jumped = False
        self._beat_at: datetime | None = None

    def present(self) -> datetime | None:
        """The present instant (UTC) if things may be told and sent in it; None while held.

        A jump of the wall clock holds all sending until a person releases it: which of the two
        times is right, nobody here can know.
        """
        with self._lock:
            now = self._with.clock.now()
            if self._guard.has_jumped(now, self._with.stopwatch()):
                log.error("the clock jumped; sending is held")
                self._has_jumped = True
            if self._has_jumped:
                # Noticed only once, it must not be forgotten where it cannot be written down.
                with writing() as writer:
                    sending.note(writer, held_at=now, held_for=CLOCK_JUMP)
                self._has_jumped = False
        return None if sending.state(reading()).held_at else now

    def beat(self) -> None:
        """Say now and then that the worker lives."""
        now = self._with.clock.now()
        if self._beat_at is None or not timedelta() <= now - self._beat_at < BEAT_SPAN:
            values = {"beat_at": now} if self._beat_at else {"beat_at": now, "started_at": now}
            with writing() as writer:
                sending.note(writer, **values)
            self._beat_at = now


def release(with_: Collaborators, account_id: int | None) -> bool:
    """Let sending go on; False where it is not held."""
    now = with_.clock.now()
    with writing() as writer:
        if sending.state(writer).held_at is None:
            return False
        sending.note(writer, held_at=None, held_for="")
        audit.record(writer, now, account_id, "sending-release", ("sending", None))
        return True


def due_origins(now: datetime) -> list[str]:
    """The push services that deliveries are due for."""
    return outbox.due_origins(reading(), now)


def closed_until(origin: str) -> datetime | None:
    """Until when a push service asked us to wait, as it was last told."""
    return next((o.closed_until for o in sending.origins(reading()) if o.origin == origin), None)


def next_due() -> datetime | None:
    """When the next notice or delivery falls due; it may be past."""
    return outbox.next_due(reading())
