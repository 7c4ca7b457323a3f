"""Which characters of a typed text are kept."""

import pytest

from webapp.domain.readable import is_readable, readable_part, without_turning


@pytest.mark.parametrize(
    ("text", "allowed", "expected"),
    [
        ("Amíra O'Neill-Şahin", "", True),
        ("\u0623\u0645\u064a\u0631\u0629\u200f", "", True),
        ("", "", True),
        ("two\nlines", "", False),
        ("two\nlines", "\n", True),
        ("a\x00b", "\n", False),
        ("half \ud83d", "", False),
        ("turned \u202e", "", False),
        ("turned \u2069", "", False),
    ],
    ids=ascii,
)
def test_what_a_page_can_show_is_readable(text: str, allowed: str, expected: bool) -> None:
    assert is_readable(text, allowed) is expected


def test_signs_that_turn_the_writing_around_are_taken_out() -> None:
    assert without_turning("a\u202ab\u202ec\u2066d\u2069e\u200ff") == "abcde\u200ff"


def test_a_space_stands_where_nothing_can_be_shown() -> None:
    assert readable_part("swim\x00ming\u202e \udc80hat\n") == "swim ming   hat "
