"""One appointment: which it is, how to prepare for it, what starts again with it."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.domain.scenes import FIRST, SMP, WHOLE, course, local, plan, scheduled
from webapp.domain.appointments import (
    Step,
    numbered_session,
    preparation_before,
    starting_again,
    waits_to_wash,
)
from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.domain.plan import Wash
from webapp.domain.protocol import Answer

BOOKED = course(FIRST, scheduled(2, "2026-03-10 11:00"))


def lost(number: int, at: str, status: SessionStatus = SessionStatus.CANCELLED) -> TreatmentSession:
    return TreatmentSession(number, status, local(at))


def start_of(of: Course, number: int) -> datetime | None:
    found = numbered_session(of, number)
    return found.starts_at if found else None


def test_a_number_means_the_live_session_before_any_that_was_lost() -> None:
    both = course(FIRST, lost(2, "2026-03-12 11:00"), scheduled(2, "2026-03-10 11:00"))
    assert start_of(both, 2) == local("2026-03-10 11:00")


def test_of_several_that_were_lost_a_number_means_the_latest() -> None:
    missed = lost(2, "2026-03-10 11:00", SessionStatus.MISSED)
    both = course(FIRST, lost(2, "2026-03-12 11:00"), missed)
    assert start_of(both, 2) == local("2026-03-12 11:00")


def test_a_number_without_a_date_means_nothing() -> None:
    undated = course(FIRST, TreatmentSession(2, SessionStatus.CANCELLED, None))
    assert numbered_session(undated, 2) is None
    assert numbered_session(BOOKED, 3) is None


@pytest.mark.parametrize(
    ("at", "is_there"),
    [("2026-03-10 10:59:59", True), ("2026-03-10 11:00", False), ("2026-03-10 11:00:01", False)],
)
def test_a_session_that_begins_now_needs_no_preparation_any_more(at: str, is_there: bool) -> None:
    steps = preparation_before(plan(BOOKED, "2026-03-05"), 2, local(at))
    assert bool(steps) == is_there


@pytest.mark.parametrize("number", [1, 3])
def test_nothing_is_prepared_for_what_is_over_or_not_booked(number: int) -> None:
    steps = preparation_before(plan(BOOKED, "2026-03-05"), number, local("2026-03-05"))
    assert steps == ()
    assert preparation_before(plan(WHOLE, "2026-03-01"), 2, local("2026-03-01")) == ()


@pytest.mark.parametrize(
    ("starts", "wash"),
    [
        ("2026-03-07 16:30", Wash.NONE),
        ("2026-03-07 16:30:01", Wash.WATER),
        ("2026-03-09 16:30", Wash.WATER),
        ("2026-03-09 16:30:01", Wash.SHAMPOO),
    ],
)
def test_the_line_about_washing_names_the_wash_of_the_plan(starts: str, wash: Wash) -> None:
    booked = plan(course(FIRST, scheduled(2, starts)), "2026-03-03")
    steps = preparation_before(booked, 2, local("2026-03-03"))
    assert steps[0] == Step(f"wash-{wash}", wash=wash)
    assert [step.words for step in steps[1:]] == list(SMP.preparation_steps[1:])
    assert [step.id for step in steps[1:]] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("wash", "at", "answer"),
    [
        (Wash.SHAMPOO, "2026-03-09 16:29:59", Answer.NO),
        (Wash.SHAMPOO, "2026-03-09 16:30", None),
        (Wash.WATER, "2026-03-07 16:29:59", Answer.NO),
        (Wash.WATER, "2026-03-07 16:30", None),
        (Wash.NONE, "2026-03-05 12:00", None),
    ],
)
def test_a_wash_waits_until_the_plan_allows_it(wash: Wash, at: str, answer: Answer | None) -> None:
    found = waits_to_wash(plan(BOOKED, at), wash, local(at))
    assert (found and found.answer) == answer


def test_a_session_starts_again_what_was_free_just_before_it() -> None:
    again = starting_again(plan(BOOKED, "2026-03-05"), local("2026-03-10 11:00"))
    assert {"wash-hair", "wash-shampoo", "touch-scalp"} <= set(again)
    # It has not been allowed since the first session, so it cannot become less so.
    assert "sauna" not in again


def test_what_is_still_forbidden_just_before_does_not_start_again() -> None:
    early = course(FIRST, scheduled(2, "2026-03-07 16:30"))
    again = starting_again(plan(early, "2026-03-05"), local("2026-03-07 16:30"))
    assert "wash-shampoo" not in again
