"""What staff hear before they save a session."""

from datetime import timedelta

import pytest

from tests.domain.scenes import FIRST, SMP, course, local, plan, scheduled
from webapp.domain.course import TreatmentSession
from webapp.domain.planning import (
    Concern,
    MovedLift,
    NoWash,
    ShampooOpensLate,
    TooEarly,
    WaterOnly,
    moved_lifts,
    planning_concerns,
)

NOW = "2026-03-04 12:00"
WEEK = TooEarly(local("2026-03-09 13:00"))
SHAMPOO_FROM = local("2026-03-09 16:31")
SHAMPOO_OPENS = ShampooOpensLate(local("2026-03-09 16:30"))


def concerns(*sessions: TreatmentSession, number: int = 2, now: str = NOW) -> tuple[Concern, ...]:
    return planning_concerns(SMP, course(*sessions), number, local(now))


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ("2026-03-05 10:00", (WEEK, NoWash(SHAMPOO_FROM))),
        ("2026-03-07 16:30:00", (WEEK, NoWash(SHAMPOO_FROM))),
        ("2026-03-07 16:30:01", (WEEK, WaterOnly(SHAMPOO_FROM))),
        ("2026-03-09 12:59:59", (WEEK, WaterOnly(SHAMPOO_FROM))),
        ("2026-03-09 13:00:00", (WaterOnly(SHAMPOO_FROM),)),
        ("2026-03-09 16:30:00", (WaterOnly(SHAMPOO_FROM),)),
        ("2026-03-09 16:30:01", (SHAMPOO_OPENS,)),
        ("2026-03-10 04:29:59", (SHAMPOO_OPENS,)),
        ("2026-03-10 04:30:00", ()),
        ("2026-03-12 11:00:00", ()),
    ],
)
def test_what_is_said_of_session_2(starts: str, expected: tuple[Concern, ...]) -> None:
    assert concerns(FIRST, scheduled(2, starts)) == expected


def test_the_first_time_for_shampoo_is_one_that_can_be_booked() -> None:
    assert plan(course(FIRST), NOW).wash_before(SHAMPOO_FROM) == "shampoo"
    assert plan(course(FIRST), NOW).wash_before(SHAMPOO_FROM - timedelta(minutes=1)) == "water"


def test_a_shampoo_window_that_opened_an_hour_ago_is_told() -> None:
    told = concerns(FIRST, scheduled(2, "2026-03-09 18:00"), now="2026-03-09 17:30")
    assert told == (SHAMPOO_OPENS,)


def test_the_first_session_needs_no_gap_and_no_wash() -> None:
    assert concerns(scheduled(1, "2026-03-05 10:00"), number=1) == ()


def test_session_3_waits_four_weeks() -> None:
    early = scheduled(3, "2026-04-06 11:00")
    told = concerns(FIRST, scheduled(2, "2026-03-10 11:00"), early, number=3)
    assert told == (TooEarly(local("2026-04-07 11:00")),)


def test_a_session_after_one_to_come_is_judged_by_its_expected_end() -> None:
    told = concerns(scheduled(1, "2026-03-05 10:00"), scheduled(2, "2026-03-12 11:00"))
    assert told == (WaterOnly(local("2026-03-12 16:01")),)


def test_nobody_knows_when_to_wash_while_a_session_is_unconfirmed() -> None:
    told = concerns(scheduled(1, "2026-03-02 13:00"), scheduled(2, "2026-03-12 11:00"))
    assert told == (NoWash(None),)


def test_of_a_session_that_has_begun_only_the_gap_is_judged() -> None:
    assert concerns(FIRST, scheduled(2, "2026-03-04 12:00")) == (WEEK,)
    assert len(concerns(FIRST, scheduled(2, "2026-03-04 12:00:01"))) == 2


def test_only_a_live_session_can_be_judged() -> None:
    with pytest.raises(KeyError):
        concerns(FIRST)


def test_moving_a_session_moves_the_lifts_after_it() -> None:
    before = plan(course(FIRST, scheduled(2, "2026-03-08 11:00")), NOW)
    after = plan(course(FIRST, scheduled(2, "2026-03-10 11:00")), NOW)
    moves = {move.activity: move for move in moved_lifts(before, after, local(NOW))}
    healed = MovedLift(
        "sauna", local("2026-04-26 17:00"), local("2026-04-28 17:00"), timedelta(days=2)
    )
    assert moves["sauna"] == healed
    assert moves["swimming"] == (
        "swimming", local("2026-03-15 17:00"), local("2026-03-09 16:30"), -timedelta(6, 1800)
    )  # fmt: skip
    assert "wash-hair" not in moves
    assert "shave" not in moves


def test_a_lift_that_nobody_knows_any_more_has_no_distance() -> None:
    before = plan(course(FIRST, planned=1), "2026-03-24 12:00")
    after = plan(course(FIRST, planned=2), "2026-03-24 12:00")
    moves = {move.activity: move for move in moved_lifts(before, after, local("2026-03-24 12:00"))}
    assert moves["sauna"] == ("sauna", None, local("2026-04-14 18:00"), None)
    back = {m.activity: m for m in moved_lifts(after, before, local("2026-03-24 12:00"))}
    assert back["sauna"] == ("sauna", local("2026-04-14 18:00"), None, None)
