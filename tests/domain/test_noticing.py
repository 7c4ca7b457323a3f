"""What a client is told of a course, and when."""

from dataclasses import replace

import pytest

from tests.domain.noticed import SECOND, Line, clock, due, of_kind
from tests.domain.scenes import (
    FIRST,
    THIRD,
    WHOLE,
    after_session,
    course,
    local,
    plan,
    rule,
    scheduled,
    small_protocol,
)
from tests.domain.scenes import SECOND as SESSION_TWO
from webapp.domain.course import Course, SessionStatus
from webapp.domain.notices import NoticeKind
from webapp.domain.noticing import notices_of, preparation, wash_content
from webapp.domain.plan import plan_for
from webapp.domain.protocol import Anchor, Answer, Span, Timing

AFTER_ONE = course(FIRST, scheduled(2, "2026-03-10 11:00"))
AFTER_TWO = course(FIRST, SESSION_TWO, scheduled(3, "2026-04-07 11:00"))
# The golden journey, planned at the end of each session.
JOURNEY = [
    (
        AFTER_ONE,
        "2026-03-02 16:30",
        [
            ("aftercare-begins", 1, "2026-03-02 16:30"),
            ("lift", None, "2026-03-03 16:30"),
            ("lift", None, "2026-03-07 16:30"),
            ("prepare", 2, "2026-03-08 18:00"),
            ("lift", None, "2026-03-09 16:30"),
            ("session-tomorrow", 2, "2026-03-09 18:00"),
            ("session-today", 2, "2026-03-10 08:00"),
        ],
    ),
    (
        AFTER_TWO,
        "2026-03-10 14:00",
        [
            ("aftercare-begins", 2, "2026-03-10 14:00"),
            ("lift", None, "2026-03-11 14:00"),
            ("lift", None, "2026-03-15 14:00"),
            ("lift", None, "2026-03-17 14:00"),
            ("prepare", 3, "2026-04-05 18:00"),
            ("session-tomorrow", 3, "2026-04-06 18:00"),
            ("session-today", 3, "2026-04-07 08:00"),
        ],
    ),
    (
        WHOLE,
        "2026-04-07 14:00",
        [
            ("aftercare-begins", 3, "2026-04-07 14:00"),
            ("lift", None, "2026-04-08 14:00"),
            ("lift", None, "2026-04-12 14:00"),
            ("lift", None, "2026-04-14 14:00"),
            ("lift", None, "2026-04-28 14:00"),
            ("healed", None, "2026-04-28 14:00"),
            ("follow-up-due", None, "2027-04-07 10:00"),
            ("follow-up-due", None, "2028-04-07 10:00"),
            ("follow-up-due", None, "2029-04-07 10:00"),
            ("follow-up-due", None, "2030-04-07 10:00"),
            ("follow-up-due", None, "2031-04-07 10:00"),
        ],
    ),
]


@pytest.mark.parametrize(("of", "now", "expected"), JOURNEY)
def test_the_golden_journey_is_told_at_these_instants(
    of: Course, now: str, expected: list[Line]
) -> None:
    assert due(of, now) == expected


# course, now, kind, (instant it speaks of, end of its use) of each
USES = [
    (AFTER_ONE, "2026-03-02 16:30", "aftercare-begins", [("2026-03-02 16:30", "2026-03-03 16:30")]),
    (
        AFTER_ONE,
        "2026-03-02 16:30",
        "lift",
        [
            ("2026-03-03 16:30", "2026-03-06 16:30"),
            ("2026-03-07 16:30", "2026-03-09 16:30"),
            ("2026-03-09 16:30", "2026-03-10 11:00"),
        ],
    ),
    (AFTER_ONE, "2026-03-02 16:30", "prepare", [("2026-03-10 11:00", "2026-03-10 11:00")]),
    (AFTER_ONE, "2026-03-02 16:30", "session-tomorrow", [("2026-03-10 11:00", "2026-03-10 00:00")]),
    (AFTER_ONE, "2026-03-02 16:30", "session-today", [("2026-03-10 11:00", "2026-03-10 11:00")]),
    (WHOLE, "2026-04-20 14:00", "lift", [("2026-04-28 14:00", "2026-05-01 14:00")]),
    (WHOLE, "2026-04-20 14:00", "healed", [("2026-04-28 14:00", "2026-05-05 14:00")]),
    (WHOLE, "2031-01-01 12:00", "follow-up-due", [("2031-04-07 14:00", "2031-04-21 10:00")]),
]


@pytest.mark.parametrize(("of", "now", "kind", "expected"), USES)
def test_a_notice_is_of_use_until_then(
    of: Course, now: str, kind: str, expected: list[tuple[str, str]]
) -> None:
    found = of_kind(of, now, NoticeKind(kind))
    assert [(clock(notice.at), clock(notice.expires_at)) for notice in found] == expected


def test_what_lifts_as_a_session_begins_is_of_use_until_the_next_one() -> None:
    lead = Timing(Anchor.BEFORE_SESSION, lead=Span(days=1))
    booked = course(scheduled(1, "2026-03-10 11:00"), scheduled(2, "2026-03-12 11:00"))
    plan_now = plan_for(small_protocol(rule("A", Answer.NO, lead)), booked, local("2026-03-01"))
    lifts = [notice for notice in notices_of(plan_now) if notice.kind is NoticeKind.LIFT]
    assert [(clock(lift.at), clock(lift.expires_at)) for lift in lifts] == [
        ("2026-03-10 11:00", "2026-03-12 11:00"),
        ("2026-03-12 11:00", "2026-03-15 11:00"),
    ]


def test_a_lift_stays_of_use_through_the_quiet_hours_though_another_follows_it() -> None:
    hourly = small_protocol(
        rule("A", Answer.NO, after_session(hours=29)),
        rule("B", Answer.LIMITED, after_session(hours=30)),
    )
    lifts = [
        notice
        for notice in notices_of(plan_for(hourly, course(FIRST), local("2026-03-03 12:00")))
        if notice.kind is NoticeKind.LIFT
    ]
    assert [(clock(lift.at), clock(lift.expires_at)) for lift in lifts] == [
        ("2026-03-03 21:30", "2026-03-04 21:30"),
        ("2026-03-03 22:30", "2026-03-06 22:30"),
    ]


def test_what_lifts_at_one_instant_is_one_notice_with_every_new_answer() -> None:
    dry, wash, free = of_kind(AFTER_ONE, "2026-03-02 16:30", NoticeKind.LIFT)
    assert dry.content == {"activities": {"touch-scalp": "limited"}}
    water = dict.fromkeys(("wash-hair", "wash-water", "wet-scalp"), "limited")
    assert wash.content == {"activities": water}
    assert free.content is not None
    assert {"wash-shampoo", "swimming", "alcohol"} < free.content["activities"].keys()


def test_a_lift_is_no_longer_ahead_at_its_very_instant() -> None:
    before, at = "2026-03-03 16:29:59", "2026-03-03 16:30"
    assert clock(of_kind(AFTER_ONE, before, NoticeKind.LIFT)[0].at) == at
    assert clock(of_kind(AFTER_ONE, at, NoticeKind.LIFT)[0].at) == "2026-03-07 16:30"


def test_nothing_that_only_staff_can_end_is_announced() -> None:
    open_now = course(FIRST, scheduled(2, "2026-03-06 11:00"))
    assert [line[2] for line in due(open_now, "2026-03-06 10:59:59") if line[0] == "lift"] == []
    assert due(open_now, "2026-03-06 11:00") == [("aftercare-begins", 1, "2026-03-02 16:30")]


def test_what_must_stop_before_a_session_is_named_once_with_its_beginning() -> None:
    content = of_kind(AFTER_ONE, "2026-03-02 16:30", NoticeKind.PREPARE)[0].content
    assert content == {
        "activities": [
            "styling-products",
            "hairspray",
            "dry-shampoo",
            "scalp-lotion",
            "hair-mask",
        ],
        "from": local("2026-03-09 11:00").isoformat(),
    }


def test_preparation_begins_with_the_longest_lead_and_names_only_what_must_stop() -> None:
    lead = Timing(Anchor.BEFORE_SESSION, lead=Span(hours=30))
    longer = Timing(Anchor.BEFORE_SESSION, lead=Span(days=2))
    protocol = small_protocol(rule("A", Answer.NO, lead), rule("B", Answer.LIMITED, longer))
    booked = plan_for(protocol, course(scheduled(1, "2026-03-10 11:00")), local("2026-03-01"))
    begins = local("2026-03-08 11:00").isoformat()
    starts_at = local("2026-03-10 11:00")
    assert preparation(booked, starts_at) == {"activities": ["dance"], "from": begins}


def test_hours_of_preparation_are_elapsed_time() -> None:
    lead = Timing(Anchor.BEFORE_SESSION, lead=Span(hours=30))
    booked = plan_for(
        small_protocol(rule("A", Answer.NO, lead)), course(), local("2026-03-01 12:00")
    )
    content = preparation(booked, local("2026-03-10 11:00"))
    assert content is not None
    assert content["from"] == local("2026-03-09 05:00").isoformat()


def test_a_protocol_without_preparation_prepares_for_nothing() -> None:
    plain = small_protocol(rule("A", Answer.NO, after_session(days=7)))
    booked = plan_for(plain, course(scheduled(1, "2026-03-10 11:00")), local("2026-03-01"))
    assert [notice.kind.value for notice in notices_of(booked)] == [
        "session-tomorrow",
        "session-today",
    ]


@pytest.mark.parametrize(
    ("starts", "wash"),
    [
        ("2026-03-07 16:30", "none"),
        ("2026-03-07 16:31", "water"),
        ("2026-03-09 16:30", "water"),
        ("2026-03-09 16:31", "shampoo"),
    ],
)
def test_a_reminder_says_which_wash_is_possible_then(starts: str, wash: str) -> None:
    booked = course(FIRST, scheduled(2, starts))
    reminders = of_kind(booked, "2026-03-04 12:00", NoticeKind.TOMORROW)
    reminders += of_kind(booked, "2026-03-04 12:00", NoticeKind.TODAY)
    assert [notice.content for notice in reminders] == [{"wash": wash}] * 2
    assert wash_content(plan(booked, "2026-03-04 12:00"), local(starts)) == {"wash": wash}


def test_follow_ups_say_which_year_it_is() -> None:
    found = of_kind(WHOLE, "2026-05-01 12:00", NoticeKind.FOLLOW_UP)
    assert [notice.content for notice in found] == [{"years": n} for n in range(1, 6)]
    assert found[0].at == local("2027-04-07 14:00")


def test_without_the_word_that_it_was_the_last_nobody_is_healed() -> None:
    unsaid = course(FIRST, SESSION_TWO, THIRD)
    kinds = {line[0] for line in due(unsaid, "2026-04-07 14:00")}
    assert kinds == {"aftercare-begins", "lift"}


# kind, the first second at which it is not worth a line in the inbox any more
BYGONE = [
    ("aftercare-begins", "2026-04-14 14:00"),
    ("healed", "2026-05-05 14:00"),
]


@pytest.mark.parametrize(("kind", "at"), BYGONE)
def test_what_is_a_week_past_is_planned_no_more(kind: str, at: str) -> None:
    just_before = clock(local(at) - SECOND)
    assert len(of_kind(WHOLE, just_before, NoticeKind(kind))) == 1
    assert of_kind(WHOLE, at, NoticeKind(kind)) == []


@pytest.mark.parametrize(("now", "year"), [("2028-04-14 13:59:59", 2), ("2028-04-14 14:00", 3)])
def test_a_follow_up_a_week_past_is_planned_no_more(now: str, year: int) -> None:
    following = of_kind(WHOLE, now, NoticeKind.FOLLOW_UP)[0]
    assert following.content == {"years": year}


def test_of_a_course_long_over_only_follow_ups_are_still_told() -> None:
    assert {line[0] for line in due(WHOLE, "2026-09-01 12:00")} == {"follow-up-due"}


def test_before_the_first_booking_there_is_nothing_to_tell() -> None:
    assert due(course(), "2026-03-01 12:00") == []


@pytest.mark.parametrize("status", [SessionStatus.CANCELLED, SessionStatus.MISSED])
def test_a_session_that_does_not_take_place_is_not_spoken_of(status: SessionStatus) -> None:
    gone = replace(scheduled(2, "2026-03-10 11:00"), status=status)
    assert due(course(FIRST, gone), "2026-03-03 12:00") == due(course(FIRST), "2026-03-03 12:00")
