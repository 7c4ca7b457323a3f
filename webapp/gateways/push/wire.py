"""Many transfers at once in one thread: libcurl's event interface on a selector."""

from __future__ import annotations

import selectors
from collections.abc import Callable

import pycurl

MOST_CONNECTIONS = 256
CONNECTIONS_TO_A_HOST = 6
READ_OR_WRITE = {
    pycurl.POLL_IN: selectors.EVENT_READ,
    pycurl.POLL_OUT: selectors.EVENT_WRITE,
    pycurl.POLL_INOUT: selectors.EVENT_READ | selectors.EVENT_WRITE,
}


class Wire:
    """Starts transfers and tells which have ended; connections stay open between them."""

    def __init__(self, stopwatch: Callable[[], float]) -> None:
        self._stopwatch = stopwatch
        self._selector = selectors.DefaultSelector()
        self._timer_at: float | None = None
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_PIPELINING, pycurl.PIPE_MULTIPLEX)
        self._multi.setopt(pycurl.M_MAX_TOTAL_CONNECTIONS, MOST_CONNECTIONS)
        self._multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, CONNECTIONS_TO_A_HOST)
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)

    def start(self, handle: pycurl.Curl) -> None:
        self._multi.add_handle(handle)

    def drop(self, handle: pycurl.Curl) -> None:
        """Take a handle off, ended or not."""
        self._multi.remove_handle(handle)

    def wait(self, longest: float) -> list[tuple[pycurl.Curl, int]]:
        """Let transfers go on for at most so many seconds; what ended, with curl's error or 0."""
        for key, events in self._selector.select(self._patience(longest)):
            is_readable = pycurl.CSELECT_IN if events & selectors.EVENT_READ else 0
            is_writable = pycurl.CSELECT_OUT if events & selectors.EVENT_WRITE else 0
            self._multi.socket_action(key.fd, is_readable | is_writable)
        if self._timer_at is not None and self._stopwatch() >= self._timer_at:
            self._timer_at = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        return self._ended()

    def _patience(self, longest: float) -> float:
        if self._timer_at is None:
            return longest
        return max(0.0, min(longest, self._timer_at - self._stopwatch()))

    def _ended(self) -> list[tuple[pycurl.Curl, int]]:
        ended: list[tuple[pycurl.Curl, int]] = []
        left = 1
        while left:
            left, good, bad = self._multi.info_read()
            ended += [(handle, 0) for handle in good]
            ended += [(handle, error) for handle, error, _words in bad]
        return ended

    def close(self) -> None:
        self._multi.close()
        self._selector.close()

    def _watch(self, what: int, descriptor: int, _multi: object, _data: object) -> None:
        is_known = descriptor in self._selector.get_map()
        if what == pycurl.POLL_REMOVE:
            if is_known:
                self._selector.unregister(descriptor)
        elif is_known:
            self._selector.modify(descriptor, READ_OR_WRITE[what])
        else:
            self._selector.register(descriptor, READ_OR_WRITE[what])

    def _set_timer(self, milliseconds: int) -> None:
        is_off = milliseconds < 0
        self._timer_at = None if is_off else self._stopwatch() + milliseconds / 1000
