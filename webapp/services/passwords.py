"""Passwords of staff: hashed, compared in constant work, never stored or logged."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import lru_cache

from webapp.domain.passwords import Weakness, as_entered, weakness_of
from webapp.services.ports import Collaborators


class WeakPasswordError(Exception):
    """The new password would not protect anything; `weakness` says why."""

    def __init__(self, weakness: Weakness) -> None:
        super().__init__()
        self.weakness = weakness


def check_new(password: str, about: tuple[str, ...]) -> None:
    """Raise WeakPasswordError for one not to be chosen; `about`: its owner's name and e-mail."""
    weakness = weakness_of(as_entered(password), about)
    if weakness:
        raise WeakPasswordError(weakness)


def hash_of(with_: Collaborators, password: str) -> str:
    """What is stored of a password. Slow on purpose: call it outside a transaction."""
    return with_.passwords.hash(as_entered(password))


def is_right(with_: Collaborators, stored_hash: str | None, password: str) -> bool:
    """Whether the password made this hash; takes as long where there is no hash at all."""
    decoy = stored_hash or _decoy(with_.passwords.hash)
    return with_.passwords.is_right(decoy, as_entered(password)) and stored_hash is not None


@lru_cache(maxsize=4)
def _decoy(hash_: Callable[[str], str]) -> str:
    return hash_(secrets.token_urlsafe(16))
