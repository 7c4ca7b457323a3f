"""Guessing what a word that nobody knows was meant to be: a slip of the finger, a lost space."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

# A shorter word is too often another real word with one letter changed.
SHORTEST_MENDED = 4
LONGEST_MENDED = 40
# From this length on two slips are forgiven, though not in the first letter.
LONG = 8
# So long is a run of words without spaces at least.
SHORTEST_RUN = 6
# A part of a run of words is so long at least, unless it is among the `smallest`.
SHORTEST_PART = 3

_DOUBLE = re.compile(r"(.)\1")
_LONG_LETTER = re.compile(r"(.)\1{2,}")


class KnownWords(NamedTuple):
    """`bases` and all their `forms`; `smallest` may be parts of a run of words, however short.

    Of two words as near, one of `ours` is likelier meant than another, and a `dull` one least.
    """

    bases: frozenset[str]
    forms: frozenset[str]
    smallest: frozenset[str]
    ours: frozenset[str]
    dull: frozenset[str]


class Spelling:
    """Mends words that it does not know into ones that it does."""

    def __init__(self, known: KnownWords) -> None:
        self._known = known.bases | known.forms
        self._words = known
        # By how many slips are forgiven: forms that hardly anybody uses are not worth two.
        self._choices = {1: _by_length(self._known), 2: _by_length(known.bases)}

    def mended(self, text: str) -> tuple[str, ...]:
        """The known words that this was meant to be; none where that is anybody's guess."""
        for calm in (text, _LONG_LETTER.sub(r"\1\1", text), _LONG_LETTER.sub(r"\1", text)):
            if calm in self._known:
                return (calm,)
        if not SHORTEST_MENDED <= len(text) <= LONGEST_MENDED:
            return ()
        parts = self._parted(text) if len(text) >= SHORTEST_RUN else ()
        return self._near(text, 1) or parts or self._near(text, 2)

    def _near(self, text: str, slips: int) -> tuple[str, ...]:
        if slips > 1 and len(text) < LONG:
            return ()
        choices = self._choices[slips]
        found = [
            (word[0] != text[0], distance, _oddity(text, word), self._rank(word), word)
            for length in range(len(text) - slips, len(text) + slips + 1)
            for word, distance, _ in process.extract(
                text, choices.get(length, ()), scorer=OSA.distance, score_cutoff=slips, limit=None
            )
        ]
        if not found:
            return ()
        begins_otherwise, *_, word = min(found)
        return () if begins_otherwise and slips > 1 else (word,)

    def _rank(self, word: str) -> int:
        if word in self._words.dull:
            return 3
        if word not in self._words.bases:
            return 2
        return 0 if word in self._words.ours else 1

    def _parted(self, text: str) -> tuple[str, ...]:
        """The fewest known words that fill the text without a gap."""
        best: list[tuple[str, ...] | None] = [()]
        for end in range(1, len(text) + 1):
            ways = [
                (*before, text[start:end])
                for start, before in enumerate(best)
                if before is not None and self._may_be_part(text[start:end])
            ]
            best.append(min(ways, key=len, default=None))
        return best[-1] or ()

    def _may_be_part(self, text: str) -> bool:
        is_long = len(text) >= SHORTEST_PART and text in self._known
        return is_long or text in self._words.smallest


def _oddity(text: str, word: str) -> int:
    """Letters are swapped or doubled more often than lost, and least often another is typed."""
    if sorted(text) == sorted(word) or _DOUBLE.sub(r"\1", text) == _DOUBLE.sub(r"\1", word):
        return 0
    return 1 if len(text) != len(word) else 2


def _by_length(words: Iterable[str]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= SHORTEST_MENDED:
            found[len(word)].append(word)
    return found
