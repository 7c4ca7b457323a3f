"""Password hashes."""

import pytest

from webapp.gateways.passwords import Argon2Passwords

PASSWORD = "a calm sentence with 7 words"


def test_the_right_password_is_right_and_another_is_not() -> None:
    passwords = Argon2Passwords(is_cheap=True)
    stored = passwords.hash(PASSWORD)
    assert passwords.is_right(stored, PASSWORD)
    assert not passwords.is_right(stored, PASSWORD + " ")


def test_equal_passwords_have_different_hashes() -> None:
    passwords = Argon2Passwords(is_cheap=True)
    assert passwords.hash(PASSWORD) != passwords.hash(PASSWORD)


@pytest.mark.parametrize("stored", ["", "plain", "$argon2id$broken"])
def test_an_unreadable_hash_fits_no_password(stored: str) -> None:
    assert not Argon2Passwords(is_cheap=True).is_right(stored, PASSWORD)
