"""Which activities a question is about: the one matcher behind "Can I …?"."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from webapp.domain.phrase_lists import phrases_of
from webapp.domain.phrases import STRANGE, Match, PhraseBook
from webapp.domain.protocol import Activity
from webapp.domain.question_words import QuestionWords, Role
from webapp.domain.vocabulary import Vocabulary, Word

# Words farther from a match than this do not matter to it.
FARTHEST = 12
# Where the words around a match stop mattering to it.
_ENDS = frozenset({Role.STOP, Role.APART, Role.LACKING, Role.JOINING, Role.BESIDE, Role.MEANS})


class Matcher:
    """Finds the activities of one protocol in what people type. Built once; asks nobody."""

    def __init__(self, activities: Iterable[Activity], words: QuestionWords) -> None:
        self._book = PhraseBook(phrases_of(activities, words))
        self._vocabulary = Vocabulary(words, self._book.words)

    def activities_in(self, text: str) -> list[str]:
        """Ids of the activities that a question is about, the best first; none if unknown."""
        words = self._vocabulary.words_of(text)
        matches = self._book.matches(words)
        scene = _Scene(words, matches)
        asked = [
            _Asked(match, _setting(match.places[0], words), scene.is_meant(match))
            for match in matches
        ]
        return list(dict.fromkeys(_best_first(asked, words)))


class _Scene:
    """The words of one question, seen around a match."""

    def __init__(self, words: Sequence[Word], matches: Iterable[Match]) -> None:
        self._words = words
        self._roles = [word.role for word in words]
        self._activities: dict[int, tuple[str, ...]] = {}
        self._concerns_client = Role.MINE in self._roles
        self._is_speaker_heard = Role.SPEAKER in self._roles
        for match in matches:
            for place in match.places:
                self._roles[place] = _role_within(match, words[place])
                self._activities[place] = match.activities

    def is_meant(self, match: Match) -> bool:
        """Whether the words around leave the match its meaning, and the client its subject."""
        before = list(self._around(match, -1))
        after = [near for near in self._around(match, 1) if not self._is_said(near, before)]
        around = [*before, *after]
        is_other = any(self._denies(near, match) for near in around)
        if is_other or not match.activities:
            return False
        if match.is_vague and any(self._blurs(near, match) for near in around):
            return False
        if not match.is_vague and any(self._is_head_of(near.place, match) for near in after):
            return False
        return self._concerns_client or not any(self._is_somebody(near, match) for near in around)

    def _around(self, match: Match, step: int) -> Iterator["_Near"]:
        is_beyond = False
        start = match.places[0 if step < 0 else -1] + step
        for place in range(start, start + FARTHEST * step, step):
            if not 0 <= place < len(self._words) or self._roles[place] in _ENDS:
                return
            is_beyond = is_beyond or self._roles[place] is Role.TOWARDS
            yield _Near(place, is_beyond)

    def _denies(self, near: "_Near", match: Match) -> bool:
        """Whether it is about something else: "… my feet", "buy …", "… in my coffee"."""
        role = self._roles[near.place]
        return (
            role is Role.ELSEWHERE
            or (role is Role.HANDLING and (match.is_vague or not near.is_beyond))
            or (role is Role.FARE and match.is_vague)
        )

    def _blurs(self, near: "_Near", match: Match) -> bool:
        """Whether something stands beside a vague match that is none of its own."""
        role = self._roles[near.place]
        is_anothers = role is Role.PEOPLE and self._words[near.place].is_owner
        others = self._activities.get(near.place, match.activities)
        return not near.is_beyond and (
            role in STRANGE or is_anothers or set(others).isdisjoint(match.activities)
        )

    def _is_said(self, near: "_Near", before: Sequence["_Near"]) -> bool:
        """Whether a strange word only says how something is: "is shaving contraindicated"."""
        roles = [self._roles[earlier.place] for earlier in before]
        is_linked = Role.LINKING in roles or roles[:1] == [Role.ASKING]
        return is_linked and self._roles[near.place] in STRANGE

    def _is_head_of(self, place: int, match: Match) -> bool:
        """Whether a strange thing follows that the match only describes: "umbrella stand"."""
        between = self._roles[match.places[-1] + 1 : place]
        is_next = all(role is Role.ARTICLE for role in between)
        return is_next and self._roles[place] in STRANGE and not self._words[place].is_ours

    def _is_somebody(self, near: "_Near", match: Match) -> bool:
        """Whether it is done by or to somebody else, and not "can I take my son swimming"."""
        is_person = self._roles[near.place] is Role.PEOPLE
        is_along = self._is_speaker_heard and not match.is_vague and near.place < match.places[0]
        return is_person and not is_along and not self._words[near.place].is_owner


class _Near(NamedTuple):
    """A place near a match; `is_beyond`: a "for" or an "on" lies between them."""

    place: int
    is_beyond: bool


def _role_within(match: Match, word: Word) -> Role:
    """What a word still is to others, once it belongs to a match."""
    is_handling = word.role is Role.HANDLING and len(match.places) == 1
    return Role.HANDLING if is_handling else match.role


class _Asked(NamedTuple):
    """A match, what the words before it make of it, and whether an activity is meant by it."""

    match: Match
    setting: int
    is_meant: bool


def _best_first(asked: Sequence[_Asked], words: Sequence[Word]) -> Iterator[str]:
    """The main thing comes before its circumstances; what only goes before it drops out.

    Where the main thing is none of ours, its circumstances are not what is asked either.
    """
    if any(one.setting == _MAIN and not one.is_meant for one in asked):
        heard = [one for one in asked if one.is_meant and one.setting == _MAIN]
    else:
        heard = [one for one in asked if one.is_meant]
    nearest = min((one.setting for one in heard), default=_MAIN)
    # Where nothing is the main thing, one circumstance is as good as another.
    counts = nearest == _MAIN
    weighed = sorted(
        (_distance(one.match, words) + (one.setting if counts else 0), one) for one in heard
    )
    for _, one in weighed:
        if one.setting < _OUTSIDE or nearest >= _OUTSIDE:
            yield from one.match.activities


# How far a match is from being what is asked.
_MAIN = 0
_OUTSIDE = 16
_BEFORE_THE_QUESTION = 8
_PLACE = 4
_VAGUE = 2
_MEANS = 1
_SETTINGS = {
    Role.APART: _OUTSIDE,
    Role.LACKING: _OUTSIDE,
    Role.BESIDE: _PLACE,
    Role.TOWARDS: _PLACE,
    Role.MEANS: _MEANS,
}


def _distance(match: Match, words: Sequence[Word]) -> int:
    is_early = any(word.role is Role.ASKING for word in words[match.places[0] :])
    return (_BEFORE_THE_QUESTION if is_early else 0) + (_VAGUE if match.is_vague else 0)


def _setting(start: int, words: Sequence[Word]) -> int:
    """What the nearest small word before a match makes of it: "after …", "in …", "with …"."""
    for word in reversed(words[: start + 1]):
        if word.role in (Role.STOP, Role.JOINING, Role.ASKING):
            return _MAIN
        if word.role in _SETTINGS:
            return _SETTINGS[word.role]
    return _MAIN
