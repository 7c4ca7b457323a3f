"""Which passwords are refused."""

from __future__ import annotations

import pytest

from webapp.domain.passwords import WORDS, Weakness, as_entered, weakness_of

ABOUT = ("Mira Kovač", "mira.kovac@clinic.example")


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("elevensign5", Weakness.SHORT),
        ("twelvesigns5", None),
        ("x" * 251 + "abcde", None),
        ("x" * 252 + "abcde", Weakness.LONG),
        ("password1234", Weakness.COMMON),
        ("P@ssw0rd2026!", Weakness.COMMON),
        ("Clinic$2026$Dubai", Weakness.COMMON),
        ("welcomeadmin", Weakness.COMMON),
        ("qwertyuiop12", Weakness.COMMON),
        ("poiuytrewq!!!", Weakness.COMMON),
        ("1q2w3e4r5t6y", Weakness.COMMON),
        ("123456789012", Weakness.COMMON),
        ("210987654321", Weakness.COMMON),
        ("482915730648", Weakness.COMMON),
        ("aaaaaaaaaaab", Weakness.COMMON),
        ("abc9xabc9xabc9x", Weakness.COMMON),
        ("mirakovač2026", Weakness.PERSONAL),
        ("Mira.Kovac.1", Weakness.PERSONAL),
        ("lantern-river-7-oak", None),
        ("correct horse battery", None),
        ("مفتاح الباب القديم", None),
    ],
)
def test_a_weak_password_is_named_as_such(password: str, weakness: Weakness | None) -> None:
    assert weakness_of(password, ABOUT) is weakness


def test_the_list_of_well_known_words_is_not_empty() -> None:
    assert len(WORDS) > 150


def test_one_password_typed_on_two_keyboards_is_one_password() -> None:
    assert as_entered("cafe\u0301 \uff21") == as_entered("caf\u00e9 A")
