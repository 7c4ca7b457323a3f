"""Courses that cannot be true are refused."""

from dataclasses import replace

import pytest

from tests.domain.scenes import DUBAI, FIRST, SECOND, THIRD, WHOLE, course, local, scheduled
from webapp.domain.course import Course, SessionStatus, TreatmentSession, check_course
from webapp.domain.errors import LastSessionNotPerformedError, SessionOrderError

NEXT = scheduled(2, "2026-03-10 11:00")
GONE = TreatmentSession(2, SessionStatus.MISSED, None)

BELIEVABLE = {
    "nothing yet": course(),
    "the whole journey": WHOLE,
    "in any order": course(THIRD, FIRST, SECOND),
    "one to come": course(FIRST, NEXT),
    "a missed one beside its successor": course(FIRST, GONE, NEXT),
    "a cancelled one that overlaps": course(replace(FIRST, status=SessionStatus.CANCELLED), NEXT),
    "the next begins as the first ends": course(FIRST, scheduled(2, "2026-03-02 16:30")),
    "two to come": course(scheduled(1, "2026-03-02 13:00"), scheduled(2, "2026-03-02 13:01")),
    "numbers left out": course(FIRST, replace(SECOND, number=7)),
}

CONTRADICTORY = {
    "no beginning": course(replace(FIRST, starts_at=None)),
    "performed without an end": course(replace(FIRST, ended_at=None)),
    "scheduled with an end": course(replace(NEXT, ended_at=local("2026-03-10 14:00"))),
    "ends as it starts": course(replace(FIRST, ended_at=FIRST.starts_at)),
    "ends before it starts": course(replace(FIRST, ended_at=local("2026-03-02 12:59"))),
    "one number twice": course(FIRST, replace(SECOND, number=1)),
    "starts with the first": course(
        scheduled(1, "2026-03-02 13:00"), scheduled(2, "2026-03-02 13:00")
    ),
    "starts before the first": course(
        scheduled(1, "2026-03-02 13:00"), scheduled(2, "2026-03-02 12:59")
    ),
    "starts before the first ended": course(FIRST, scheduled(2, "2026-03-02 16:29")),
    "performed after one to come": course(scheduled(1, "2026-03-02 13:00"), SECOND),
}

NOT_OVER = {
    "nothing took place": course(is_last=True),
    "one is to come": course(FIRST, NEXT, is_last=True),
    "all were missed": course(GONE, is_last=True),
}


@pytest.mark.parametrize("believable", BELIEVABLE.values(), ids=BELIEVABLE)
def test_a_course_that_can_be_true_is_accepted(believable: Course) -> None:
    check_course(believable)


@pytest.mark.parametrize("contradictory", CONTRADICTORY.values(), ids=CONTRADICTORY)
def test_a_contradictory_course_is_refused(contradictory: Course) -> None:
    with pytest.raises(SessionOrderError) as error:
        check_course(contradictory)
    assert error.value.code == "session-order"


@pytest.mark.parametrize("not_over", NOT_OVER.values(), ids=NOT_OVER)
def test_a_course_is_not_over_before_its_last_session(not_over: Course) -> None:
    with pytest.raises(LastSessionNotPerformedError) as error:
        check_course(not_over)
    assert error.value.code == "last-session-not-performed"


def test_the_order_of_sessions_is_judged_before_the_end_of_the_course() -> None:
    with pytest.raises(SessionOrderError):
        check_course(course(FIRST, replace(NEXT, number=1), is_last=True))


def test_live_sessions_stand_by_number() -> None:
    assert course(THIRD, GONE, FIRST).live == (FIRST, THIRD)


def test_a_course_is_planned_with_three_sessions() -> None:
    assert Course(DUBAI).planned_sessions == 3
