"""A clinic's own words for activities, and what they change in what is found: only ever more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz import fuzz

from webapp.domain.asking import Matcher
from webapp.domain.protocol import Activity
from webapp.domain.question_words import QuestionWords
from webapp.domain.typed_text import folded

MOST_NEAREST = 3
# From this likeness on, in percent, it is worth offering; below it anything looks like anything.
LEAST_LIKENESS = 75


class Synonym(NamedTuple):
    """Plain words of the clinic's own, and the activity that they mean."""

    words: str
    activity: str


class WidenedMatcher(Matcher):
    """A matcher with a clinic's own words. Whatever was found without them is found with them."""

    def __init__(
        self, published: Matcher, activities: Iterable[Activity], words: QuestionWords
    ) -> None:
        super().__init__(activities, words)
        self._published = published

    def activities_in(self, text: str) -> list[str]:
        """As every matcher; but where own words would hide an activity, they are not heard."""
        before = self._published.activities_in(text)
        found = super().activities_in(text)
        return found if set(before) <= set(found) else before


def with_synonyms(activities: Iterable[Activity], own: Iterable[Synonym]) -> list[Activity]:
    """The activities, each with the clinic's own words after the protocol's. Words for an activity
    that is not among them are left out."""
    more: dict[str, list[str]] = defaultdict(list)
    for synonym in own:
        more[synonym.activity].append(synonym.words)
    return [
        replace(activity, synonyms=(*activity.synonyms, *more[activity.id]))
        for activity in activities
    ]


def nearest(plain: str, activities: Iterable[Activity], most: int = MOST_NEAREST) -> list[str]:
    """Ids of the activities of which a name or a synonym looks most like these words, best first;
    none where nothing does."""
    likeness = {activity.id: _likeness(plain, activity) for activity in activities}
    ranked = sorted(likeness, key=lambda activity: likeness[activity], reverse=True)
    return [found for found in ranked if likeness[found][0] >= LEAST_LIKENESS][:most]


def _likeness(plain: str, activity: Activity) -> tuple[float, float]:
    """How alike they are word by word, then letter by letter, in percent."""
    texts = [folded(text) for text in (activity.name, activity.title, *activity.synonyms)]
    return max((fuzz.token_set_ratio(plain, text), fuzz.ratio(plain, text)) for text in texts)
