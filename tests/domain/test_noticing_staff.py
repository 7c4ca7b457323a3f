"""What the artist is told: a session without an end, a course without a last word."""

import pytest

from tests.domain.noticed import clock, due_to_staff
from tests.domain.scenes import FIRST, THIRD, WHOLE, course, local, performed, plan, scheduled
from tests.domain.scenes import SECOND as SESSION_TWO
from webapp.domain.course import Course
from webapp.domain.noticing import overdue_at, staff_notices_of

# when a session starts, when its end is first missed, and the morning on which it is asked again
OPEN = [
    ("2026-03-02 13:00", "2026-03-02 19:00", "2026-03-03 09:00"),
    ("2026-03-02 20:00", "2026-03-03 02:00", "2026-03-03 09:00"),
    ("2026-03-03 02:59:59", "2026-03-03 08:59:59", "2026-03-03 09:00"),
    ("2026-03-03 03:00", "2026-03-03 09:00", "2026-03-04 09:00"),
]


@pytest.mark.parametrize(("starts", "first", "again"), OPEN)
def test_a_session_without_an_end_is_asked_about_after_six_hours_and_the_next_morning(
    starts: str, first: str, again: str
) -> None:
    booked = course(scheduled(1, starts))
    assert due_to_staff(booked, "2026-03-01 12:00") == [
        ("session-open", 1, first),
        ("session-open", 1, again),
    ]


def test_the_question_for_an_end_stands_until_somebody_answers_it() -> None:
    booked = course(scheduled(1, "2026-03-02 13:00"))
    assert due_to_staff(booked, "2026-03-09 12:00") == due_to_staff(booked, "2026-03-01 12:00")
    assert due_to_staff(course(FIRST, is_last=True, planned=1), "2026-03-09 12:00") == []


def test_what_staff_are_told_is_of_use_for_a_day() -> None:
    notices = staff_notices_of(plan(course(scheduled(1, "2026-03-02 13:00")), "2026-03-01"), False)
    assert [clock(notice.expires_at) for notice in notices] == [
        "2026-03-03 19:00",
        "2026-03-04 09:00",
    ]


# a course, and the morning from which staff owe a word on it
OVERDUE = [
    (course(), None),
    (course(scheduled(1, "2026-03-02 13:00")), None),
    (course(FIRST), "2026-03-16 09:00"),
    (course(FIRST, scheduled(2, "2026-03-10 11:00")), None),
    (course(FIRST, SESSION_TWO), "2026-04-14 09:00"),
    (course(FIRST, SESSION_TWO, THIRD), "2026-04-08 09:00"),
    (course(FIRST, SESSION_TWO, planned=2), "2026-03-11 09:00"),
    (course(FIRST, SESSION_TWO, planned=1), "2026-03-11 09:00"),
    (course(FIRST, SESSION_TWO, THIRD, planned=4), "2026-05-12 09:00"),
    (WHOLE, None),
    (course(performed(1, "2026-03-02 20:00", "2026-03-03 00:30"), planned=1), "2026-03-04 09:00"),
]


@pytest.mark.parametrize(("of", "expected"), OVERDUE)
def test_from_when_staff_owe_a_word_on_a_course(of: Course, expected: str | None) -> None:
    found = overdue_at(plan(of, "2026-03-02 12:00"))
    assert found == (local(expected) if expected else None)


def test_a_closed_course_asks_for_nothing_but_open_ends() -> None:
    done = course(FIRST, SESSION_TWO, THIRD)
    assert due_to_staff(done, "2026-05-01 12:00") == [("course-overdue", None, "2026-04-08 09:00")]
    assert due_to_staff(done, "2026-05-01 12:00", is_closed=True) == []
