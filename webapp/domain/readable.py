"""Which characters of a typed text can be kept and shown."""

from __future__ import annotations

import unicodedata

# Control characters and halves of characters: databases and pages refuse them.
UNREADABLE_CATEGORIES = ("Cc", "Cs")
# Embeddings, overrides and isolates turn around what stands beside a name, far beyond its end.
# The plain marks U+200E and U+200F and the joiners are part of honest names and stay.
TURNING_SIGNS = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_WITHOUT_TURNING = str.maketrans("", "", TURNING_SIGNS)


def is_readable(text: str, allowed: str = "") -> bool:
    """Whether the text can be kept and shown as it is; `allowed` are line breaks and tabs."""
    return all(sign in allowed or _is_sign_readable(sign) for sign in text)


def without_turning(text: str) -> str:
    """The text without the invisible signs that turn the direction of writing."""
    return text.translate(_WITHOUT_TURNING)


def readable_part(text: str) -> str:
    """The text with a space in the place of every character that cannot be kept or shown."""
    return "".join(sign if _is_sign_readable(sign) else " " for sign in text)


def _is_sign_readable(sign: str) -> bool:
    return unicodedata.category(sign) not in UNREADABLE_CATEGORIES and sign not in TURNING_SIGNS
