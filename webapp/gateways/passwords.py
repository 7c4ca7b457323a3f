"""Password hashing by argon2id."""

from __future__ import annotations

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """Hashes with argon2id; tests may ask for a cheap variant."""

    def __init__(self, is_cheap: bool = False) -> None:
        self._argon2 = Argon2(time_cost=1, memory_cost=64) if is_cheap else Argon2()

    def hash(self, password: str) -> str:
        """An argon2id hash with a fresh salt."""
        return self._argon2.hash(password)

    def is_right(self, stored_hash: str, password: str) -> bool:
        """Whether the password made this hash."""
        try:
            return self._argon2.verify(stored_hash, password)
        except (VerificationError, InvalidHashError):
            return False
