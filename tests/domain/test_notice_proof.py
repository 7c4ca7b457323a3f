"""Whether a notice is still true when its time has come."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.domain.noticed import clock
from tests.domain.scenes import (
    FIRST,
    THIRD,
    WHOLE,
    after_session,
    course,
    local,
    performed,
    plan,
    rule,
    scheduled,
    small_protocol,
)
from tests.domain.scenes import SECOND as SESSION_TWO
from webapp.domain.course import Course, SessionStatus
from webapp.domain.notice_proof import Claim, Content, proved, sure_until
from webapp.domain.notices import NoticeKind
from webapp.domain.noticing import notices_of, preparation, staff_notices_of, stricter_of
from webapp.domain.plan import plan_for
from webapp.domain.protocol import Anchor, Answer, Span, Timing

ONE = course(FIRST)
BOOKED = course(FIRST, scheduled(2, "2026-03-10 11:00"))
EARLY = course(FIRST, scheduled(2, "2026-03-08 11:00"))
LATE = course(performed(1, "2026-03-02 13:00", "2026-03-02 18:30"))
TOUCH = {"activities": {"touch-scalp": "limited"}}
WASH = {"activities": dict.fromkeys(("wash-hair", "wash-water", "wet-scalp"), "limited")}


def claimed(
    kind: NoticeKind, at: str, content: Content | None = None, number: int | None = None
) -> Claim:
    return Claim(kind, local(at), number, content or {})


# a claim of a lift, the course as it is now, now, what of it is true
LIFTS = [
    (TOUCH, "2026-03-03 16:30", ONE, "2026-03-03 16:29:59", TOUCH),
    (TOUCH, "2026-03-03 16:30", ONE, "2026-03-03 16:30", TOUCH),
    (TOUCH, "2026-03-03 16:30", ONE, "2026-03-09 16:30", TOUCH),
    (TOUCH, "2026-03-03 16:31", ONE, "2026-03-03 16:29:59", None),
    (TOUCH, "2026-03-03 16:30", LATE, "2026-03-03 16:29:59", None),
    (TOUCH, "2026-03-03 16:30", LATE, "2026-03-03 18:29:59", None),
    (TOUCH, "2026-03-03 16:30", LATE, "2026-03-03 18:30", TOUCH),
    (WASH, "2026-03-07 16:30", EARLY, "2026-03-08 10:59:59", WASH),
    (WASH, "2026-03-07 16:30", EARLY, "2026-03-08 11:00", None),
    (WASH, "2026-03-07 16:30", course(FIRST, extra={"wet-scalp": 1}), "2026-03-08 16:29:59", None),
    (WASH, "2026-03-07 16:30", course(FIRST, extra={"wet-scalp": 1}), "2026-03-08 16:30", WASH),
]


@pytest.mark.parametrize(("content", "at", "of", "now", "expected"), LIFTS)
def test_a_lift_is_true_as_far_as_the_answers_are_no_stricter(
    content: Content, at: str, of: Course, now: str, expected: Content | None
) -> None:
    assert proved(claimed(NoticeKind.LIFT, at, content), plan(of, now)) == expected


def test_of_a_lift_only_what_still_holds_is_told() -> None:
    lifts = {"activities": {"swimming": "yes", "alcohol": "yes", "no-such-thing": "yes"}}
    of = course(FIRST, extra={"alcohol": 1})
    claim = claimed(NoticeKind.LIFT, "2026-03-09 16:30", lifts)
    assert proved(claim, plan(of, "2026-03-09 16:30")) == {"activities": {"swimming": "yes"}}


def test_a_lift_ahead_is_true_only_as_a_whole() -> None:
    before = plan(ONE, "2026-03-05 12:00")
    part = {"activities": {"wash-hair": "limited"}}
    milder = {"activities": dict.fromkeys(WASH["activities"], "yes")}
    for content in (part, milder):
        assert proved(claimed(NoticeKind.LIFT, "2026-03-07 16:30", content), before) is None
    assert proved(claimed(NoticeKind.LIFT, "2026-03-07 16:30", WASH), before) == WASH


# the instant an aftercare is said to begin at, the course, whether that is true
BEGINNINGS = [
    ("2026-03-02 16:30", ONE, True),
    ("2026-03-02 16:30", BOOKED, True),
    ("2026-03-02 16:29:59", ONE, False),
    ("2026-03-02 16:30", LATE, False),
    ("2026-03-02 16:30", course(FIRST, SESSION_TWO), False),
    ("2026-03-10 14:00", course(FIRST, SESSION_TWO), True),
    ("2026-03-02 16:30", course(scheduled(1, "2026-03-02 13:00")), False),
    ("2026-03-02 16:30", course(), False),
]


@pytest.mark.parametrize(("at", "of", "is_true"), BEGINNINGS)
def test_an_aftercare_begins_at_the_latest_end_alone(at: str, of: Course, is_true: bool) -> None:
    found = proved(claimed(NoticeKind.BEGINS, at, number=1), plan(of, "2026-03-10 15:00"))
    assert found == ({} if is_true else None)


def told_stricter(now: str) -> Claim:
    """That the end of session 1 was corrected from 16:30 to 18:30."""
    found = stricter_of(plan(LATE, now), plan(ONE, now))
    assert found is not None
    return Claim(found.kind, found.at, found.session_number, found.content or {})


def test_strictness_is_told_with_the_ends_as_they_are_now() -> None:
    claim = told_stricter("2026-03-07 17:00")
    later = course(performed(1, "2026-03-02 13:00", "2026-03-02 19:30"))
    found = proved(claim, plan(later, "2026-03-07 17:00:10"))
    until = local("2026-03-07 19:30").isoformat()
    assert found == {"activities": {name: ["no", until, None] for name in WASH["activities"]}}


# the course as it is now, now, whether what became stricter still is
STRICTNESS = [
    (LATE, "2026-03-07 17:00:13", True),
    (LATE, "2026-03-07 18:29:59", True),
    (LATE, "2026-03-07 18:30", False),
    (ONE, "2026-03-07 17:00:13", False),
    (course(), "2026-03-07 17:00:13", False),
]


@pytest.mark.parametrize(("of", "now", "is_true"), STRICTNESS)
def test_strictness_is_told_while_the_answers_are_that_strict(
    of: Course, now: str, is_true: bool
) -> None:
    assert (proved(told_stricter("2026-03-07 17:00"), plan(of, now)) is not None) is is_true


def test_of_strictness_only_what_is_still_strict_is_told() -> None:
    both = {"wash-hair": ["no", None, None], "hat-or-scarf": ["no", None, None], "rain": ["no"]}
    claim = claimed(NoticeKind.STRICTER, "2026-03-05 12:00", {"activities": both})
    found = proved(claim, plan(ONE, "2026-03-05 12:00"))
    assert found is not None
    assert list(found["activities"]) == ["wash-hair"]


MOVED = course(FIRST, scheduled(2, "2026-03-10 12:00"))
SECOND_GONE = course(FIRST, replace(BOOKED.sessions[1], status=SessionStatus.CANCELLED))
# the course as it is now, now, whether session 2 is still booked for 10 March, 11:00
BOOKINGS = [
    (BOOKED, "2026-03-10 10:59:59", True),
    (BOOKED, "2026-03-10 11:00", False),
    (MOVED, "2026-03-10 10:59:59", False),
    (SECOND_GONE, "2026-03-10 10:59:59", False),
    (course(FIRST, SESSION_TWO), "2026-03-09 12:00", False),
    (course(FIRST, scheduled(3, "2026-03-10 11:00")), "2026-03-09 12:00", False),
    (course(FIRST), "2026-03-09 12:00", False),
]
REMINDERS = (NoticeKind.PREPARE, NoticeKind.TOMORROW, NoticeKind.TODAY)


@pytest.mark.parametrize("kind", REMINDERS)
@pytest.mark.parametrize(("of", "now", "is_true"), BOOKINGS)
def test_a_reminder_is_true_while_its_session_is_booked_for_then(
    kind: NoticeKind, of: Course, now: str, is_true: bool
) -> None:
    found = proved(claimed(kind, "2026-03-10 11:00", number=2), plan(of, now))
    assert (found is not None) is is_true


def test_a_reminder_is_told_as_things_are_now() -> None:
    now = plan(course(FIRST, BOOKED.sessions[1], extra={"wash-hair": 1}), "2026-03-09 18:00")
    stale = {"wash": "shampoo"}
    claim = claimed(NoticeKind.TOMORROW, "2026-03-10 11:00", stale, 2)
    assert proved(claim, now) == {"wash": "water"}
    claim = claimed(NoticeKind.PREPARE, "2026-03-10 11:00", {}, 2)
    assert proved(claim, now) == preparation(now, local("2026-03-10 11:00"))


UNSAID = course(FIRST, SESSION_TWO, THIRD)
# kind, instant, the course, whether it is true
ENDINGS = [
    (NoticeKind.HEALED, "2026-04-28 14:00", WHOLE, True),
    (NoticeKind.HEALED, "2026-04-28 14:01", WHOLE, False),
    (NoticeKind.HEALED, "2026-04-28 14:00", UNSAID, False),
    (NoticeKind.FOLLOW_UP, "2027-04-07 14:00", WHOLE, True),
    (NoticeKind.FOLLOW_UP, "2031-04-07 14:00", WHOLE, True),
    (NoticeKind.FOLLOW_UP, "2032-04-07 14:00", WHOLE, False),
    (NoticeKind.FOLLOW_UP, "2027-04-07 14:00", UNSAID, False),
    (NoticeKind.COURSE_OVERDUE, "2026-04-08 09:00", UNSAID, True),
    (NoticeKind.COURSE_OVERDUE, "2026-04-08 09:01", UNSAID, False),
    (NoticeKind.COURSE_OVERDUE, "2026-04-08 09:00", WHOLE, False),
]


@pytest.mark.parametrize(("kind", "at", "of", "is_true"), ENDINGS)
def test_an_end_is_true_while_staff_stand_by_it(
    kind: NoticeKind, at: str, of: Course, is_true: bool
) -> None:
    found = proved(claimed(kind, at), plan(of, "2026-04-28 14:00"))
    assert found == ({} if is_true else None)


def test_a_session_is_open_until_its_end_is_told() -> None:
    left_open = course(scheduled(1, "2026-03-02 13:00"))
    now = "2026-03-02 19:00"
    for notice in staff_notices_of(plan(left_open, now), is_closed=False):
        claim = Claim(notice.kind, notice.at, notice.session_number, {})
        assert proved(claim, plan(left_open, now)) == {}
        assert proved(claim._replace(session_number=2), plan(left_open, now)) is None
        assert proved(claim, plan(course(FIRST), now)) is None


def test_what_no_course_can_make_untrue_needs_no_proof() -> None:
    claim = claimed(NoticeKind.PHOTO, "2026-03-02 13:00", {"photo": 1})
    assert proved(claim, plan(course(), "2026-03-02 13:00")) == {"photo": 1}


# the course, now, from when time alone may make untrue what was planned then
SURE = [
    (course(), "2026-03-01 12:00", None),
    (ONE, "2026-03-02 16:30", None),
    (WHOLE, "2026-04-07 14:00", None),
    (BOOKED, "2026-03-02 16:30", "2026-03-10 11:00"),
    (BOOKED, "2026-03-10 10:59:59", "2026-03-10 11:00"),
    (BOOKED, "2026-03-10 11:00", None),
    (course(scheduled(1, "2026-03-10 11:00")), "2026-03-01 12:00", "2026-03-09 11:00"),
    (course(scheduled(1, "2026-03-10 11:00")), "2026-03-09 11:00", "2026-03-10 11:00"),
    (course(*BOOKED.sessions, scheduled(3, "2026-04-07 11:00")), "2026-03-04", "2026-03-10 11:00"),
]


@pytest.mark.parametrize(("of", "now", "expected"), SURE)
def test_from_when_time_alone_may_make_a_notice_untrue(
    of: Course, now: str, expected: str | None
) -> None:
    found = sure_until(plan(of, now))
    assert (clock(found) if found else None) == expected


def test_a_lift_that_a_preparation_takes_back_is_sure_only_until_then() -> None:
    lead = Timing(Anchor.BEFORE_SESSION, lead=Span(days=1))
    dancing = small_protocol(
        rule("A", Answer.NO, after_session(days=5)), rule("B", Answer.NO, lead)
    )

    def at(now: str) -> datetime | None:
        return sure_until(plan_for(dancing, BOOKED, local(now)))

    assert at("2026-03-03 12:00") == local("2026-03-09 11:00")
    [lift] = [
        notice
        for notice in notices_of(plan_for(dancing, BOOKED, local("2026-03-03 12:00")))
        if notice.at == local("2026-03-07 16:30")
    ]
    claim = Claim(lift.kind, lift.at, None, lift.content or {})
    assert proved(claim, plan_for(dancing, BOOKED, local("2026-03-09 10:59:59")))
    assert proved(claim, plan_for(dancing, BOOKED, local("2026-03-09 11:00"))) is None
