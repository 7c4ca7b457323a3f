"""Objects of photos: their keys, and storing one in the words of an upload."""

from __future__ import annotations

import hashlib
import secrets

from webapp.domain.photo_faults import (
    PhotoFault,
    PhotoRefusedError,
    StoreFullError,
    StoreUnreachableError,
)
from webapp.services.ports import Collaborators

ID_BYTES = 16


def new_key() -> str:
    """Where an object lies: 128 random bits, in one of 256 folders."""
    name = secrets.token_hex(ID_BYTES)
    return f"{name[:2]}/{name}"


def digest(data: bytes) -> bytes:
    """The SHA-256 by which an object is proved later."""
    return hashlib.sha256(data).digest()


def put(with_: Collaborators, key: str, data: bytes) -> None:
    """Store an object. Raises PhotoRefusedError."""
    try:
        with_.objects.put(key, data)
    except StoreFullError as error:
        raise PhotoRefusedError(PhotoFault.NO_ROOM) from error
    except StoreUnreachableError as error:
        raise PhotoRefusedError(PhotoFault.UNREACHABLE) from error
