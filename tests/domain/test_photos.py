"""Photos: when one counts as taken, and which size is enough."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from webapp.domain.photo_faults import MAY_TRY_AGAIN, PhotoFault, PhotoRefusedError
from webapp.domain.photos import AHEAD_SPAN, Format, side_for, taken_at

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (None, NOW),
        (NOW - timedelta(days=400), NOW - timedelta(days=400)),
        (NOW + AHEAD_SPAN, NOW + AHEAD_SPAN),
        (NOW + AHEAD_SPAN + A_SECOND, NOW),
    ],
)
def test_a_photo_counts_as_taken_when_it_was_said_unless_that_is_to_come(
    said: datetime | None, counts: datetime
) -> None:
    assert taken_at(said, NOW) == counts


@pytest.mark.parametrize(
    ("wanted", "made", "side"),
    [
        (1, [320, 800, 1600], 320),
        (320, [320, 800, 1600], 320),
        (321, [320, 800, 1600], 800),
        (1601, [320, 800, 1600], 1600),
        (320, [1600], 1600),
        (320, [], None),
    ],
)
def test_the_smallest_size_that_is_enough_is_shown(
    wanted: int, made: list[int], side: int | None
) -> None:
    assert side_for(wanted, made) == side


def test_a_browser_is_told_what_a_file_is() -> None:
    assert [kind.content_type for kind in Format] == ["image/webp", "image/jpeg", "image/png"]


@pytest.mark.parametrize("fault", PhotoFault)
def test_a_refusal_says_whether_the_same_file_may_be_sent_again(fault: PhotoFault) -> None:
    passing = {PhotoFault.BUSY, PhotoFault.NO_ROOM, PhotoFault.UNREACHABLE}
    assert PhotoRefusedError(fault).may_try_again == (fault in passing) == (fault in MAY_TRY_AGAIN)
