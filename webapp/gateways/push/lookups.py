"""Names looked up beside the sending, so that a slow resolver delays nobody else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from webapp.gateways.push.addresses import AddressGuard, UnknownHostError
from webapp.gateways.push.endpoints import Endpoint

AT_ONCE = 8
KEEP_SPAN = 60.0


@dataclass(frozen=True, slots=True)
class _Lookup:
    began: float
    future: Future[tuple[str, ...]]


class Lookups:
    """Checked addresses of push services, kept for a minute. Seconds are the stopwatch's."""

    def __init__(self, guard: AddressGuard, longest: float, stopwatch: Callable[[], float]) -> None:
        self._guard = guard
        self._longest = longest
        self._stopwatch = stopwatch
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="push-lookup")
        self._known: dict[str, _Lookup] = {}

    def begin(self, endpoint: Endpoint) -> None:
        """Look an endpoint's name up unless that is known or under way."""
        known = self._known.get(endpoint.origin)
        if known is None or self._is_stale(known):
            future = self._threads.submit(self._guard.pinned, endpoint)
            self._known[endpoint.origin] = _Lookup(self._stopwatch(), future)

    def _is_stale(self, lookup: _Lookup) -> bool:
        has_failed = lookup.future.done() and lookup.future.exception() is not None
        return has_failed or self._stopwatch() - lookup.began > KEEP_SPAN

    def addresses(self, endpoint: Endpoint) -> tuple[str, ...] | None:
        """The addresses, or None while the lookup is under way.

        Raises UnsafeAddressError, or UnknownHostError also after the longest wait.
        """
        lookup = self._known[endpoint.origin]
        if lookup.future.done():
            return lookup.future.result()
        if self._stopwatch() - lookup.began > self._longest:
            raise UnknownHostError
        return None

    def is_known(self, endpoint: Endpoint) -> bool:
        """Whether an answer is there, good or bad."""
        return self._known[endpoint.origin].future.done()

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
