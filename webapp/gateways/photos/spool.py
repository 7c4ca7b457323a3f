"""An upload on its way in: counted, hashed and kept in a file that has no name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError
from webapp.domain.photos import MOST_BYTES

PIECE = 256 * 1024
FULL = (ENOSPC, EDQUOT, EFBIG)


class FileSpool:
    """Takes what somebody sends, up to the largest photo and one byte."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def taken(self, stream: BinaryIO) -> Iterator[tuple[BinaryIO, bytes]]:
        """The whole upload as a file, and its SHA-256. The file is gone afterwards, however that
        comes. Raises PhotoRefusedError."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with TemporaryFile(dir=self._folder, buffering=0) as file:
            yield cast(BinaryIO, file), _copied(stream, file)


def write_all(file: IO[bytes], data: bytes) -> None:
    """Write to a file without a buffer, which would fail once more when it is closed.

    Raises PhotoRefusedError where the disk is full.
    """
    left = memoryview(data)
    try:
        while left:
            left = left[file.write(left) :]
    except OSError as error:
        if error.errno in FULL:
            raise PhotoRefusedError(PhotoFault.NO_ROOM) from error
        raise


def _copied(stream: BinaryIO, file: IO[bytes]) -> bytes:
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(PIECE):
        size += len(piece)
        if size > MOST_BYTES:
            raise PhotoRefusedError(PhotoFault.TOO_LARGE)
        digest.update(piece)
        write_all(file, piece)
    if not size:
        raise PhotoRefusedError(PhotoFault.EMPTY)
    return digest.digest()
