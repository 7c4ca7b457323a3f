"""The clinic's keys for web push (RFC 8292): files outside database and repository."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

OWNER_ONLY = 0o600
OWNER_ONLY_FOLDER = 0o700
CURRENT = "current"
KEY_ID = re.compile(r"[0-9a-f]{16}")


class UnknownKeyError(KeyError):
    """A subscription names a key that is not in the folder."""


class VapidKeys:
    """A folder of P-256 private keys in PEM, each named by the hash of its public key.

    A file `current` names the one for new subscriptions. Older ones stay while phones that
    subscribed with them still receive.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = lru_cache(maxsize=32)(self._read_key)

    def ensure(self) -> None:
        """Make a key if there is none; two starting processes agree on one."""
        if not (self._folder / CURRENT).exists():
            key_id = self._new_key()
            draft = self._draft(CURRENT, f"{key_id}\n".encode())
            try:
                os.link(draft, self._folder / CURRENT)
            except FileExistsError:
                self.forget(key_id)
            finally:
                draft.unlink()

    def rotate(self) -> str:
        """Make another key and let new subscriptions use it; the old ones are kept."""
        key_id = self._new_key()
        os.replace(self._draft(CURRENT, f"{key_id}\n".encode()), self._folder / CURRENT)
        return key_id

    def forget(self, key_id: str) -> None:
        """Delete a key that no subscription uses any more; the current one is refused."""
        current = self._folder / CURRENT
        if current.exists() and self.current_id() == key_id:
            raise ValueError("The current key is in use.")
        self._path(key_id).unlink(missing_ok=True)
        self._read.cache_clear()

    def current_id(self) -> str:
        """The id of the key for new subscriptions. Raises UnknownKeyError before `ensure`."""
        try:
            return (self._folder / CURRENT).read_text(encoding="ascii").strip()
        except FileNotFoundError as error:
            raise UnknownKeyError from error

    def ids(self) -> list[str]:
        """The ids of all keys, in no particular order of age."""
        return sorted(path.stem for path in self._folder.glob("*.pem"))

    def public_key(self, key_id: str) -> str:
        """The application server key that a browser subscribes with: base64url."""
        return base64.urlsafe_b64encode(_point(self.key(key_id))).rstrip(b"=").decode()

    def key(self, key_id: str) -> Vapid02:
        """The private key. Raises UnknownKeyError."""
        return self._read(key_id)

    def _read_key(self, key_id: str) -> Vapid02:
        try:
            return Vapid02.from_pem(self._path(key_id).read_bytes())
        except FileNotFoundError as error:
            raise UnknownKeyError(key_id) from error

    def _path(self, key_id: str) -> Path:
        if not KEY_ID.fullmatch(key_id):
            raise UnknownKeyError
        return self._folder / f"{key_id}.pem"

    def _new_key(self) -> str:
        self._folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        key = Vapid02()
        key.generate_keys()
        key_id = hashlib.sha256(_point(key)).hexdigest()[:16]
        os.replace(self._draft(key_id, key.private_pem()), self._path(key_id))
        return key_id

    def _draft(self, name: str, content: bytes) -> Path:
        """Written aside first, so that nobody ever reads half of it."""
        draft = self._folder / f".{name}.{os.getpid()}.{os.urandom(4).hex()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(draft, flags, OWNER_ONLY), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return draft


def _point(key: Vapid02) -> bytes:
    return bytes(key.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
