"""Reads a typed text into words: what each may stand for in a phrase, and its role."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from webapp.domain.question_words import QuestionWords, Role
from webapp.domain.spelling import KnownWords, Spelling
from webapp.domain.typed_text import STOP, Piece, forms_of, pieces_of

# Of a text of more words, the first and the last are read.
MOST_WORDS = 120
# Two words are one with a space in it only if that one is at least so long.
SHORTEST_JOINED = 6
SHORTEST_PIECE = 2
# A word of this many letters before "ly" says how, whether or not anybody knows them.
LONG_STEM = 4
# Roles whose words are bent; the others are listed as they are.
_BENT = frozenset(
    {Role.PEOPLE, Role.ELSEWHERE, Role.FARE, Role.HANDLING, Role.MINE, Role.PLAIN, Role.OTHER}
)
# Roles whose words are never half of another word: "pull up" is no "pull-up".
_ALWAYS_APART = frozenset(
    {Role.SMALL, Role.SPEAKER, Role.LINKING, Role.APART, Role.BESIDE, Role.MEANS, Role.TOWARDS}
)
_NO_LEMMAS: frozenset[str] = frozenset()


class Word(NamedTuple):
    """A word of a question.

    `lemmas` are the words of phrases that it may stand for; `is_ours`, whether some activity has
    such a phrase; `is_owner`, whether the next word is said to be its.
    """

    role: Role
    lemmas: frozenset[str] = _NO_LEMMAS
    is_ours: bool = False
    is_owner: bool = False


class PhraseWords(NamedTuple):
    """The words of all phrases, and of those among them that stand for activities."""

    all: frozenset[str]
    ours: frozenset[str]


class Vocabulary:
    """Every word that is known: those of phrases, those with a role, and all their forms."""

    def __init__(self, words: QuestionWords, of_phrases: PhraseWords) -> None:
        self._signs = words.signs
        self._roles = _roles(words)
        self._lemmas = _lemmas(words, of_phrases.all)
        self._ours = of_phrases.ours
        spelling = Spelling(_known(words, of_phrases, {*self._roles, *self._lemmas}))
        self._mended = lru_cache(maxsize=8_192)(spelling.mended)

    def words_of(self, text: str) -> list[Word]:
        """The words of a text in order; of a long one, the first and the last."""
        pieces = list(pieces_of(text, self._signs))
        if len(pieces) > MOST_WORDS:
            pieces = [*pieces[: MOST_WORDS // 2], *pieces[-MOST_WORDS // 2 :]]
        return [word for piece in self._joined(pieces) for word in self._words(piece)]

    def _joined(self, pieces: list[Piece]) -> Iterator[Piece]:
        """Pieces with the space taken out where two of them are one word: "sun screen"."""
        waiting: Piece | None = None
        for piece in pieces:
            both = self._together(waiting, piece) if waiting else None
            if waiting and not both:
                yield waiting
            waiting = both or piece
        if waiting:
            yield waiting

    def _together(self, first: Piece, second: Piece) -> Piece | None:
        if any(
            len(piece.text) < SHORTEST_PIECE or self._roles.get(piece.text) in _ALWAYS_APART
            for piece in (first, second)
        ):
            return None
        both = f"{first.text}{second.text}"
        is_one = len(both) >= SHORTEST_JOINED and both in self._lemmas
        return Piece(both, second.is_owner) if is_one else None

    def _words(self, piece: Piece) -> Iterator[Word]:
        if piece.text == STOP:
            yield Word(Role.STOP)
            return
        if self._is_manner(piece.text):
            yield Word(Role.PLAIN)
            return
        for part in self._mended(piece.text) or (piece.text,):
            role = self._roles.get(part) or (Role.PLAIN if part[0].isdigit() else Role.UNKNOWN)
            lemmas = self._lemmas.get(part, _NO_LEMMAS)
            yield Word(role, lemmas, not lemmas.isdisjoint(self._ours), piece.is_owner)

    def _is_manner(self, text: str) -> bool:
        """Whether it only says how: "competitively", "badly"."""
        is_known = text in self._roles or text in self._lemmas
        stem = text.removesuffix("ly")
        return (
            not is_known and text.endswith("ly") and (len(stem) > LONG_STEM or stem in self._roles)
        )


def _known(words: QuestionWords, of_phrases: PhraseWords, forms: Iterable[str]) -> KnownWords:
    listed = (*words.roles, *words.irregular, *words.spellings, *of_phrases.all)
    return KnownWords(
        bases=frozenset(listed),
        forms=frozenset(forms),
        smallest=frozenset(words.smallest),
        ours=of_phrases.ours,
        dull=frozenset(word for word, role in words.roles.items() if role is Role.OTHER),
    )


def _roles(words: QuestionWords) -> dict[str, Role]:
    bent = {
        form: role for word, role in words.roles.items() if role in _BENT for form in forms_of(word)
    }
    found = bent | dict(words.roles)
    led = {**words.irregular, **words.spellings}
    return {form: found[word] for form, word in led.items() if word in found} | found


def _lemmas(words: QuestionWords, of_phrases: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    wanted = set(of_phrases)
    for word in wanted:
        for form in forms_of(word):
            found[form].add(word)
    for spelling, word in words.spellings.items():
        for form in forms_of(spelling) if word in wanted else ():
            found[form].add(word)
    for form, word in words.irregular.items():
        if word in wanted:
            found[form].add(word)
    return {form: frozenset(lemmas) for form, lemmas in found.items()}
