"""What is written for Google's phones can be read again."""

from __future__ import annotations

import pytest

from tests.journeys.push.protobuf import field, fields, fixed64


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 2**63])
def test_a_whole_number_is_read_as_it_was_written(number: int) -> None:
    assert fields(field(1, number) + field(16, "after")) == {1: number, 16: b"after"}


def test_a_message_is_written_as_others_write_it() -> None:
    assert field(1, 300) + field(2, "ok") == b"\x08\xac\x02\x12\x02ok"
    assert fields(fixed64(7, 1)) == {7: b"\x01" + bytes(7)}
