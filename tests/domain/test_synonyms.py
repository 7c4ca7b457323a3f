"""A clinic's own words add to what is found, and take nothing away."""

import json
from pathlib import Path

import pytest

from tests.domain.test_asking import MATCHER
from webapp.domain.asking import Matcher
from webapp.domain.synonyms import Synonym, WidenedMatcher, nearest, with_synonyms
from webapp.protocols.loader import protocols
from webapp.protocols.words.loader import question_words

ACTIVITIES = list(protocols()["smp"].activities.values())
FOLDER = Path(__file__).parents[1] / "data"
TEXTS = [
    json.loads(line)["q"]
    for name in ("ask-phrases.jsonl", "ask-phrases-seen.jsonl")
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()
]
# Words that lie close to the protocol's, or are made of them.
AWKWARD = [
    Synonym("shampop", "sauna"),
    Synonym("swimmingo", "flight"),
    Synonym("wet towel on head", "sauna"),
    Synonym("hat after gym", "flight"),
    Synonym("feet", "bath"),
    Synonym("brother", "haircut"),
    Synonym("sun", "medicines"),
    Synonym("cut", "medicines"),
]


def widened(*own: Synonym) -> WidenedMatcher:
    return WidenedMatcher(MATCHER, with_synonyms(ACTIVITIES, own), question_words("en"))


def lost(matcher: Matcher) -> list[str]:
    """The labelled phrases in which an activity is no longer found."""
    return [
        text
        for text in TEXTS
        if not set(MATCHER.activities_in(text)) <= set(matcher.activities_in(text))
    ]


@pytest.fixture(scope="module")
def kombucha() -> WidenedMatcher:
    return widened(Synonym("kombucha", "alcohol"), Synonym("xyz", "sauna"))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("kombucha", "alcohol"),
        ("Can I have a Kombucha tonight?", "alcohol"),
        ("kombuhca", "alcohol"),
        ("kombucha or swimming", "alcohol"),
        ("XYZ", "sauna"),
    ],
)
def test_own_words_are_understood_as_the_protocols_are(
    kombucha: WidenedMatcher, text: str, first: str
) -> None:
    assert kombucha.activities_in(text)[0] == first


def test_every_other_phrase_is_answered_as_before(kombucha: WidenedMatcher) -> None:
    changed = [
        text for text in TEXTS if kombucha.activities_in(text) != MATCHER.activities_in(text)
    ]
    assert [text for text in changed if "kombucha" not in text] == []
    assert len(TEXTS) > 2_000


def test_nothing_that_was_found_is_hidden_by_own_words() -> None:
    own = [*AWKWARD, *(Synonym(text, "flight") for text in TEXTS[::40])]
    unguarded = Matcher(with_synonyms(ACTIVITIES, own), question_words("en"))
    assert len(lost(unguarded)) > 10
    assert lost(widened(*own)) == []


def test_where_own_words_would_hide_an_activity_they_are_not_heard() -> None:
    own, text = Synonym("hot shower cap", "flight"), "hot shower cap"
    unguarded = Matcher(with_synonyms(ACTIVITIES, [own]), question_words("en"))
    assert unguarded.activities_in(text) == ["flight"]
    assert widened(own).activities_in(text) == MATCHER.activities_in(text) == ["hot-shower"]


def test_own_words_come_after_the_protocols() -> None:
    own = Synonym("kombucha", "alcohol")
    found = {activity.id: activity for activity in with_synonyms(ACTIVITIES, [own])}
    assert found["alcohol"].synonyms[-1] == "kombucha"
    assert found["sauna"] == next(activity for activity in ACTIVITIES if activity.id == "sauna")


def test_words_for_an_activity_that_is_gone_are_left_out() -> None:
    assert with_synonyms(ACTIVITIES, [Synonym("kombucha", "gone")]) == ACTIVITIES


NEAREST = {
    "kombucha": ["alcohol"],
    "banana": ["swimming", "hair-mask", "hat-or-scarf"],
    "crossfitt": ["intense-workout"],
    "beard oil": ["scalp-lotion", "medicines"],
    "qqq": [],
    "": [],
}


@pytest.mark.parametrize(("words", "activities"), NEAREST.items())
def test_activities_that_look_alike_are_offered_best_first(
    words: str, activities: list[str]
) -> None:
    assert nearest(words, ACTIVITIES) == activities


def test_at_most_as_many_are_offered_as_asked_for() -> None:
    assert nearest("banana", ACTIVITIES, most=1) == ["swimming"]
