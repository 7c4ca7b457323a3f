"""A change to the stricter side in words: what must wait, in which way, and until when."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.web.notices.facts import ACTIVITIES, DUBAI, SMP, UNTIL, push, stricter, text
from webapp.web.presenters.stricter_words import Clock, stricter_by, stricter_lines

LATER = "2026-03-11T12:30:00+00:00"
PAST = "2026-03-02T08:00:00+00:00"
NO: list[str | None] = ["no", UNTIL, None]
CLOCK = Clock(DUBAI, NOON)
WHEN = "until Monday 9 March, 16:30, Dubai time"


@pytest.fixture(autouse=True)
def _in_the_house(app: Flask) -> None:
    """Texts are looked up in the application's catalogue."""


@pytest.mark.parametrize(
    ("activities", "words"),
    [
        ({"wash_shampoo": NO}, f"please wait with shampoo. U{WHEN[1:]}."),
        (
            {"wash_shampoo": ["ask", UNTIL, None]},
            f"please ask your clinic before shampoo. U{WHEN[1:]}.",
        ),
        ({"swimming": ["limited", UNTIL, None]}, f"please take care with swimming. U{WHEN[1:]}."),
        (
            {"wash_hair": ["limited", UNTIL, None], "wash_shampoo": NO},
            f"please wash with water only. U{WHEN[1:]}.",
        ),
        (
            {"wash_hair": NO, "wash_shampoo": ["no", LATER, None]},
            f"please wait with washing your hair. U{WHEN[1:]}. Please wait with shampoo, until "
            "Wednesday 11 March, 16:30, Dubai time.",
        ),
        (
            {"wash_hair": ["limited", UNTIL, None], "wash_water": NO},
            f"please wait with washing your hair. U{WHEN[1:]}.",
        ),
        (
            {"swimming": ["no", None, UNTIL]},
            "please wait with swimming. Until about Mon 9 Mar, an estimate.",
        ),
        (
            {"swimming": ["no", None, None]},
            "please wait with swimming. Until your clinic tells you more.",
        ),
        (
            {"swimming": NO, "alcohol": NO, "smoking": NO},
            f"please wait with swimming. U{WHEN[1:]}. 2 more answers are stricter.",
        ),
        (
            {"wash_hair": NO, "wet_scalp": NO},
            f"please wait with washing your hair. U{WHEN[1:]}.",
        ),
        (
            {"swimming": NO, "wet_scalp": NO},
            f"please wait with swimming. U{WHEN[1:]}. 1 more answer is stricter.",
        ),
        (
            {"alcohol": NO},
            "1 answer is stricter. Please open the app and read what has changed.",
        ),
    ],
)
def test_a_stricter_plan_is_worded(activities: dict[str, list[str | None]], words: str) -> None:
    assert text(push(stricter(**activities))) == f"Plan changed: {words}"


@pytest.mark.parametrize("activities", [{}, {"wash_shampoo": ["no", PAST, None]}])
def test_what_has_ended_meanwhile_is_not_asked_for(
    activities: dict[str, list[str | None]],
) -> None:
    assert push(stricter(**activities)).title == "Your plan has changed"


def test_of_two_changes_the_later_counts() -> None:
    earlier = stricter(wash_shampoo=["no", LATER, None])
    assert "Monday 9 March" in push(earlier, stricter(wash_shampoo=NO)).body


def test_a_page_lists_everything_by_its_end() -> None:
    found = stricter_by(
        [stricter(wash_shampoo=NO, alcohol=NO, hat_or_scarf=["limited", LATER, None])], NOON
    )
    assert stricter_lines(found, SMP, CLOCK) == [
        "Not yet: Shampoo, Alcohol, until Mon 9 Mar, 16:30",
        "With care: Hat or scarf, until Wed 11 Mar, 16:30",
    ]


def test_a_page_leaves_nothing_out() -> None:
    every = stricter_by([stricter(**{name.replace("-", "_"): NO for name in ACTIVITIES})], NOON)
    (line,) = stricter_lines(every, SMP, CLOCK)
    assert [one.name for one in SMP.activities.values() if one.name not in line] == []
    assert "Some new thing" in stricter_lines({"some-new-thing": every["alcohol"]}, SMP, CLOCK)[0]
