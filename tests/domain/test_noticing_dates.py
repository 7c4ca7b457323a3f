"""The hours at which reminders fall due: across clock changes, at short notice, past midnight."""

from zoneinfo import ZoneInfo

import pytest

from tests.domain.noticed import SECOND, Line, clock, due, due_to_staff, of_kind
from tests.domain.scenes import FIRST, course, local, performed, scheduled
from webapp.domain.course import Course
from webapp.domain.notices import NoticeKind

# zone, a session booked on the day of a clock change or after it, the evening of the last day
# before its preparation begins, and the evening before it
EVENINGS = [
    ("Asia/Dubai", "2026-03-29 11:00", "2026-03-27 18:00", "2026-03-28 18:00"),
    ("Europe/Sofia", "2026-03-29 11:00", "2026-03-27 18:00", "2026-03-28 18:00"),
    ("Europe/Sofia", "2026-03-30 02:30", "2026-03-28 18:00", "2026-03-29 18:00"),
    ("Europe/Sofia", "2026-10-25 11:00", "2026-10-23 18:00", "2026-10-24 18:00"),
    ("Australia/Lord_Howe", "2026-10-04 11:00", "2026-10-02 18:00", "2026-10-03 18:00"),
    ("Australia/Lord_Howe", "2026-04-05 11:00", "2026-04-03 18:00", "2026-04-04 18:00"),
    ("America/Santiago", "2026-09-06 11:00", "2026-09-04 18:00", "2026-09-05 18:00"),
    # Half past midnight of the 6th does not exist: the day before begins on the 5th.
    ("America/Santiago", "2026-09-07 00:30", "2026-09-04 18:00", "2026-09-06 18:00"),
    ("America/Santiago", "2026-04-05 11:00", "2026-04-03 18:00", "2026-04-04 18:00"),
    ("Africa/Casablanca", "2026-02-15 11:00", "2026-02-13 18:00", "2026-02-14 18:00"),
    ("Africa/Casablanca", "2026-03-22 11:00", "2026-03-20 18:00", "2026-03-21 18:00"),
]


@pytest.mark.parametrize(("name", "starts", "prepare", "tomorrow"), EVENINGS)
def test_reminders_come_at_six_by_the_clinics_own_clock(
    name: str, starts: str, prepare: str, tomorrow: str
) -> None:
    zone = ZoneInfo(name)
    booked = Course(zone, (scheduled(1, starts, zone),))
    today = clock(local(starts, zone) - 3 * 3_600 * SECOND, zone)
    assert due(booked, "2026-01-02 12:00") == [
        ("prepare", 1, prepare),
        ("session-tomorrow", 1, tomorrow),
        ("session-today", 1, today),
    ]


def test_the_day_begins_later_where_midnight_is_skipped() -> None:
    zone = ZoneInfo("America/Santiago")
    booked = Course(zone, (scheduled(1, "2026-09-06 11:00", zone),))
    [tomorrow] = of_kind(booked, "2026-09-05 23:59:59", NoticeKind.TOMORROW)
    assert clock(tomorrow.expires_at, zone) == "2026-09-06 01:00"
    assert of_kind(booked, "2026-09-06 01:00", NoticeKind.TOMORROW) == []


# zone, end of the last session, the first follow-up's due instant
FOLLOW_UPS = [
    ("Europe/Sofia", "2026-03-28 14:00", "2027-03-28 10:00"),
    ("Australia/Lord_Howe", "2026-04-04 14:00", "2027-04-04 10:00"),
    ("America/Santiago", "2026-09-06 14:00", "2027-09-06 10:00"),
    ("Africa/Casablanca", "2026-03-22 14:00", "2027-03-22 10:00"),
    ("Asia/Dubai", "2024-02-29 00:10", "2025-02-28 10:00"),
]


@pytest.mark.parametrize(("name", "ended", "expected"), FOLLOW_UPS)
def test_a_follow_up_comes_at_ten_by_the_clinics_own_clock(
    name: str, ended: str, expected: str
) -> None:
    zone = ZoneInfo(name)
    begun = clock(local(ended, zone) - 3_600 * SECOND, zone)
    done = Course(zone, (performed(1, begun, ended, zone),), 1, True)
    assert ("follow-up-due", None, expected) in due(done, ended)


# zone, end of the last planned session, the morning on which staff are asked
OVERDUE = [
    ("Asia/Dubai", "2026-03-02 16:30", "2026-03-03 09:00"),
    ("Asia/Dubai", "2026-03-03 00:30", "2026-03-04 09:00"),
    ("Europe/Sofia", "2026-03-28 23:30", "2026-03-29 09:00"),
    ("Europe/Sofia", "2026-10-25 00:30", "2026-10-26 09:00"),
    ("Australia/Lord_Howe", "2026-10-03 23:45", "2026-10-04 09:00"),
    ("America/Santiago", "2026-09-05 23:30", "2026-09-06 09:00"),
    ("Africa/Casablanca", "2026-03-21 23:30", "2026-03-22 09:00"),
]


@pytest.mark.parametrize(("name", "ended", "expected"), OVERDUE)
def test_staff_are_asked_at_nine_of_the_next_morning_by_the_clinics_own_clock(
    name: str, ended: str, expected: str
) -> None:
    zone = ZoneInfo(name)
    begun = clock(local(ended, zone) - 3_600 * SECOND, zone)
    done = Course(zone, (performed(1, begun, ended, zone),), planned_sessions=1)
    assert due_to_staff(done, ended) == [("course-overdue", None, expected)]


# when it starts, seen from 3 March at noon: the lines that are still ahead or due at once
SHORT_NOTICE: list[tuple[str, list[Line]]] = [
    (
        "2026-03-04 11:00",
        [
            ("prepare", 1, "2026-03-02 18:00"),
            ("session-tomorrow", 1, "2026-03-03 18:00"),
            ("session-today", 1, "2026-03-04 08:00"),
        ],
    ),
    (
        "2026-03-04 00:00",
        [
            ("prepare", 1, "2026-03-02 18:00"),
            ("session-tomorrow", 1, "2026-03-03 18:00"),
            ("session-today", 1, "2026-03-03 21:00"),
        ],
    ),
    (
        "2026-03-03 23:59",
        [("prepare", 1, "2026-03-01 18:00"), ("session-today", 1, "2026-03-03 20:59")],
    ),
    (
        "2026-03-03 14:00",
        [("prepare", 1, "2026-03-01 18:00"), ("session-today", 1, "2026-03-03 11:00")],
    ),
    (
        "2026-03-03 12:00:01",
        [("prepare", 1, "2026-03-01 18:00"), ("session-today", 1, "2026-03-03 09:00:01")],
    ),
    ("2026-03-03 12:00", []),
]


@pytest.mark.parametrize(("starts", "expected"), SHORT_NOTICE)
def test_a_session_at_short_notice_is_not_announced_for_tomorrow(
    starts: str, expected: list[Line]
) -> None:
    assert due(course(scheduled(1, starts)), "2026-03-03 12:00") == expected


def test_a_session_is_tomorrows_until_midnight() -> None:
    booked = course(scheduled(1, "2026-03-04 11:00"))
    assert len(of_kind(booked, "2026-03-03 23:59:59", NoticeKind.TOMORROW)) == 1
    assert of_kind(booked, "2026-03-04 00:00", NoticeKind.TOMORROW) == []


def test_each_booked_session_has_its_own_reminders() -> None:
    both = course(FIRST, scheduled(2, "2026-03-10 11:00"), scheduled(3, "2026-04-07 11:00"))
    found = of_kind(both, "2026-03-03 12:00", NoticeKind.TODAY)
    assert [(n.session_number, n.at) for n in found] == [
        (2, local("2026-03-10 11:00")),
        (3, local("2026-04-07 11:00")),
    ]
