"""Hostile uploads over the wire: a stream of 100 MB, and bombs while others use the pages."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.gateways.photos.pictures import bomb_png
from tests.journeys import photo_desk as at
from tests.journeys.served import Served

MEGABYTE = 10**6
STREAM, MOST_GROWTH, BOMBS = 100, 20, 20
KILOBYTES = 1_024


def tree(process_id: int) -> list[int]:
    """A process and everything it started."""
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    return [process_id, *(below for child in children for below in tree(int(child)))]


def memory(process_id: int) -> int:
    """What a process holds of the machine's memory, in kilobytes."""
    lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def held(served: Served) -> dict[int, int]:
    """What each process of the server holds, in kilobytes; decoders come and go."""
    found = {}
    for process_id in tree(served.process.pid):
        with suppress(FileNotFoundError, StopIteration):
            found[process_id] = memory(process_id)
    return found


def grown(before: dict[int, int], served: Served) -> float:
    """By how many megabytes a process that stayed has grown, the most of all."""
    after = held(served)
    return max(after[one] - before[one] for one in before if one in after) / KILOBYTES


def headers(token: str, **more: str) -> dict[str, str]:
    return {"Cookie": f"liftday={token}", "Sec-Fetch-Site": "same-origin", **more}


Answer = tuple[int, str]


def send(served: Served, path: str, token: str, pieces: Iterator[bytes], size: int) -> Answer:
    """Send a body piece by piece; the status and text of the answer, however early it comes."""
    place = urlsplit(served.url).netloc
    with closing(http.client.HTTPConnection(place, timeout=60)) as connection:
        connection.putrequest("POST", path)
        for name, value in headers(token, **{"Content-Length": str(size)}).items():
            connection.putheader(name, value)
        connection.endheaders()
        with suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                connection.send(piece)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.fixture(scope="module")
def address(clinic: Served) -> str:
    client_id = at.client_of(clinic, "new")
    at.agree(clinic, client_id)
    return f"/staff/clients/{client_id}/photos/files?zone=crown&session="


def test_a_stream_of_100_megabytes_is_refused_and_not_held(clinic: Served, address: str) -> None:
    token = at.staff_token(clinic, "artist")
    piece, before = b"\xff\xd8" + b"x" * (MEGABYTE - 2), held(clinic)
    pieces = (piece for _ in range(STREAM))
    status, text = send(clinic, address, token, pieces, STREAM * MEGABYTE)
    more = grown(before, clinic)
    print(f"a stream of {STREAM} MB: the largest growth of a process is {more:.1f} MB")
    assert status == 413
    assert "larger than 25 MB" in json.loads(text)["words"]
    assert more <= MOST_GROWTH


def test_bombs_disturb_nobody(clinic: Served, address: str) -> None:
    token, bomb = at.staff_token(clinic, "artist"), bomb_png()
    before = held(clinic)

    def throw(_number: int) -> int:
        return send(clinic, address, token, iter([bomb]), len(bomb))[0]

    def look(_number: int) -> int:
        with urlopen(f"{clinic.url}/something-is-wrong", timeout=30) as answer:
            return int(answer.status)

    with ThreadPoolExecutor(4) as people:
        thrown = [people.submit(throw, number) for number in range(BOMBS)]
        looked = [people.submit(look, number) for number in range(BOMBS)]
    more = grown(before, clinic)
    print(f"{BOMBS} bombs: the largest growth of a process is {more:.1f} MB")
    assert {each.result() for each in looked} == {200}
    assert {each.result() for each in thrown} <= {422, 503}
    assert more <= MOST_GROWTH
    assert at.stored(clinic, at.client_of(clinic, "new")) == []
