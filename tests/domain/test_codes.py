"""The code that a client types."""

import pytest

from webapp.domain.codes import ALPHABET, LENGTH, as_typed, in_groups, is_complete


def test_a_code_is_read_in_two_groups() -> None:
    assert in_groups("K7QMA3XP") == ["K7QM", "A3XP"]


def test_the_alphabet_has_no_look_alikes() -> None:
    assert not set(ALPHABET) & set("0O1IL2Z5S8B")
    assert len(ALPHABET) ** LENGTH > 10**11


@pytest.mark.parametrize("typed", ["K7QMA3XP", "k7qm a3xp", " K7QM-A3XP\n", "k7qm\u00a0a3xp"])
def test_a_code_may_be_typed_with_gaps_and_in_small_letters(typed: str) -> None:
    assert as_typed(typed) == "K7QMA3XP"


def test_a_code_is_complete_with_its_last_sign() -> None:
    assert [is_complete("K7QMA3XP9"[:length]) for length in (7, 8, 9)] == [False, True, False]
