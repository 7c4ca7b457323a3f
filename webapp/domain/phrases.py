"""Phrases that name an activity, or that only look like it, and where a question has them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from webapp.domain.question_words import Role
from webapp.domain.vocabulary import PhraseWords, Word

# At most so many words may stand between two words of one phrase, and so many strange ones.
WIDEST_GAP = 5
MOST_STRANGE = 2

STRANGE = frozenset({Role.UNKNOWN, Role.OTHER})
_PARTING = frozenset({Role.STOP, Role.APART, Role.LACKING, Role.ELSEWHERE, Role.PEOPLE})
_PASSABLE = frozenset({Role.ARTICLE, Role.PLAIN})


class Offer(NamedTuple):
    """An activity, and how early in its list of synonyms a phrase of it stands."""

    position: int
    activity: str


class Phrase(NamedTuple):
    """Words that stand for activities, or for none: then they only look like one.

    The words of a `fixed` phrase follow one another in this order; those of another stand near
    one another in any. A `vague` phrase means an activity only where nothing unknown is near.
    `weight` counts the words that matter; `role` is what they still are to the words near them.
    """

    lemmas: tuple[str, ...]
    is_fixed: bool
    is_vague: bool
    weight: int
    role: Role
    offers: tuple[Offer, ...]


class Match(NamedTuple):
    """Where the words of a phrase are in a question, and the activities it stands for."""

    places: tuple[int, ...]
    activities: tuple[str, ...]
    is_vague: bool
    role: Role


class PhraseBook:
    """All phrases, each found by the one of its words that the fewest others have."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_rarest: dict[str, list[Phrase]] = defaultdict(list)
        phrases = list(phrases)
        counts = Counter(lemma for phrase in phrases for lemma in phrase.lemmas)
        for phrase in phrases:
            rarest = min(phrase.lemmas, key=lambda lemma: (counts[lemma], lemma))
            self._by_rarest[rarest].append(phrase)
        ours = {lemma for phrase in phrases if phrase.offers for lemma in phrase.lemmas}
        self.words = PhraseWords(frozenset(counts), frozenset(ours))

    def matches(self, words: Sequence[Word]) -> list[Match]:
        """Matches that share no word: the weightiest first, then the closest together."""
        found: dict[tuple[int, ...], list[Phrase]] = defaultdict(list)
        for places, phrase in self._candidates(words):
            if _holds(places, phrase, words):
                found[places].append(phrase)
        taken: set[int] = set()
        kept = []
        for places in sorted(found, key=lambda places: _eagerness(places, found[places])):
            if taken.isdisjoint(places):
                taken.update(places)
                kept.append(_match(places, found[places]))
        return kept

    def _candidates(self, words: Sequence[Word]) -> Iterator[tuple[tuple[int, ...], Phrase]]:
        at: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            for lemma in word.lemmas:
                at[lemma].append(place)
        for lemma, places in at.items():
            for phrase in self._by_rarest.get(lemma, ()):
                if all(other in at for other in phrase.lemmas):
                    yield from ((_places(phrase, lemma, place, at), phrase) for place in places)


def is_somebody_elses(word: Word) -> bool:
    """Whether it says to whom the next word belongs, and that is not the client."""
    return word.is_owner and (word.role in STRANGE or word.role is Role.PEOPLE)


def _places(
    phrase: Phrase, lemma: str, place: int, at: Mapping[str, Sequence[int]]
) -> tuple[int, ...]:
    """The places nearest to one of the words, in the order of the question or of the phrase."""
    nearest = [
        place if other == lemma else min(at[other], key=lambda found: abs(found - place))
        for other in phrase.lemmas
    ]
    return tuple(nearest if phrase.is_fixed else sorted(nearest))


def _holds(places: tuple[int, ...], phrase: Phrase, words: Sequence[Word]) -> bool:
    """Whether the words stand close enough, with nothing between them that parts them."""
    return all(
        0 < second - first <= WIDEST_GAP + 1
        and _is_bridged(words[first + 1 : second], phrase.is_fixed)
        for first, second in pairwise(places)
    )


def _is_bridged(gap: Sequence[Word], is_fixed: bool) -> bool:
    if is_fixed:
        return all(word.role in _PASSABLE for word in gap)
    strange = sum(word.role in STRANGE for word in gap)
    return strange <= MOST_STRANGE and not any(
        word.role in _PARTING or is_somebody_elses(word) for word in gap
    )


def _eagerness(places: tuple[int, ...], phrases: Sequence[Phrase]) -> tuple[object, ...]:
    """Of two as weighty, one that stands for an activity comes first, then one of more words."""
    best = min((-phrase.weight, not phrase.offers) for phrase in phrases)
    return *best, -len(places), places[-1] - places[0], places


def _match(places: tuple[int, ...], phrases: Sequence[Phrase]) -> Match:
    """Several phrases may fit the same words: "boxing" is also a form of "box"."""
    for phrase in phrases:
        if not phrase.offers:
            return Match(places, (), False, phrase.role)
    offers = sorted(
        (offer for phrase in phrases for offer in phrase.offers), key=lambda o: o.position
    )
    activities = tuple(dict.fromkeys(offer.activity for offer in offers))
    return Match(places, activities, all(phrase.is_vague for phrase in phrases), phrases[0].role)
