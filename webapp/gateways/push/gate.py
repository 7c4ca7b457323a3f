"""How much one push service may be asked at once: a gate for each origin."""

from __future__ import annotations

from datetime import datetime, timedelta

from webapp.domain.pushes import Outcome

# In flight at once: to a stranger, to one that takes our messages, to one that refused us.
TO_A_STRANGER = 20
TO_A_FRIEND = 100
PROBE = 1
# Of a push service that takes our messages, this many subscriptions in a row must refuse us
# before the fault is ours: a made-up endpoint must not silence all the others.
REFUSALS_OF_A_FRIEND = 3
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
DOUBLINGS = 6


class Gate:
    """What one origin told us; lives as long as the process."""

    def __init__(self) -> None:
        self.in_flight = 0
        self.throttled = 0
        self.held_until: datetime | None = None
        self.paused_until: datetime | None = None
        self._is_friend = False
        self._pauses = 0
        self._refused: set[str] = set()

    def room(self, now: datetime) -> int:
        """How many requests may start now."""
        if self.closed_until(now):
            return 0
        if self._pauses or (self._refused and not self._is_friend):
            return PROBE - self.in_flight
        return (TO_A_FRIEND if self._is_friend else TO_A_STRANGER) - self.in_flight

    def closed_until(self, now: datetime) -> datetime | None:
        """The instant before which nothing may start, if there is one ahead."""
        ahead = [at for at in (self.held_until, self.paused_until) if at and at > now]
        return max(ahead, default=None)

    def is_paused(self, now: datetime) -> bool:
        """Whether it is our credentials that keep it closed."""
        return self.paused_until is not None and self.paused_until > now

    def has_refused(self, endpoint: str) -> bool:
        """Whether this endpoint refused us since the last acceptance: let others try first."""
        return endpoint in self._refused

    def accept(self) -> None:
        """It took a message: our credentials are good."""
        self._is_friend = True
        self.release()

    def release(self) -> None:
        """Forget its refusals; what it asked us to wait still holds."""
        self._refused.clear()
        self._pauses = 0
        self.throttled = 0
        self.paused_until = None

    def hold(self, until: datetime) -> None:
        """It asked us to wait; afterwards it is met like a stranger."""
        until = _whole_second(until)
        self.held_until = max(until, self.held_until or until)
        self.throttled += 1
        self._is_friend = False

    def refuse(self, endpoint: str, now: datetime) -> Outcome:
        """It refused our credentials for an endpoint: that one's fault, or ours everywhere?"""
        self._refused.add(endpoint)
        if self._is_friend and len(self._refused) < REFUSALS_OF_A_FRIEND:
            return Outcome.REFUSED
        self._is_friend = False
        if not self.is_paused(now):
            pause = min(FIRST_PAUSE * 2**self._pauses, LONGEST_PAUSE)
            self.paused_until = _whole_second(now + pause)
            self._pauses = min(self._pauses + 1, DOUBLINGS)
        return Outcome.ORIGIN_PAUSED


def _whole_second(at: datetime) -> datetime:
    """The first whole second from `at` on: who is told to come back then finds it open."""
    return at.replace(microsecond=0) + timedelta(seconds=bool(at.microsecond))
