"""What a device carries for those who signed in on it: a proof that opens nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOON
from webapp.services.known_devices import KNOWN_SPAN, known_to, with_account

KEY = "a-key-for-tests"
SECOND = timedelta(seconds=1)
CARRIED = with_account(KEY, "", 7, NOON)


def test_a_device_is_known_to_its_accounts() -> None:
    carried = with_account(KEY, CARRIED, 8, NOON)
    assert set(known_to(KEY, carried, NOON)) == {7, 8}
    assert known_to(KEY, carried, NOON)[7] != known_to(KEY, carried, NOON)[8]


def test_two_devices_count_apart() -> None:
    other = with_account(KEY, "", 7, NOON)
    assert known_to(KEY, CARRIED, NOON)[7] != known_to(KEY, other, NOON)[7]


def test_signing_in_again_keeps_the_count_and_prolongs_the_proof() -> None:
    later = NOON + KNOWN_SPAN - SECOND
    again = with_account(KEY, CARRIED, 7, later)
    assert known_to(KEY, again, later + SECOND) == known_to(KEY, CARRIED, NOON)


@pytest.mark.parametrize(("after", "known"), [(KNOWN_SPAN - SECOND, {7}), (KNOWN_SPAN, set())])
def test_a_proof_ends_after_half_a_year(after: timedelta, known: set[int]) -> None:
    assert set(known_to(KEY, CARRIED, NOON + after)) == known


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "~~~",
        "...",
        "7.99999999999.abc.def",
        CARRIED.replace("7.", "8.", 1),
        CARRIED[:-1] + ("0" if CARRIED[-1] != "0" else "1"),
        CARRIED.upper(),
        f"{CARRIED}.",
        "é\udcff",
        "x" * 9_000,
    ],
)
def test_what_we_have_not_signed_proves_nothing(carried: str) -> None:
    assert known_to(KEY, carried, NOON) == {}


def test_another_key_s_proofs_are_void() -> None:
    assert known_to("another-key", CARRIED, NOON) == {}


def test_a_device_remembers_the_latest_eight() -> None:
    carried = ""
    for account_id in range(10):
        carried = with_account(KEY, carried, account_id, NOON)
    assert set(known_to(KEY, carried, NOON)) == set(range(2, 10))
    assert len(carried) < 1_000
