"""Whatever is typed, the matcher answers: soon, always the same, with activities there are."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.test_asking import MATCHER
from webapp.protocols.loader import protocols
from webapp.protocols.words.loader import question_words

ACTIVITIES = protocols()["smp"].activities
WORDS = sorted(
    {word for activity in ACTIVITIES.values() for word in " ".join(activity.synonyms).split()}
    | set(question_words("en").roles)
)
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_text_gives_known_activities_each_once(text: str) -> None:
    found = MATCHER.activities_in(text)
    assert set(found) <= set(ACTIVITIES)
    assert len(found) == len(set(found))


@given(SENTENCES)
@settings(deadline=None)
def test_any_run_of_words_gives_known_activities_each_once(text: str) -> None:
    found = MATCHER.activities_in(text)
    assert set(found) <= set(ACTIVITIES)
    assert len(found) == len(set(found))


@given(SENTENCES)
@settings(deadline=None)
def test_the_same_question_gets_the_same_answer(text: str) -> None:
    assert MATCHER.activities_in(text) == MATCHER.activities_in(text)


@given(SENTENCES)
@settings(deadline=None)
def test_capitals_and_spaces_around_change_nothing(text: str) -> None:
    assert MATCHER.activities_in(f"  {text.upper()}\t") == MATCHER.activities_in(text)


@given(st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from("x !.é漢\u0301'"))
@settings(max_examples=60, deadline=None)
def test_ten_thousand_letters_take_no_longer_than_a_moment(
    first: str, second: str, filling: str
) -> None:
    began = time.process_time()
    MATCHER.activities_in(f"{first} {second} {filling}" * (10_000 // len(first + second)))
    assert time.process_time() - began < 1
