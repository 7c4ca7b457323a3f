"""What somebody typed, folded into plain words; and the forms that an English word takes."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

# Of a longer text the beginning and the end are read: questions stand at either.
MOST_CHARACTERS = 2_000
STOP = "."
SHORTEST_PLURAL = 3

_PART = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[0-9]+|[.,;:!?()\n]|\s-+\s|[^\w\s]")
_STOPS = frozenset(".,;:!?()\n")
_QUOTES = str.maketrans("’‘ʼ`´＇", "''''''")
# Letters that fall apart into no plain letter and mark.
_LETTERS = str.maketrans({"ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ı": "i"})
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_VOWELS = frozenset("aeiou")


class Piece(NamedTuple):
    """One word as typed, in small plain letters, or a `STOP`; `is_owner`: it bore an 's."""

    text: str
    is_owner: bool = False


def folded(text: str) -> str:
    """Small letters without accents, one kind of quotation mark; wide letters made plain."""
    # Casefolding first: some capitals fall into a letter and a mark.
    flat = unicodedata.normalize("NFKD", text.translate(_QUOTES).casefold()).translate(_LETTERS)
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


def pieces_of(text: str, signs: Mapping[str, str]) -> Iterator[Piece]:
    """The words of a text and where its sentences stop; `signs` says what an emoji stands for."""
    for part in _PART.findall(folded(_cut(text))):
        if part in _STOPS or part.isspace() or part[0].isspace():
            yield Piece(STOP)
        elif part in signs:
            yield from (Piece(word) for word in signs[part].split())
        elif part[0].isalnum():
            yield _word(part)


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    return f"{text[:half]}\n{text[-half:]}"


def _word(part: str) -> Piece:
    if part.endswith("'s"):
        return Piece(part[:-2].replace("'", ""), is_owner=True)
    return Piece(part.replace("'", ""))


def forms_of(word: str) -> set[str]:
    """The word, its other number and the forms of a regular verb; some of these may not exist."""
    return {
        word,
        _with_s(word),
        _without_s(word),
        *_with_ending(word, "ed"),
        *_with_ending(word, "ing"),
    }


def _with_s(word: str) -> str:
    if word.endswith(_SIBILANTS):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return f"{word[:-1]}ies"
    if word.endswith("f"):
        return f"{word[:-1]}ves"
    return f"{word}s"


def _without_s(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or len(word) <= SHORTEST_PLURAL:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word[:-2].endswith(_SIBILANTS) and word.endswith("es") else word[:-1]


def _with_ending(word: str, ending: str) -> set[str]:
    if word.endswith("ie") and ending == "ing":
        return {f"{word[:-2]}ying"}
    if word.endswith("e"):
        return {f"{word[:-1]}{ending}", f"{word}ing" if ending == "ing" else f"{word}d"}
    if word.endswith("y") and word[-2:-1] not in _VOWELS and ending == "ed":
        return {f"{word[:-1]}ied"}
    if len(word) > 2 and word[-2] in _VOWELS and word[-1] not in "aeiouwxy":  # noqa: PLR2004
        return {f"{word}{ending}", f"{word}{word[-1]}{ending}"}
    return {f"{word}{ending}"}
