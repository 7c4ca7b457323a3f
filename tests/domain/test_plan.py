"""What a plan tells beside the answers: appointments, healing, follow-ups, switches."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.domain.scenes import (
    FIRST,
    SECOND,
    SMP,
    THIRD,
    WHOLE,
    course,
    local,
    performed,
    plan,
    scheduled,
)
from webapp.domain.calendar import second_of
from webapp.domain.course import Course
from webapp.domain.errors import NaiveDatetimeError, NowAfterAtError, SessionOrderError
from webapp.domain.forecast import forecast_for
from webapp.domain.plan import Healed, plan_for

BOOKED = course(FIRST, scheduled(2, "2026-03-10 11:00"))


@pytest.mark.parametrize(
    ("starts", "wash"),
    [
        ("2026-03-07 16:30:00", "none"),
        ("2026-03-07 16:30:01", "water"),
        ("2026-03-09 11:00:00", "water"),
        ("2026-03-09 16:30:00", "water"),
        ("2026-03-09 16:30:01", "shampoo"),
        ("2026-03-10 11:00:00", "shampoo"),
    ],
)
def test_how_to_wash_before_the_next_session(starts: str, wash: str) -> None:
    booked = course(FIRST, scheduled(2, starts))
    following = plan(booked, "2026-03-04 12:00").next_session_at(local("2026-03-04 12:00"))
    assert following == (2, local(starts), wash)


def test_the_next_session_is_next_until_it_begins() -> None:
    now = plan(course(FIRST, *BOOKED.sessions[1:], scheduled(3, "2026-04-07 11:00")), "2026-03-05")
    numbers = [
        (following.number if (following := now.next_session_at(local(at))) else None)
        for at in ("2026-03-10 10:59:59", "2026-03-10 11:00", "2026-04-07 11:00")
    ]
    assert numbers == [2, 3, None]


def test_a_performed_session_is_never_the_next() -> None:
    assert plan(WHOLE, "2026-03-05").next_session_at(local("2026-03-05")) is None


HEALED = [
    (course(), "2026-03-05", Healed(False, None, None)),
    (WHOLE, "2026-03-05", Healed(True, local("2026-04-28 14:00"), None)),
    (WHOLE, "2027-03-05", Healed(True, local("2026-04-28 14:00"), None)),
    (course(FIRST, planned=1), "2026-03-05", Healed(False, None, local("2026-03-23 16:30"))),
    (
        course(FIRST, planned=1),
        "2026-03-23 16:29:59",
        Healed(False, None, local("2026-03-23 16:30")),
    ),
    (course(FIRST, planned=1), "2026-03-23 16:30", Healed(False, None, None)),
]


@pytest.mark.parametrize(("of", "at", "healed"), HEALED)
def test_when_the_course_is_healed(of: Course, at: str, healed: Healed) -> None:
    assert plan(of, at).healed_at(local(at)) == healed


# course, now, expected end of the last planned session
LAST_ENDS = [
    (course(), "2026-03-01", None),
    (WHOLE, "2026-03-01", "2026-04-07 14:00"),
    (course(FIRST, planned=1), "2026-03-01", "2026-03-02 16:30"),
    (course(FIRST, planned=2), "2026-03-03", "2026-03-09 19:00"),
    (course(FIRST), "2026-03-03", "2026-04-06 19:00"),
    (course(FIRST, planned=4), "2026-03-03", "2026-05-04 19:00"),
    (course(FIRST, planned=2), "2026-03-09 13:00:01", "2026-03-09 19:00:01"),
    (course(FIRST), "2026-03-19 12:00", "2026-04-16 18:00"),
    (BOOKED, "2026-03-03", "2026-04-07 17:00"),
    (course(scheduled(1, "2026-03-02 13:00"), planned=1), "2026-05-01", "2026-03-02 19:00"),
    (
        course(performed(2, "2026-03-02 13:00", "2026-03-02 16:30")),
        "2026-03-03",
        "2026-03-30 19:00",
    ),
    (
        course(FIRST, performed(4, "2026-03-10 11:00", "2026-03-10 14:00")),
        "2026-03-03",
        "2026-03-10 14:00",
    ),
]


@pytest.mark.parametrize(("of", "now", "expected"), LAST_ENDS)
def test_when_the_last_session_is_expected_to_end(of: Course, now: str, expected: str) -> None:
    last_end = forecast_for(SMP, of, second_of(local(now))).last_end
    assert last_end == (second_of(local(expected)) if expected else None)


def test_the_follow_ups_come_yearly_once_the_last_session_is_confirmed() -> None:
    assert plan(WHOLE, "2026-05-01").follow_ups() == (
        local("2027-04-07 14:00"),
        local("2028-04-07 14:00"),
        local("2029-04-07 14:00"),
    )
    assert plan(course(FIRST, SECOND, THIRD), "2026-05-01").follow_ups() == ()


def test_a_leap_day_is_followed_up_on_28_february() -> None:
    leap = performed(1, "2028-02-29 10:00", "2028-02-29 14:00")
    assert plan(course(leap, is_last=True), "2028-03-01").follow_ups(years=4) == (
        local("2029-02-28 14:00"),
        local("2030-02-28 14:00"),
        local("2031-02-28 14:00"),
        local("2032-02-29 14:00"),
    )


@pytest.mark.parametrize(
    ("now", "number"),
    [("2026-03-10 10:59:59", None), ("2026-03-10 11:00", 2), ("2026-04-07 11:00", 3)],
)
def test_a_session_that_ought_to_have_begun_is_unconfirmed(now: str, number: int | None) -> None:
    booked = course(*BOOKED.sessions, scheduled(3, "2026-04-07 11:00"))
    assert plan(booked, now).unconfirmed_session == number


@pytest.mark.parametrize(
    ("now", "at", "assumed"),
    [
        ("2026-03-09", "2026-03-10 10:59:59", ()),
        ("2026-03-09", "2026-03-10 11:00", (2,)),
        ("2026-03-10 10:59:59", "2026-04-07 11:00", (2, 3)),
        ("2026-03-10 11:00", "2026-04-07 11:00", (3,)),
    ],
)
def test_sessions_booked_in_between_are_assumed(now: str, at: str, assumed: tuple[int]) -> None:
    booked = course(*BOOKED.sessions, scheduled(3, "2026-04-07 11:00"))
    assert plan(booked, now).assumed_sessions(local(at)) == assumed


def test_performed_sessions_are_never_assumed() -> None:
    assert plan(WHOLE, "2026-03-01").assumed_sessions(local("2026-05-01")) == ()


def test_the_switches_of_one_touch_up() -> None:
    touch_up = course(FIRST, planned=1, is_last=True)
    assert plan(touch_up, "2026-03-01").switches_after(local("2026-03-01 13:00")) == tuple(
        local(f"2026-03-{day_and_time}")
        for day_and_time in (
            "02 13:00", "02 16:30", "03 16:30", "06 16:30", "07 16:30", "09 16:30", "23 16:30",
        )
    )  # fmt: skip


def test_the_healed_estimate_is_a_switch() -> None:
    protocol_free = plan(course(FIRST, extra=dict.fromkeys(SMP.activities, 5)), "2026-05-01")
    healed = protocol_free.healed_at(local("2026-05-01")).estimate
    assert healed in protocol_free.switches_after(local("2026-05-01"))


QUESTIONS = [
    "answers_at", "shared_answers_at", "bare_answers_at", "lifts_after", "changes_after",
    "phase_at", "switches_after",
    "next_session_at", "healed_at", "assumed_sessions",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_plan_does_not_look_back(question: str) -> None:
    with pytest.raises(NowAfterAtError):
        getattr(plan(WHOLE, "2026-03-05"), question)(local("2026-03-04 23:59:59"))
    assert getattr(plan(WHOLE, "2026-03-05"), question)(local("2026-03-05")) is not NotImplemented


def test_a_plan_needs_instants() -> None:
    with pytest.raises(NaiveDatetimeError):
        plan_for(SMP, WHOLE, datetime(2026, 3, 5))  # noqa: DTZ001
    with pytest.raises(NaiveDatetimeError):
        plan(WHOLE, "2026-03-05").answers_at(datetime(2026, 3, 5))  # noqa: DTZ001


def test_a_contradictory_course_has_no_plan() -> None:
    with pytest.raises(SessionOrderError):
        plan(course(FIRST, FIRST), "2026-03-05")


def test_answers_stand_in_the_order_of_the_protocol() -> None:
    assert list(plan(WHOLE, "2026-03-05").answers_at(local("2026-03-05"))) == list(SMP.activities)


def test_shared_answers_are_all_the_answers() -> None:
    now = plan(course(FIRST, extra={"sauna": 2}), "2026-03-05")
    shared = {
        activity: answer[1:]
        for answer, activities in now.shared_answers_at(local("2026-03-05"))
        for activity in activities
    }
    assert shared == {name: a[1:] for name, a in now.answers_at(local("2026-03-05")).items()}


def test_bare_answers_are_the_answers_alone() -> None:
    now = plan(course(FIRST, extra={"sauna": 2}), "2026-03-05")
    bare = now.bare_answers_at(local("2026-03-05"))
    assert list(bare) == list(SMP.activities)
    assert bare == {name: a.answer for name, a in now.answers_at(local("2026-03-05")).items()}


def test_changes_are_told_sure_or_not_stricter_or_milder() -> None:
    changes = plan(BOOKED, "2026-03-09").changes_after(local("2026-03-09"))
    touch = [(c.at, c.activities["touch-scalp"].word) for c in changes if "touch-scalp" in c[1]]
    assert touch == [
        (local("2026-03-09 16:30"), "yes"),
        (local("2026-03-10 11:00"), "no"),
        (local("2026-03-11 17:00"), "limited"),
        (local("2026-03-17 17:00"), "yes"),
    ]
    assert plan(BOOKED, "2026-03-09").changes_after(local("2026-03-17 17:00")) == ()


def test_a_plan_is_the_same_every_time_and_everywhere() -> None:
    now, at = local("2026-03-05"), local("2026-03-06")
    here = plan_for(SMP, BOOKED, now.astimezone(ZoneInfo("America/New_York")))
    assert here.now == now
    assert here.now.tzinfo is UTC
    assert here.answers_at(at) == plan_for(SMP, BOOKED, now).answers_at(at)
