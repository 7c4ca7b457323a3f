"""A push service for benchmarks: takes everything, over TLS, HTTP/2 or 1.1, in a process."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.gateways.push.certificate import Certificate


async def accept(scope: Any, protocol: Any) -> None:
    """Read a message and say 201 (granian's own interface: the least that a sink can cost)."""
    await protocol()
    protocol.response_empty(201, [("location", f"https://localhost{scope.path}")])


@contextmanager
def sink(certificate: Certificate, folder: Path) -> Iterator[int]:
    """A running sink's port."""
    port = _free_port()
    options = {
        "--interface": "rsgi",
        "--host": "127.0.0.1",
        "--port": str(port),
        "--http": "auto",
        "--ssl-certificate": str(certificate.file),
        "--ssl-keyfile": str(certificate.key_file),
        "--log-level": "error",
    }
    words = [word for option in options.items() for word in option]
    command = [sys.executable, "-m", "granian", *words, "benchmarks._push_sink:accept"]
    with (folder / "sink.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait_until_open(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            continue
        return
    raise SystemExit("The sink did not start.")
