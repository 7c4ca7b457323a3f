"""What staff may do to a course, and what is refused with which reason."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain.course import Course, SessionStatus, check_course
from webapp.domain.course_edits import (
    CancelSession,
    ConfirmLast,
    CorrectSession,
    Edit,
    EndSession,
    Extend,
    MissSession,
    MoveSession,
    PlanSession,
    RecordSession,
    RemoveExtension,
    ReopenSession,
    SetPlannedSessions,
    WithdrawLast,
    apply_edit,
    needs_second_look,
)
from webapp.domain.edit_rules import EditRefused, Refusal, healed_at
from webapp.protocols.loader import protocols

SMP = protocols()["smp"]
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
EMPTY = Course(zone=ZoneInfo("Asia/Dubai"))


def at(**span: float) -> datetime:
    return NOW + timedelta(**span)


def made(*edits: Edit, now: datetime = NOW) -> Course:
    course = EMPTY
    for edit in edits:
        course = apply_edit(SMP, course, edit, now)
    return course


def refusal(course: Course, edit: Edit, now: datetime = NOW) -> tuple[Refusal, int | None]:
    with pytest.raises(EditRefused) as caught:
        apply_edit(SMP, course, edit, now)
    return caught.value.code, caught.value.number


PLANNED = made(PlanSession(at(hours=-3)))
ENDED = made(PlanSession(at(hours=-3)), EndSession(1, at()))
TWO_BOOKED = made(PlanSession(at(hours=-3)), PlanSession(at(days=7)))
SECOND_BOOKED = made(PlanSession(at(hours=-3)), EndSession(1, at()), PlanSession(at(days=7)))
BOTH_OPEN = made(PlanSession(at(hours=-20)), PlanSession(at(hours=-2)))
CONFIRMED = made(PlanSession(at(hours=-3)), EndSession(1, at(), is_last=True))


def test_a_planned_session_takes_the_next_number() -> None:
    assert [s.number for s in SECOND_BOOKED.live] == [1, 2]
    assert SECOND_BOOKED.live[1].status is SessionStatus.SCHEDULED


def test_a_session_planned_after_a_missed_one_takes_its_number() -> None:
    course = made(PlanSession(at(hours=-3)), MissSession(1), PlanSession(at(days=2)))
    assert [(s.number, s.status.value) for s in course.sessions] == [
        (1, "missed"),
        (1, "scheduled"),
    ]


def test_a_session_planned_between_two_takes_the_number_that_is_free() -> None:
    course = made(PlanSession(at(days=1)), PlanSession(at(days=8)), PlanSession(at(days=30)))
    course = apply_edit(SMP, course, CancelSession(2), NOW)
    course = apply_edit(SMP, course, PlanSession(at(days=9)), NOW)
    assert [s.number for s in course.live] == [1, 2, 3]


def test_ending_a_session_writes_its_end_and_the_corrected_start() -> None:
    course = apply_edit(SMP, PLANNED, EndSession(1, at(), at(hours=-2)), NOW)
    assert (course.live[0].starts_at, course.live[0].ended_at) == (at(hours=-2), at())
    assert course.live[0].status is SessionStatus.PERFORMED


def test_fractions_of_a_second_are_cut_and_instants_kept_in_utc() -> None:
    local = at(days=1).astimezone(ZoneInfo("Asia/Dubai")).replace(microsecond=999_999)
    starts_at = made(PlanSession(local)).live[0].starts_at
    assert starts_at == at(days=1)
    assert starts_at is not None
    assert starts_at.tzinfo is UTC


ENDS = [
    (at(), at(hours=-3), None),
    (at(seconds=1), at(hours=-3), Refusal.END_IN_FUTURE),
    (at(hours=-3, seconds=1), at(hours=-3), None),
    (at(hours=-3), at(hours=-3), Refusal.END_BEFORE_START),
    (at(), at(hours=-24), None),
    (at(), at(hours=-24, seconds=-1), Refusal.END_TOO_LATE),
]


@pytest.mark.parametrize(("ended_at", "starts_at", "expected"), ENDS)
def test_a_session_ends_after_its_start_within_a_day_and_not_in_the_future(
    ended_at: datetime, starts_at: datetime, expected: Refusal | None
) -> None:
    edit = EndSession(1, ended_at, starts_at)
    if expected is None:
        assert apply_edit(SMP, PLANNED, edit, NOW).live[0].ended_at == ended_at
    else:
        assert refusal(PLANNED, edit) == (expected, None)


@pytest.mark.parametrize(
    ("course", "hours", "asks"),
    [(PLANNED, -3.0, False), (PLANNED, -12.0, False), (PLANNED, -12.001, True)],
)
def test_an_end_more_than_twelve_hours_after_the_start_is_asked_again(
    course: Course, hours: float, asks: bool
) -> None:
    assert needs_second_look(EndSession(1, at(), at(hours=hours)), course) is asks


def test_the_planned_start_counts_for_the_second_look_and_other_edits_need_none() -> None:
    late = made(PlanSession(at(hours=-13)))
    assert needs_second_look(EndSession(1, at()), late)
    assert not needs_second_look(CancelSession(1), late)


REFUSED = [
    (BOTH_OPEN, EndSession(2, at()), Refusal.EARLIER_SESSION_OPEN, 1),
    (EMPTY, EndSession(1, at()), Refusal.UNKNOWN_SESSION, 1),
    (ENDED, EndSession(1, at()), Refusal.NOT_SCHEDULED, 1),
    (ENDED, MoveSession(1, at(days=1)), Refusal.NOT_SCHEDULED, 1),
    (ENDED, CancelSession(1), Refusal.NOT_SCHEDULED, 1),
    (TWO_BOOKED, MissSession(2), Refusal.NOT_BEGUN, 2),
    (TWO_BOOKED, EndSession(1, at(), is_last=True), Refusal.LATER_SESSION_BOOKED, 2),
    (SECOND_BOOKED, ConfirmLast(), Refusal.LATER_SESSION_BOOKED, 2),
    (PLANNED, ConfirmLast(), Refusal.NOTHING_PERFORMED, None),
    (ENDED, WithdrawLast(), Refusal.NOT_CONFIRMED, None),
    (TWO_BOOKED, MoveSession(2, at(hours=-4)), Refusal.SESSION_ORDER, 1),
    (TWO_BOOKED, MoveSession(1, at(days=7)), Refusal.SESSION_ORDER, 2),
    (SECOND_BOOKED, MoveSession(2, at(seconds=-1)), Refusal.SESSION_ORDER, 1),
    (TWO_BOOKED, PlanSession(at(days=3)), Refusal.SESSION_ORDER, 2),
    (ENDED, RecordSession(at(hours=-9), at(hours=-8)), Refusal.SESSION_ORDER, 1),
    (PLANNED, CorrectSession(1, at(hours=-2), at()), Refusal.NOT_PERFORMED, 1),
    (PLANNED, ReopenSession(1), Refusal.NOT_PERFORMED, 1),
    (EMPTY, PlanSession(at(hours=-24, seconds=-1)), Refusal.START_IN_PAST, None),
    (EMPTY, PlanSession(at(days=1_099)), Refusal.START_ABSURD, None),
    (EMPTY, RecordSession(at(days=-1_099), at(days=-1_098.9)), Refusal.START_ABSURD, None),
    (EMPTY, PlanSession(NOW.replace(tzinfo=None)), Refusal.NO_TIME_ZONE, None),
    (PLANNED, EndSession(1, NOW.replace(tzinfo=None)), Refusal.NO_TIME_ZONE, None),
    (EMPTY, PlanSession(datetime.max.replace(tzinfo=UTC)), Refusal.START_ABSURD, None),
    (EMPTY, PlanSession(datetime.min.replace(tzinfo=UTC)), Refusal.START_ABSURD, None),
    (EMPTY, SetPlannedSessions(0), Refusal.PLANNED_RANGE, None),
    (EMPTY, SetPlannedSessions(13), Refusal.PLANNED_RANGE, None),
    (EMPTY, Extend("wash-hair", 0), Refusal.EXTENSION_RANGE, None),
    (EMPTY, Extend("wash-hair", 61), Refusal.EXTENSION_RANGE, None),
    (EMPTY, Extend("juggling", 2), Refusal.UNKNOWN_ACTIVITY, None),
    (EMPTY, Extend("shave", 2), Refusal.NOTHING_TO_EXTEND, None),
    (EMPTY, RemoveExtension("wash-hair"), Refusal.NO_EXTENSION, None),
]


@pytest.mark.parametrize(("course", "edit", "code", "number"), REFUSED)
def test_what_cannot_be_true_is_refused_with_its_reason(
    course: Course, edit: Edit, code: Refusal, number: int | None
) -> None:
    assert refusal(course, edit) == (code, number)


def test_somebody_who_walked_in_is_planned_although_the_work_has_begun() -> None:
    assert made(PlanSession(at(hours=-24))).live[0].starts_at == at(hours=-24)


def test_a_session_may_begin_at_the_instant_the_earlier_one_ended() -> None:
    assert apply_edit(SMP, ENDED, PlanSession(at()), NOW).live[1].starts_at == at()


def test_a_session_is_missed_from_the_instant_it_should_have_begun() -> None:
    course = made(PlanSession(at()), MissSession(1))
    assert course.sessions[0].status is SessionStatus.MISSED


def test_a_hundredth_session_is_refused() -> None:
    course = EMPTY
    for number in range(1, 100):
        course = apply_edit(SMP, course, PlanSession(at(days=number)), NOW)
    assert course.live[-1].number == 99
    assert refusal(course, PlanSession(at(days=200)))[0] is Refusal.TOO_MANY_SESSIONS


def test_correcting_a_session_must_leave_the_next_one_after_it() -> None:
    now = at(days=8)
    course = apply_edit(SMP, SECOND_BOOKED, EndSession(2, at(days=7, hours=3)), now)
    fixed = apply_edit(SMP, course, CorrectSession(1, at(hours=-4), at(hours=-1)), now)
    assert fixed.live[0].ended_at == at(hours=-1)
    late = CorrectSession(1, at(days=6, hours=12), at(days=7, seconds=1))
    assert refusal(course, late, now) == (Refusal.SESSION_ORDER, 2)


def test_a_session_ended_by_mistake_is_booked_again_and_no_longer_the_last() -> None:
    course = apply_edit(SMP, CONFIRMED, ReopenSession(1), NOW)
    assert course.live[0].ended_at is None
    assert not course.is_last_confirmed


def test_a_session_followed_by_a_performed_one_is_not_reopened() -> None:
    now = at(days=8)
    course = apply_edit(SMP, SECOND_BOOKED, EndSession(2, at(days=7, hours=3)), now)
    assert refusal(course, ReopenSession(1), now) == (Refusal.SESSION_ORDER, 2)


def test_a_further_session_withdraws_the_confirmation_until_the_client_is_healed() -> None:
    healed = at(days=21)
    assert healed_at(CONFIRMED) == healed
    before = healed - timedelta(seconds=1)
    further = PlanSession(at(days=30))
    assert not apply_edit(SMP, CONFIRMED, further, before).is_last_confirmed
    assert refusal(CONFIRMED, further, healed) == (Refusal.COURSE_HEALED, None)


@pytest.mark.parametrize("edit", [WithdrawLast(), ReopenSession(1)])
def test_what_would_open_a_healed_course_again_is_refused(edit: Edit) -> None:
    assert not apply_edit(SMP, CONFIRMED, edit, at(days=20)).is_last_confirmed
    assert refusal(CONFIRMED, edit, at(days=21)) == (Refusal.COURSE_HEALED, None)


def test_an_extension_is_set_changed_and_removed() -> None:
    course = made(Extend("wash-hair", 3), Extend("sauna", 60), Extend("wash-hair", 1))
    assert course.extensions == {"wash-hair": 1, "sauna": 60}
    assert apply_edit(SMP, course, RemoveExtension("sauna"), NOW).extensions == {"wash-hair": 1}


def test_the_number_of_planned_sessions_is_set() -> None:
    assert made(SetPlannedSessions(1)).planned_sessions == 1
    assert made(SetPlannedSessions(12)).planned_sessions == 12


def test_a_course_that_was_stored_wrongly_is_refused_and_not_made_worse() -> None:
    twice = Course(EMPTY.zone, (*ENDED.sessions, *ENDED.sessions))
    assert refusal(twice, SetPlannedSessions(4)) == (Refusal.SESSION_ORDER, None)


minutes = st.integers(-6_000, 6_000).map(lambda m: NOW + timedelta(minutes=m))
numbers = st.integers(0, 4)
edits = st.one_of(
    st.builds(PlanSession, minutes),
    st.builds(RecordSession, minutes, minutes),
    st.builds(MoveSession, numbers, minutes),
    st.builds(CancelSession, numbers),
    st.builds(MissSession, numbers),
    st.builds(EndSession, numbers, minutes, st.none() | minutes, st.booleans()),
    st.builds(CorrectSession, numbers, minutes, minutes),
    st.builds(ReopenSession, numbers),
    st.builds(ConfirmLast),
    st.builds(WithdrawLast),
    st.builds(SetPlannedSessions, st.integers(-1, 14)),
    st.builds(Extend, st.sampled_from(["wash-hair", "shave", "sauna"]), st.integers(-1, 70)),
)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(st.tuples(edits, minutes), max_size=12))
def test_any_series_of_edits_leaves_a_course_that_can_be_true(
    series: list[tuple[Edit, datetime]],
) -> None:
    course = EMPTY
    for edit, now in series:
        with suppress(EditRefused):
            course = apply_edit(SMP, course, edit, now)
        check_course(course)
        assert all(1 <= s.number <= 99 for s in course.sessions)
        assert 1 <= course.planned_sessions <= 12
