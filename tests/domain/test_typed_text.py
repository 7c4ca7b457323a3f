"""What is typed becomes plain words, whatever the keyboard."""

import pytest

from webapp.domain.typed_text import STOP, Piece, folded, forms_of, pieces_of


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Crème", "creme"), ("ＳＷＩＭ", "swim"), ("İstanbul", "istanbul"), ("Straße", "strasse"),
     ("can’t", "can't"), ("bœuf Ø", "boeuf o")],
)  # fmt: skip
def test_letters_are_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


def words(text: str) -> list[str]:
    return [piece.text for piece in pieces_of(text, {"🏊": "swim"})]


def test_words_and_stops_are_told_apart() -> None:
    assert words("Hair-wash? I can't - no") == [
        "hair", "wash", STOP, "i", "cant", STOP, "no",
    ]  # fmt: skip


def test_an_emoji_stands_for_its_words_and_an_unknown_one_for_none() -> None:
    assert words("can I 🏊‍♂️🦄") == ["can", "i", "swim"]


def test_an_owner_is_marked() -> None:
    assert list(pieces_of("dog’s hair", {})) == [Piece("dog", is_owner=True), Piece("hair")]


def test_of_a_long_text_the_beginning_and_the_end_are_read() -> None:
    found = words(f"first {'x' * 5_000} last")
    assert (found[0], found[-1]) == ("first", "last")
    assert sum(map(len, found)) < 2_100


@pytest.mark.parametrize(
    ("word", "form"),
    [("swim", "swimming"), ("shave", "shaving"), ("dry", "dried"), ("dry", "drying"),
     ("wash", "washes"), ("scarf", "scarves"), ("tie", "tying"), ("dye", "dyeing"),
     ("scabs", "scab"), ("curries", "curry"), ("boxes", "box"), ("massages", "massage")],
)  # fmt: skip
def test_a_word_has_its_forms(word: str, form: str) -> None:
    assert form in forms_of(word)


def test_a_short_word_is_no_plural() -> None:
    assert "ga" not in forms_of("gas")
    assert "hibiscu" not in forms_of("hibiscus")
