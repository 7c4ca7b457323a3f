"""One request to a push service and its answer, on a curl handle that is used again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pycurl

from webapp.gateways.push.endpoints import Endpoint

LARGEST_ANSWER = 64 * 1024
FIRST_FINAL_STATUS = 200
FIXED = (
    (pycurl.POST, 1),
    (pycurl.NOSIGNAL, 1),
    (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS),
    (pycurl.PIPEWAIT, 1),
    (pycurl.FOLLOWLOCATION, 0),
    (pycurl.PROTOCOLS, pycurl.PROTO_HTTPS),
    # An empty proxy also keeps curl from reading one out of the environment.
    (pycurl.PROXY, ""),
    (pycurl.NOPROXY, "*"),
    (pycurl.NETRC, pycurl.NETRC_IGNORED),
    (pycurl.SSL_VERIFYPEER, 1),
    (pycurl.SSL_VERIFYHOST, 2),
    (pycurl.PATH_AS_IS, 1),
    (pycurl.USERAGENT, "Liftday"),
)


class Exchange:
    """A handle with the buffers of its answer. Spans in seconds."""

    def __init__(self, total: float, connect: float, ca_file: Path | None) -> None:
        self.began = 0.0
        self.handle = pycurl.Curl()
        self._lines: list[bytes] = []
        self._body = bytearray()
        self._pinned: tuple[str, tuple[str, ...]] | None = None
        for option, value in FIXED:
            self.handle.setopt(option, value)
        self.handle.setopt(pycurl.TIMEOUT_MS, round(total * 1000))
        self.handle.setopt(pycurl.CONNECTTIMEOUT_MS, round(connect * 1000))
        if ca_file is not None:
            self.handle.setopt(pycurl.CAINFO, str(ca_file))
        self.handle.setopt(pycurl.HEADERFUNCTION, self._lines.append)
        self.handle.setopt(pycurl.WRITEFUNCTION, self._take)

    def ask(
        self, endpoint: Endpoint, addresses: Sequence[str], headers: Mapping[str, str], body: bytes
    ) -> None:
        """Make ready to POST to a checked endpoint at its checked addresses and nowhere else."""
        self._lines.clear()
        self._body.clear()
        self.handle.setopt(pycurl.URL, endpoint.url)
        self.handle.setopt(
            pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in headers.items()]
        )
        self.handle.setopt(pycurl.POSTFIELDS, body)
        self._pin(endpoint, addresses)

    def _pin(self, endpoint: Endpoint, addresses: Sequence[str]) -> None:
        pin = (endpoint.origin, tuple(addresses))
        if pin == self._pinned:
            return
        place = f"{endpoint.host}:{endpoint.port}"
        self.handle.setopt(pycurl.RESOLVE, [f"{place}:{','.join(map(_bracketed, addresses))}"])
        elsewhere = endpoint.trusted.connects_to if endpoint.trusted else None
        leads_to = [f"{place}:{elsewhere[0]}:{elsewhere[1]}"] if elsewhere else []
        self.handle.setopt(pycurl.CONNECT_TO, leads_to)
        self._pinned = pin

    @property
    def status(self) -> int:
        """The answer's status; 0 without one. A body that never ends changes nothing in it."""
        # Without a line of this answer, curl would still tell the status of the one before.
        status = int(self.handle.getinfo(pycurl.RESPONSE_CODE)) if self._lines else 0
        return status if status >= FIRST_FINAL_STATUS else 0

    @property
    def answer(self) -> bytes:
        """What the push service said, at most 64 KB of it."""
        return bytes(self._body)

    def header(self, name: str) -> str:
        """A header of the last answer, or nothing."""
        wanted = f"{name}:".lower().encode()
        for line in reversed(self._lines):
            if line[: len(wanted)].lower() == wanted:
                return line[len(wanted) :].decode("latin-1").strip()
        return ""

    def close(self) -> None:
        self.handle.close()

    def _take(self, chunk: bytes) -> int:
        room = LARGEST_ANSWER - len(self._body)
        self._body += chunk[:room]
        # Taking less than was given ends the transfer.
        return min(len(chunk), room)


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
