"""On which days a place can take a session."""

import pytest

from tests.services.scene import Scene
from webapp.services.events import open_days, wishes_of_client

HOURS = ("10:00", "19:00")
EVERY_DAY = set(range(7))


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        ((HOURS, None, HOURS, None, None, None, HOURS), {0, 2, 6}),
        ((None,) * 7, EVERY_DAY),
        ((), EVERY_DAY),
    ],
)
def test_days_with_hours_are_open_and_all_of_them_where_none_are_set(
    week: tuple[tuple[str, str] | None, ...], expected: set[int]
) -> None:
    assert open_days(week) == expected


def test_a_client_nobody_knows_has_every_day(scene: Scene) -> None:
    assert wishes_of_client(999).weekdays == EVERY_DAY
