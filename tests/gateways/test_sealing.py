"""Secrets of others stand sealed in the database."""

from __future__ import annotations

from webapp.gateways.sealing import FernetSeal

SEAL = FernetSeal(b"k" * 32)
OTHER = FernetSeal(b"o" * 32)


def test_what_was_sealed_opens_with_the_same_key_only() -> None:
    sealed = SEAL.close("JBSWY3DP")
    assert b"JBSWY3DP" not in sealed
    assert SEAL.open(sealed) == "JBSWY3DP"
    assert OTHER.open(sealed) is None


def test_what_was_changed_does_not_open() -> None:
    sealed = bytearray(SEAL.close("JBSWY3DP"))
    sealed[20] ^= 1
    assert SEAL.open(bytes(sealed)) is None
    assert SEAL.open(b"") is None


def test_a_digest_is_equal_for_equals_and_needs_the_key() -> None:
    assert SEAL.digest("K7QM") == SEAL.digest("K7QM")
    assert len({SEAL.digest("K7QM"), SEAL.digest("K7QN"), OTHER.digest("K7QM")}) == 3
