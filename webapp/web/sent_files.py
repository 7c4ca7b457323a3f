"""Files on their way in: never read further than they may be large, and checked to be whole."""

from __future__ import annotations

import hashlib
import hmac
import io
from typing import Any, BinaryIO, cast

from flask import request

from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError
from webapp.domain.photos import MOST_BYTES
from webapp.domain.readable import readable_part

# A form without scripts sends all its files in one request.
MOST_IN_FORM = 4 * MOST_BYTES
LONGEST_NAME = 60
HASH_HEADER = "X-Photo-Hash"


class LostOnTheWayError(Exception):
    """What arrived is not what was sent; the same again may well arrive."""


def sent_file() -> BinaryIO:
    """The body of this request as a file of its own. Raises PhotoRefusedError before anything is
    read of one that says it is too large; reading it raises LostOnTheWayError at its end where
    the hash that was sent along is another one."""
    if (request.content_length or 0) > MOST_BYTES:
        raise PhotoRefusedError(PhotoFault.TOO_LARGE)
    # One byte more, so that whoever counts sees that it is too much.
    request.max_content_length = MOST_BYTES + 1
    expected = request.headers.get(HASH_HEADER, "")
    stream = cast(BinaryIO, request.stream)
    return cast(BinaryIO, _Checked(stream, expected)) if expected else stream


def sent_files(name: str) -> list[Any]:
    """The files of a form (werkzeug's FileStorage), which may be larger than other forms; raises
    RequestEntityTooLarge before reading one that is larger than MOST_IN_FORM altogether."""
    request.max_content_length = MOST_IN_FORM
    return [file for file in request.files.getlist(name) if file.filename]


def shown_name(filename: str) -> str:
    """A file's name as it can be shown: its last part, whatever path somebody put before it."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    name = " ".join(readable_part(last).split())
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


class _Checked(io.RawIOBase):
    """A stream that compares itself with its hash when it has been read to its end."""

    def __init__(self, stream: BinaryIO, expected: str) -> None:
        self._stream = stream
        self._expected = expected.lower()
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._digest.update(piece)
        if not piece and not hmac.compare_digest(
            self._digest.hexdigest().encode(), self._expected.encode()
        ):
            raise LostOnTheWayError
        return piece
