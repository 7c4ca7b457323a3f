"""Dates for the sessions to come that respect the gap, the shampoo window and an event."""

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from tests.domain.scenes import (
    DUBAI,
    FIRST,
    SECOND,
    SMP,
    THIRD,
    WHOLE,
    course,
    local,
    performed,
    plan,
    rule,
    scheduled,
)
from webapp.domain.course import Course
from webapp.domain.errors import NowAfterAtError
from webapp.domain.event_planning import Proposal, WhyNone, Wishes, proposals_around
from webapp.domain.events import Event
from webapp.domain.plan import plan_for
from webapp.domain.protocol import Anchor as From
from webapp.domain.protocol import Answer, Span, Timing

NOW = "2026-03-04 12:00"
SANTIAGO = ZoneInfo("America/Santiago")


def proposals(
    of: Course, first: str, last: str, now: str = NOW, at: str = ""
) -> tuple[Proposal, ...]:
    event = Event(date.fromisoformat(first), date.fromisoformat(last))
    return proposals_around(plan(of, now), event, Wishes(time.fromisoformat(at) if at else None))


def dates_of(proposal: Proposal, zone: ZoneInfo = DUBAI) -> list[str]:
    return [f"{found.starts_at.astimezone(zone):%m-%d %H:%M}" for found in proposal.dates]


def shown(found: tuple[Proposal, ...]) -> dict[int, list[str]]:
    return {proposal.number: dates_of(proposal) for proposal in found}


def test_the_next_session_follows_the_gap_and_leaves_time_for_shampoo() -> None:
    # A week after session 1 its shampoo window opens at 16:30: 13:00 that day is too early.
    found = proposals(course(FIRST, planned=2), "2026-06-01", "2026-06-05")
    assert shown(found) == {2: ["03-10 13:00", "03-11 13:00", "03-12 13:00"]}


def test_a_later_session_counts_on_the_first_date_of_the_one_before() -> None:
    found = shown(proposals(course(FIRST), "2026-06-01", "2026-06-05"))
    assert found[3][0] == "04-07 13:00"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # A session of six hours and the week after it end at the very midnight, or a minute later.
        ("18:00", ["03-10 18:00", "03-11 18:00", "03-23 18:00"]),
        ("18:01", ["03-10 18:01", "03-23 18:01", "03-24 18:01"]),
    ],
)
def test_a_date_before_the_event_ends_its_restrictions_in_time(
    at: str, expected: list[str]
) -> None:
    found = proposals(course(FIRST, planned=2), "2026-03-19", "2026-03-22", at=at)
    assert shown(found)[2] == expected


def test_after_the_event_the_first_day_is_the_one_that_follows() -> None:
    found = shown(proposals(course(FIRST, planned=2), "2026-03-12", "2026-03-20"))
    assert found[2][0] == "03-21 13:00"


def test_a_first_session_asks_for_no_preparation_during_the_event() -> None:
    found = shown(proposals(course(planned=1), "2026-03-05", "2026-03-20"))
    assert found == {1: ["03-22 10:00", "03-23 10:00", "03-24 10:00"]}


@pytest.mark.parametrize(
    ("starts", "expected"),
    [("13:00:00", "13:00"), ("13:01:00", "13:15"), ("23:44", "23:45"), ("23:50", "23:45")],
)
def test_the_time_of_day_is_that_of_the_session_before_at_a_full_quarter(
    starts: str, expected: str
) -> None:
    first = performed(1, f"2026-03-02 {starts}", "2026-03-03 02:00")
    found = shown(proposals(course(first, planned=2), "2026-06-01", "2026-06-05"))
    assert found[2][0].endswith(expected)


def test_nothing_is_proposed_for_today() -> None:
    found = shown(proposals(course(planned=1), "2026-06-01", "2026-06-05", "2026-03-04 08:00"))
    assert found[1][0] == "03-05 10:00"


def test_a_session_long_ago_is_followed_from_tomorrow_on() -> None:
    found = shown(proposals(course(FIRST), "2026-09-01", "2026-09-05", "2026-07-01 09:00"))
    assert found[2][0] == "07-02 13:00"


def test_a_shampoo_window_that_opens_late_moves_the_date_on() -> None:
    found = shown(proposals(course(FIRST, planned=2), "2026-06-01", "2026-06-05", at="17:00"))
    assert found[2][0] == "03-10 17:00"


def test_extra_days_move_the_first_date_on() -> None:
    of = course(FIRST, planned=2, extra={"wash-hair": 40})
    assert shown(proposals(of, "2026-06-19", "2026-06-22"))[2][0] == "04-19 13:00"


def test_what_waits_for_the_end_of_the_course_is_named_with_each_date() -> None:
    [last] = proposals(course(FIRST, SECOND), "2026-04-20", "2026-04-30", "2026-03-20 12:00")
    assert dates_of(last)[0] == "04-07 11:00"
    waiting = {answer.activity: answer for answer in last.dates[0].still_waiting}
    # It would be the last session: its 21 days end during the event, if all goes as planned.
    assert waiting["sauna"].estimate == local("2026-04-28 17:00")
    assert "swimming" not in waiting
    assert "scratch-or-pick" not in waiting


def test_a_booked_session_that_keeps_the_event_free_stays() -> None:
    of = course(FIRST, scheduled(2, "2026-03-10 11:00"))
    found = proposals(of, "2026-04-12", "2026-04-20")
    assert [proposal.number for proposal in found] == [3]
    assert dates_of(found[0])[0] == "04-21 11:00"


def test_a_booked_session_that_collides_gets_dates_to_move_to() -> None:
    of = course(FIRST, scheduled(2, "2026-03-10 11:00"))
    found = proposals(of, "2026-03-12", "2026-03-20")
    assert [(p.number, p.booked_at) for p in found] == [(2, local("2026-03-10 11:00")), (3, None)]
    assert shown(found) == {
        2: ["03-21 13:00", "03-22 13:00", "03-23 13:00"],
        3: ["04-18 13:00", "04-19 13:00", "04-20 13:00"],
    }


@pytest.mark.parametrize(
    ("third", "moves"),
    [
        ("2026-03-21 13:00", True),  # at the new date of session 2
        ("2026-03-21 11:00", True),  # before the new date of session 2
        ("2026-04-10 11:00", True),  # too soon after it
        ("2026-04-18 13:00", False),
    ],
)
def test_a_booked_session_after_one_that_moves_stays_only_if_it_still_fits(
    third: str, moves: bool
) -> None:
    of = course(FIRST, scheduled(2, "2026-03-10 11:00"), scheduled(3, third))
    found = proposals(of, "2026-03-12", "2026-03-20")
    assert (3 in [proposal.number for proposal in found]) is moves


def test_a_booked_session_within_the_event_moves() -> None:
    of = course(FIRST, scheduled(2, "2026-04-15 11:00"))
    assert proposals(of, "2026-04-12", "2026-04-20")[0].booked_at == local("2026-04-15 11:00")


def test_after_the_confirmed_last_session_nothing_is_proposed() -> None:
    assert proposals(WHOLE, "2026-04-20", "2026-04-25", "2026-04-10 12:00") == ()


def test_the_session_after_the_last_booked_one_is_always_proposed() -> None:
    found = proposals(course(FIRST, SECOND, THIRD), "2026-04-20", "2026-04-25", "2026-04-10 12:00")
    assert [proposal.number for proposal in found] == [4]


@pytest.mark.parametrize("now", ["2026-03-10 11:00", "2026-03-11 12:00"])
def test_while_a_session_is_unconfirmed_no_date_can_be_named(now: str) -> None:
    of = course(FIRST, scheduled(2, "2026-03-10 11:00"))
    found = proposals(of, "2026-04-12", "2026-04-20", now)
    assert found == (Proposal(3, None, (), WhyNone.WASH_UNKNOWN),)


def test_a_search_ends_after_four_hundred_days() -> None:
    year = proposals(course(planned=1), "2026-03-01", "2027-04-06")
    assert year[0].why_none is None
    assert proposals(course(planned=1), "2026-03-01", "2027-04-08")[0].why_none is WhyNone.TOO_FAR


@pytest.mark.parametrize("now", ["2026-03-04 00:00", "2026-03-04 12:00"])
def test_an_event_that_is_over_is_refused(now: str) -> None:
    with pytest.raises(NowAfterAtError):
        proposals(course(FIRST), "2026-03-01", "2026-03-03", now)


def test_no_session_is_proposed_within_the_event_even_if_it_forbade_nothing() -> None:
    protocol = replace(SMP, rules=())
    event = Event(date(2026, 3, 5), date(2026, 3, 6))
    found = proposals_around(plan_for(protocol, course(planned=1), local(NOW)), event)
    assert dates_of(found[0])[0] == "03-07 10:00"


def test_a_booking_that_staff_chose_against_advice_stays_if_it_keeps_the_event_free() -> None:
    of = course(FIRST, scheduled(2, "2026-03-09 14:00"))
    assert [proposal.number for proposal in proposals(of, "2026-06-01", "2026-06-05")] == [3]


def test_a_time_that_the_clocks_skip_is_no_date() -> None:
    # In Santiago the clocks go forward at midnight of Sunday, 6 September 2026.
    of = Course(SANTIAGO, (), 1)
    now = local("2026-09-04 12:00", SANTIAGO)
    event = Event(date(2026, 12, 1), date(2026, 12, 2))
    found = proposals_around(plan_for(SMP, of, now), event, Wishes(time(0, 30)))
    assert dates_of(found[0], SANTIAGO) == ["09-05 00:30", "09-07 00:30", "09-08 00:30"]


def test_a_rule_that_begins_later_is_seen_where_it_falls() -> None:
    fifth_day = Timing(From.SESSION, start=Span(days=5), until=Span(days=6))
    protocol = replace(SMP, rules=(rule("A", Answer.NO, fifth_day, "swimming"),))
    of = course(planned=1)
    event = Event(date(2026, 3, 12), date(2026, 3, 12))
    found = proposals_around(plan_for(protocol, of, local(NOW)), event)
    assert dates_of(found[0]) == ["03-05 10:00", "03-08 10:00", "03-09 10:00"]


def test_sessions_are_looked_for_on_the_days_of_the_week_that_are_wished_for() -> None:
    event = Event(date(2026, 6, 1), date(2026, 6, 5))
    wishes = Wishes(weekdays=frozenset({1, 6}))
    found = proposals_around(plan(course(FIRST, planned=2), NOW), event, wishes)
    # Tuesdays and Sundays.
    assert dates_of(found[0]) == ["03-10 13:00", "03-15 13:00", "03-17 13:00"]
