"""Where the bytes of photos lie: a folder, or anything that speaks S3 (obstore).

What is written is there as a whole or not at all. A folder gets a file under another name first,
which only then takes its own; one that a killed process left behind is removed by `tidy`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from webapp.domain.photo_faults import StoreFullError, StoreUnreachableError
from webapp.domain.photos import StoredObject

if TYPE_CHECKING:
    from obstore import GetResult
    from obstore.store import RetryConfig

CHUNK = 256 * 1024
TRIES = 3
LONGEST_SPAN = timedelta(seconds=60)
# How obstore names a file that has not got its own name yet.
UNFINISHED = "#"
NO_ROOM = ("No space left", "Disk quota exceeded", "File too large")


class ObjectStore:
    """Objects by key. Errors are StoreFullError, StoreUnreachableError and, for a key that is not
    there, FileNotFoundError."""

    def __init__(self, address: str, folder: Path, patience: int = TRIES) -> None:
        """`address` is empty for a folder, or like s3://bucket/prefix with the vendor's own
        environment for the rest (AWS_ACCESS_KEY_ID and so on). `patience`: how often more a
        request is made that was not answered."""
        self._patience = patience
        self._address = address
        self._folder = None if address else folder
        self._made: LocalStore | S3Store | None = None

    def put(self, key: str, data: bytes) -> None:
        """Store an object; it stays even if the power fails right after."""
        try:
            obstore.put(self._store, key, data, use_multipart=False)
        except (BaseError, OSError) as error:
            raise _named(error) from error
        if self._folder:
            _settle(self._folder / key)

    def read(self, key: str) -> bytes:
        """The whole object."""
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except (BaseError, OSError) as error:
            raise _named(error) from error

    def stream(self, key: str) -> Iterator[bytes]:
        """The object piece by piece. It is looked for at once, not when the first is taken."""
        try:
            found = obstore.get(self._store, key)
        except (BaseError, OSError) as error:
            raise _named(error) from error
        return _pieces(found)

    def remove(self, keys: Sequence[str]) -> None:
        """Remove objects; one that is not there is as good as removed."""
        for key in keys:
            try:
                obstore.delete(self._store, key)
            except FileNotFoundError:
                continue
            except (BaseError, OSError) as error:
                raise _named(error) from error

    def objects(self) -> Iterator[StoredObject]:
        """Everything that is stored, in no order."""
        try:
            for found in obstore.list(self._store):
                for one in found:
                    yield StoredObject(one["path"], one["size"], one["last_modified"])
        except (BaseError, OSError) as error:
            raise _named(error) from error

    def tidy(self, before: datetime) -> int:
        """Remove unfinished files that were begun before then; returns how many."""
        if self._folder is None:
            # Elsewhere nothing is ever half there: each object is one request.
            return 0
        old = [
            path
            for path in self._folder.rglob(f"*{UNFINISHED}*")
            if path.is_file() and path.stat().st_mtime < before.timestamp()
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    @property
    def _store(self) -> LocalStore | S3Store:
        if self._made is None:
            self._made = self._open()
        return self._made

    def _open(self) -> LocalStore | S3Store:
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return LocalStore(self._folder)
        # The rest, AWS_ALLOW_HTTP for a server of one's own too, it reads by itself; a request has
        # 30 seconds.
        again: RetryConfig = {"max_retries": self._patience, "retry_timeout": LONGEST_SPAN}
        return S3Store.from_url(self._address, retry_config=again)


def _pieces(found: GetResult) -> Iterator[bytes]:
    try:
        for piece in found.stream(min_chunk_size=CHUNK):
            yield bytes(piece)
    except (BaseError, OSError) as error:
        raise _named(error) from error


def _settle(file: Path) -> None:
    """Wait until the file and its name are on the disk."""
    for path in (file, file.parent, file.parent.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _named(error: Exception) -> Exception:
    if isinstance(error, FileNotFoundError):
        return error
    is_full = any(words in str(error) for words in NO_ROOM)
    return StoreFullError() if is_full else StoreUnreachableError(type(error).__name__)
