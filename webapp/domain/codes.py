"""The short codes that people read from one screen and type into another."""

from __future__ import annotations

import unicodedata

# No two look alike: none of 0 O, 1 I L, 2 Z, 5 S, 8 B, and of U and V only one.
ALPHABET = "ACDEFGHJKMNPQRTUWXY34679"
LENGTH = 8
GROUP = 4


def as_typed(text: str) -> str:
    """The code in what somebody typed or pasted: capitals and digits only, whatever their number.

    >>> as_typed(" k7qm-a3xp ")
    'K7QMA3XP'
    """
    plain = unicodedata.normalize("NFKC", text[: 10 * LENGTH]).upper()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def is_complete(code: str) -> bool:
    """Whether the code has as many signs as codes have."""
    return len(code) == LENGTH


def in_groups(code: str) -> list[str]:
    """The code as people read it.

    >>> in_groups("K7QMA3XP")
    ['K7QM', 'A3XP']
    """
    return [code[start : start + GROUP] for start in range(0, len(code), GROUP)]
