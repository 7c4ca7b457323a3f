"""What is kept of a question that found nothing, and what of it could lead to a person."""

import pytest

from webapp.domain.asked_words import LONGEST_KEPT, kept_words, plain_words, says_too_little
from webapp.protocols.loader import protocols
from webapp.protocols.words.loader import question_words

WORDS = question_words("en")
SAME = {
    "banana": "banana",
    "Can I eat a BANANA, please?": "banana",
    "when can I have banana": "banana",
    "banana or what can I": "banana",
    "my banana, can I": "banana",
    "banana: may kombucha": "banana may kombucha",
    "is kombucha ok tonight?": "kombucha",
    "kombucha in the evening": "kombucha",
    "put kombucha on my hair": "kombucha",
    "cold therapy": "cold therapy",
    "tattoo today": "tattoo today",
    "  can i do Banàna?? ": "banana",
    "is it for the axe throwing": "axe throwing",
    "банан": "банан",
    "hairdresser's kombucha": "hairdresser kombucha",
    "kombucha. And banana": "kombucha and banana",
}
NOTHING = ["", "?", "can i", "may I please", "😶", "\x00\x1b", "\udc80"]
PERSONAL = {
    "kombucha 0888 123 456": "kombucha",
    "+359888123456": "",
    "my code is K7PQ2M9X kombucha": "code is kombucha",
    "kombucha ana@mail.example": "kombucha",
    "born 12.3.1990 kombucha": "born kombucha",
    "٠٨٨٨ kombucha ⅷ": "kombucha",
    "kombucha on flight ab1234?": "kombucha on flight",
}


@pytest.mark.parametrize(("typed", "kept"), SAME.items())
def test_the_same_thing_asked_in_other_small_words_is_the_same(typed: str, kept: str) -> None:
    assert kept_words(typed, WORDS) == kept


@pytest.mark.parametrize("typed", NOTHING)
def test_where_nothing_is_asked_nothing_is_kept(typed: str) -> None:
    assert kept_words(typed, WORDS) == ""


@pytest.mark.parametrize(("typed", "kept"), PERSONAL.items())
def test_numbers_codes_and_addresses_are_never_kept(typed: str, kept: str) -> None:
    assert kept_words(typed, WORDS) == kept


def test_long_texts_are_cut_between_two_words() -> None:
    kept = kept_words("kombucha " * 500, WORDS)
    assert kept == " ".join(["kombucha"] * 9)
    exact = "x" * (LONGEST_KEPT - 9) + " kombucha"
    assert kept_words(exact, WORDS) == exact
    assert kept_words("x" * LONGEST_KEPT, WORDS) == "x" * LONGEST_KEPT
    assert kept_words("x" * (LONGEST_KEPT + 1), WORDS) == ""


def test_what_is_kept_keeps_as_it_is() -> None:
    for activity in protocols()["smp"].activities.values():
        for text in activity.synonyms:
            kept = kept_words(text, WORDS)
            assert kept_words(kept, WORDS) == kept
            assert len(kept) <= LONGEST_KEPT


def test_own_words_may_hold_a_number() -> None:
    assert plain_words("the B12 shot", WORDS) == "b 12 shot"


@pytest.mark.parametrize("words", ["hair", "hot", "tomorrow", "without", "my head", "hot hair"])
def test_words_of_nearly_every_question_say_too_little(words: str) -> None:
    assert says_too_little(words, WORDS)


@pytest.mark.parametrize("words", ["banana", "hot banana", "банан", "feet"])
def test_other_words_say_enough(words: str) -> None:
    assert not says_too_little(words, WORDS)
