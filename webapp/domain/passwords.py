"""Which passwords are too weak to protect a clinic."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

SHORTEST = 12
LONGEST = 256
FEWEST_SIGNS = 5  # different ones
LONGEST_REPEATED = 6
FEW_WORDS = 3
LOOK_ALIKES = str.maketrans("013457@$!|", "oleastasil")
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "01234567890123456789",
    "1q2w3e4r5t6y7u8i9o0p",
    "a1b2c3d4e5f6g7h8i9j0",
)
WELL_KNOWN = """
password passwort passphrase passcode motdepasse contrasena parola letmein welcome willkommen
hello admin administrator root user guest login signin master manager owner secret default
changeme temporary test tester demo sample clinic clinics klinik doctor doktor nurse patient
medical health beauty salon studio hair scalp micropigmentation pigment artist reception liftday
aftercare dragon monkey princess sunshine football baseball basketball superman batman pokemon
starwars iloveyou iloveu trustno qwerty qwertz azerty asdfgh zxcvbn abc abcd computer internet
samsung iphone google facebook instagram whatsapp summer winter spring autumn january february
march april june july august september october november december monday tuesday wednesday thursday
friday saturday sunday london paris dubai berlin istanbul moscow sofia freedom whatever michael
jennifer jessica charlie jordan thomas daniel ashley michelle love lovely flower butterfly
chocolate cookie cheese pepper ginger shadow hunter killer ninja mustang ferrari porsche mercedes
soccer hockey tennis gold silver diamond money angel heaven jesus mohammed allah god family mother
father baby forever access enter open sesame please my me the i is this new old good best very
your our and for you
"""
WORDS = frozenset(WELL_KNOWN.split())


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    PERSONAL = "personal"


def as_entered(text: str) -> str:
    """The password as it is hashed: one form for whatever keyboard wrote it."""
    return unicodedata.normalize("NFKC", text)


def weakness_of(password: str, about: tuple[str, ...] = ()) -> Weakness | None:
    """The first thing wrong with a new password; `about` holds its owner's name and e-mail."""
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    plain = password.casefold()
    if _is_repetitive(plain) or _is_on_a_row(plain) or _is_made_of(plain, WORDS):
        return Weakness.COMMON
    own = {part.casefold() for text in about for part in _parts(text) if len(part) > 1}
    return Weakness.PERSONAL if _is_made_of(plain, WORDS | own) else None


def _is_repetitive(plain: str) -> bool:
    if len(set(plain)) < FEWEST_SIGNS:
        return True
    return any(
        (plain[:size] * len(plain))[: len(plain)] == plain
        for size in range(1, LONGEST_REPEATED + 1)
    )


def _is_on_a_row(plain: str) -> bool:
    """Whether it runs along the alphabet, the digits or the keyboard, either way."""
    run = "".join(sign for sign in plain if sign.isalnum())
    rows = [row * 2 for row in (*ROWS, *(row[::-1] for row in ROWS))]
    return any(part in row for row in rows for part in (run, _core(run)) if part)


def _is_made_of(plain: str, words: frozenset[str] | set[str]) -> bool:
    """Whether nothing is left but digits and marks once well-known words are taken out.

    Letters are also read through the usual disguises: p@ssw0rd is password.
    """
    readings = {plain, _core(plain).translate(LOOK_ALIKES)}
    return any(_is_covered(_letters(reading), words) for reading in readings)


def _core(plain: str) -> str:
    """What is left without the digits and marks at both ends."""
    ends = "".join(sign for sign in plain if not sign.isalpha())
    return plain.strip(ends)


def _letters(plain: str) -> str:
    return "".join(sign for sign in plain if sign.isalpha())


def _is_covered(letters: str, words: frozenset[str] | set[str]) -> bool:
    """Whether at most a few of the words, one after the other, make all the letters."""
    fewest = {0: 0}
    for end in range(1, len(letters) + 1):
        counts = [
            fewest[start] + 1
            for start in range(end)
            if start in fewest and letters[start:end] in words
        ]
        if counts:
            fewest[end] = min(counts)
    return fewest.get(len(letters), FEW_WORDS + 1) <= FEW_WORDS


def _parts(text: str) -> list[str]:
    plain = "".join(sign if sign.isalnum() else " " for sign in text)
    return [*plain.split(), plain.replace(" ", "")]
