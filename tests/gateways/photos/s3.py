"""An S3 server on loopback, and stores on it: moto's, spoken to over real HTTP."""

from __future__ import annotations

import logging
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from moto.server import ThreadedMotoServer

_numbers = count(1)


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of a server that forgets everything when it ends."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def fresh_bucket(address: str) -> str:
    """An empty bucket; returns how our setting names a folder of it."""
    name = f"photos-{next(_numbers)}"
    request = urllib.request.Request(f"{address}/{name}", method="PUT")
    urllib.request.urlopen(request, timeout=10).close()
    return f"s3://{name}/clinic"


def tell(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """What a clinic's environment says of its S3, by the vendor's names."""
    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "a-key",
        "AWS_SECRET_ACCESS_KEY": "a-secret",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
