"""Keeping secrets of others in the database: readable with the deployment's own key alone."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken


class FernetSeal:
    """Seals with a key of 32 bytes made for this purpose: AES-128 in CBC, with an HMAC."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(key))
        self._digest_key = hashlib.sha256(b"digest" + key).digest()

    def close(self, text: str) -> bytes:
        """The text as it may be stored."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str | None:
        """The text again, or None where it was changed, or sealed with another key."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            return None

    def digest(self, text: str) -> bytes:
        """32 bytes that are equal for equals, and that nobody without the key can try out."""
        plain = text.encode("utf-8", "surrogatepass")
        return hmac.new(self._digest_key, plain, hashlib.sha256).digest()
