"""The slow line of the page benchmark delays and rations as it says."""

from __future__ import annotations

import pytest

from benchmarks.pages.slow_line import SLOW_3G, Lane


def test_a_packet_arrives_after_half_a_round_trip_and_its_own_bytes() -> None:
    assert Lane().arrival(10.0, 5_000, SLOW_3G) == pytest.approx(10.0 + 0.1 + 0.2)


def test_a_packet_waits_for_the_bytes_before_it() -> None:
    lane = Lane()
    lane.arrival(10.0, 5_000, SLOW_3G)
    assert lane.arrival(10.0, 5_000, SLOW_3G) == pytest.approx(10.0 + 0.2 + 0.2)


def test_a_line_at_rest_owes_nothing() -> None:
    lane = Lane()
    lane.arrival(10.0, 5_000, SLOW_3G)
    assert lane.arrival(20.0, 0, SLOW_3G) == pytest.approx(20.2)
