"""One batch under way: queues for each origin, requests in flight, results."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pycurl

from webapp.domain.pushes import Outcome, OutgoingPush, SendResult, SubscriptionError
from webapp.gateways.push.addresses import UnknownHostError, UnsafeAddressError
from webapp.gateways.push.endpoints import Endpoint, checked_endpoint
from webapp.gateways.push.exchange import Exchange
from webapp.gateways.push.gate import Gate
from webapp.gateways.push.outcomes import (
    TOO_MANY,
    backoff,
    outcome_of,
    retry_after,
    status_class,
)
from webapp.gateways.push.vapid_keys import UnknownKeyError
from webapp.gateways.push.workbench import Request, Workbench

# Encrypting many and then sending many costs a fifth less than doing both by turns; so for a
# moment we wait until an origin has room for this many.
WORTH_STARTING = 40
GATHERING_WAIT = 0.005
LONGEST_WAIT = 1.0
# The present that we are given is cut to whole seconds: it may be later by as much.
CUT_SPAN = timedelta(seconds=1)
LOOKUP_WAIT = 0.01
UNSENT = "unsent"
NO_ANSWER = "network"
# A push service that shows these takes nothing at all for now; asking on would only cost time.
SILENCES = frozenset({pycurl.E_OPERATION_TIMEDOUT, pycurl.E_COULDNT_CONNECT})


@dataclass(slots=True)
class _Line:
    """What waits for one origin. `first` stands for all its endpoints where only the name counts.

    `is_silent`: the last that was heard of it is that it could not be reached.
    """

    first: Endpoint
    waiting: deque[tuple[OutgoingPush, Endpoint]] = field(default_factory=deque)
    is_silent: bool = False


class Round:
    """A batch on its way through a sender's wire and gates."""

    def __init__(self, bench: Workbench, now: datetime) -> None:
        self._bench = bench
        self._now = now
        self._began = bench.stopwatch()
        self._is_quiet = True
        self._lines: dict[str, _Line] = {}
        self._running: dict[pycurl.Curl, tuple[Exchange, OutgoingPush, Endpoint]] = {}

    def results(self, batch: Sequence[OutgoingPush]) -> Generator[SendResult | None, None, None]:
        """One result for each push, as they come; None whenever there is nothing but waiting."""
        try:
            yield from self._admit(batch)
            while self._running or any(line.waiting for line in self._lines.values()):
                for origin, line in self._lines.items():
                    yield from self._turn(origin, line)
                ended = self._bench.wire.wait(self._patience())
                self._is_quiet = not ended
                for handle, error in ended:
                    yield self._settle(handle, error)
                if not ended:
                    yield None
        finally:
            for exchange, _push, endpoint in self._running.values():
                self._bench.gate(endpoint.origin).in_flight -= 1
                self._bench.give_back(exchange)

    def _admit(self, batch: Sequence[OutgoingPush]) -> Iterator[SendResult]:
        last: list[tuple[OutgoingPush, Endpoint]] = []
        for push in batch:
            try:
                endpoint = checked_endpoint(
                    push.subscription.endpoint, self._bench.settings.trusted
                )
            except SubscriptionError:
                yield SendResult(push.id, Outcome.OUR_BUG, UNSENT, timedelta())
                continue
            if endpoint.origin not in self._lines:
                self._lines[endpoint.origin] = _Line(endpoint)
            line = self._lines[endpoint.origin]
            has_refused = self._bench.gate(endpoint.origin).has_refused(endpoint.url)
            (last if has_refused else line.waiting).append((push, endpoint))
        for push, endpoint in last:
            self._lines[endpoint.origin].waiting.append((push, endpoint))
        for line in self._lines.values():
            self._bench.lookups.begin(line.first)

    def _turn(self, origin: str, line: _Line) -> Iterator[SendResult]:
        """Start what this origin may be asked now, or give up on what waits for it."""
        if not line.waiting:
            return
        gate = self._bench.gate(origin)
        closed_until = gate.closed_until(self._instant())
        if closed_until:
            is_paused = gate.is_paused(self._instant())
            outcome = Outcome.ORIGIN_PAUSED if is_paused else Outcome.RETRY
            yield from self._give_up(line, outcome, UNSENT, closed_until)
        elif line.is_silent:
            yield from self._give_up(line, Outcome.RETRY, UNSENT)
        elif self._elapsed() > self._bench.settings.total:
            yield from self._give_up(line, Outcome.RETRY, UNSENT, self._instant())
        else:
            room = gate.room(self._instant())
            if self._is_quiet or self._is_worthwhile(line, room, gate.in_flight):
                yield from self._start(line, room)

    def _is_worthwhile(self, line: _Line, room: int, in_flight: int) -> bool:
        return not in_flight or room >= min(WORTH_STARTING, len(line.waiting))

    def _start(self, line: _Line, room: int) -> Iterator[SendResult]:
        try:
            addresses = self._bench.lookups.addresses(line.first)
        except (UnsafeAddressError, UnknownHostError):
            yield from self._give_up(line, Outcome.RETRY, NO_ANSWER)
            return
        if not addresses:
            return
        # First all are encrypted, then all are started: neither evicts the other from the caches.
        chosen = [line.waiting.popleft() for _ in range(min(room, len(line.waiting)))]
        ready = []
        for push, endpoint in chosen:
            request = self._request(push, endpoint)
            if isinstance(request, SendResult):
                yield request
            else:
                ready.append((push, endpoint, request))
        for push, endpoint, request in ready:
            self._ask(push, endpoint, addresses, request)

    def _request(self, push: OutgoingPush, endpoint: Endpoint) -> Request | SendResult:
        try:
            return self._bench.request(push, endpoint.origin, self._now)
        except UnknownKeyError:
            return SendResult(push.id, Outcome.KEY_MISMATCH, UNSENT, timedelta())
        except Exception:
            # A message that is too long, a key file that is damaged: it stops no other.
            return SendResult(push.id, Outcome.OUR_BUG, UNSENT, timedelta())

    def _ask(
        self, push: OutgoingPush, endpoint: Endpoint, addresses: Sequence[str], request: Request
    ) -> None:
        headers, body = request
        exchange = self._bench.exchange()
        exchange.ask(endpoint, addresses, headers, body)
        exchange.began = self._bench.stopwatch()
        self._bench.wire.start(exchange.handle)
        self._running[exchange.handle] = (exchange, push, endpoint)
        self._bench.gate(endpoint.origin).in_flight += 1

    def _give_up(
        self, line: _Line, outcome: Outcome, status: str, until: datetime | None = None
    ) -> Iterator[SendResult]:
        while line.waiting:
            push, endpoint = line.waiting.popleft()
            retry_at = until or self._later(push)
            yield SendResult(push.id, outcome, status, timedelta(), retry_at, endpoint.origin)

    def _settle(self, handle: pycurl.Curl, error: int) -> SendResult:
        exchange, push, endpoint = self._running.pop(handle)
        gate, status = self._bench.gate(endpoint.origin), exchange.status
        outcome = outcome_of(status, exchange.answer)
        line = self._lines[endpoint.origin]
        if outcome is Outcome.ACCEPTED:
            gate.accept()
            line.is_silent, retry_at = False, None
        else:
            outcome, retry_at = self._judge(outcome, exchange, push, endpoint)
            line.is_silent = line.is_silent or (not status and error in SILENCES)
        span = timedelta(seconds=self._bench.stopwatch() - exchange.began)
        gate.in_flight -= 1
        self._bench.give_back(exchange)
        return SendResult(push.id, outcome, status_class(status), span, retry_at, endpoint.origin)

    def _judge(
        self, outcome: Outcome, exchange: Exchange, push: OutgoingPush, endpoint: Endpoint
    ) -> tuple[Outcome, datetime | None]:
        """What an answer other than acceptance means here, and when to come back."""
        gate = self._bench.gate(endpoint.origin)
        if outcome is Outcome.REFUSED:
            outcome = gate.refuse(endpoint.url, self._instant())
        if outcome is Outcome.RETRY:
            return outcome, self._wait_asked_by(exchange, gate) or self._later(push)
        if outcome is Outcome.ORIGIN_PAUSED:
            return outcome, gate.paused_until
        return outcome, self._later(push) if outcome is Outcome.REFUSED else None

    def _wait_asked_by(self, exchange: Exchange, gate: Gate) -> datetime | None:
        """Close the gate where the push service asks for patience; until when."""
        now = self._instant() + CUT_SPAN
        until = retry_after(exchange.header("Retry-After"), now)
        if exchange.status == TOO_MANY and until is None:
            until = now + backoff(gate.throttled, self._bench.chance)
        if until:
            gate.hold(until)
        return gate.held_until if until else None

    def _later(self, push: OutgoingPush) -> datetime:
        return self._instant() + backoff(push.attempts, self._bench.chance)

    def _patience(self) -> float:
        """How long the wire may keep us: not at all while something else is worth starting."""
        patience = LONGEST_WAIT if self._running else LOOKUP_WAIT
        for origin, line in self._lines.items():
            gate = self._bench.gate(origin)
            room = gate.room(self._instant()) if line.waiting else 0
            if room > 0:
                is_worthwhile = self._is_worthwhile(line, room, gate.in_flight)
                known_wait = 0.0 if is_worthwhile else GATHERING_WAIT
                is_known = self._bench.lookups.is_known(line.first)
                patience = min(patience, known_wait if is_known else LOOKUP_WAIT)
        return patience

    def _elapsed(self) -> float:
        return self._bench.stopwatch() - self._began

    def _instant(self) -> datetime:
        return self._now + timedelta(seconds=self._elapsed())
