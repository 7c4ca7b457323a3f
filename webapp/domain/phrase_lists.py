"""Makes phrases of the texts in a protocol and in a file of words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from webapp.domain.phrases import Offer, Phrase
from webapp.domain.protocol import Activity
from webapp.domain.question_words import QuestionWords, Role
from webapp.domain.typed_text import STOP, forms_of, pieces_of

# What a phrase of several other words can do without.
_DROPPED = {
    Role.ARTICLE,
    Role.SMALL,
    Role.SPEAKER,
    Role.LINKING,
    Role.APART,
    Role.ASKING,
    Role.JOINING,
    Role.BESIDE,
    Role.MEANS,
    Role.TOWARDS,
}

# What makes a phrase only in a certain order: "dry my hair", but not "my hair feels dry".
_SAYS_LITTLE = frozenset({Role.MINE, Role.PLAIN})


class _Content(NamedTuple):
    lemmas: tuple[str, ...]
    is_fixed: bool


def phrases_of(activities: Iterable[Activity], words: QuestionWords) -> Iterator[Phrase]:
    """The phrases of all activities, and those that only look like an activity."""
    vague = {
        _content(form, words)
        for text in words.vague
        for form in (forms_of(text) if text.isalnum() else (text,))
    }
    offers: dict[_Content, list[Offer]] = defaultdict(list)
    for activity in activities:
        for position, text in enumerate((activity.name, activity.title, *activity.synonyms)):
            # The name and the title fit as well as the first synonym.
            offers[_content(text, words)].append(Offer(max(position - 2, 0), activity.id))
    for content, found in offers.items():
        if content.lemmas:
            weight = _weight(content.lemmas, words)
            yield Phrase(*content, content in vague, weight, Role.PLAIN, tuple(found))
    for role, texts in ((Role.OTHER, words.nothing), (Role.HANDLING, words.facts)):
        for text in texts:
            content = _whole(text, words)
            yield Phrase(*content, False, len(content.lemmas), role, ())


def _content(text: str, words: QuestionWords) -> _Content:
    """The words of a phrase that matter.

    "touch my head" is found as "head" and "touch"; but "make love" and "dry my hair" would lose
    what makes them a phrase, so such a phrase keeps its small words, and their order.
    """
    spelt = _spelt(text, words)
    said = {word for word in spelt if words.roles.get(word) is not Role.ARTICLE}
    kept = {word for word in said if words.roles.get(word) not in _DROPPED}
    says_enough = any(words.roles.get(word) not in _SAYS_LITTLE for word in kept)
    if says_enough and (len(kept) > 1 or kept == said):
        return _Content(tuple(sorted(kept)), is_fixed=False)
    return _whole(text, words)


def _weight(lemmas: Iterable[str], words: QuestionWords) -> int:
    return sum(words.roles.get(lemma) not in _DROPPED for lemma in lemmas)


def _whole(text: str, words: QuestionWords) -> _Content:
    """All words in their order, but for articles, where that leaves two."""
    spelt = tuple(_spelt(text, words))
    lemmas = tuple(word for word in spelt if words.roles.get(word) is not Role.ARTICLE)
    return _Content(lemmas if len(lemmas) > 1 else spelt, is_fixed=True)


def _spelt(text: str, words: QuestionWords) -> list[str]:
    pieces = [piece.text for piece in pieces_of(text, words.signs) if piece.text != STOP]
    return [words.spellings.get(piece, piece) for piece in pieces]
