"""The phases of a course on both sides of every edge."""

import pytest

from tests.domain.scenes import FIRST, SECOND, WHOLE, course, local, plan, scheduled
from webapp.domain.course import Course
from webapp.domain.phases import PhaseAt
from webapp.domain.protocol import PhaseId

ONE_OF_THREE = course(FIRST)
BOOKED = course(FIRST, scheduled(2, "2026-03-30 11:00"))
TOUCH_UP = course(FIRST, planned=1, is_last=True)

# course, local time, (phase, session, day, end of the phase)
PHASES = [
    (course(), "2026-03-02 12:00", ("preparing", None, None, None)),
    (BOOKED, "2026-03-02 12:59:59", ("preparing", None, None, "2026-03-02 13:00")),
    (BOOKED, "2026-03-02 13:00", ("in-session", 1, None, "2026-03-02 16:30")),
    (BOOKED, "2026-03-02 16:29:59", ("in-session", 1, None, "2026-03-02 16:30")),
    (BOOKED, "2026-03-02 16:30", ("hands-off", 1, 0, "2026-03-03 16:30")),
    (BOOKED, "2026-03-03 16:29:59", ("hands-off", 1, 1, "2026-03-03 16:30")),
    (BOOKED, "2026-03-03 16:30", ("keep-dry", 1, 1, "2026-03-07 16:30")),
    (BOOKED, "2026-03-07 16:29:59", ("keep-dry", 1, 5, "2026-03-07 16:30")),
    (BOOKED, "2026-03-07 16:30", ("water-only", 1, 5, "2026-03-09 16:30")),
    (BOOKED, "2026-03-09 16:29:59", ("water-only", 1, 7, "2026-03-09 16:30")),
    (BOOKED, "2026-03-09 16:30", ("settling", 1, 7, "2026-03-30 11:00")),
    (ONE_OF_THREE, "2026-05-01 12:00", ("settling", 1, 60, None)),
    (TOUCH_UP, "2026-03-09 16:29:59", ("water-only", 1, 7, "2026-03-09 16:30")),
    (TOUCH_UP, "2026-03-09 16:30", ("final-healing", 1, 7, "2026-03-23 16:30")),
    (TOUCH_UP, "2026-03-23 16:29:59", ("final-healing", 1, 21, "2026-03-23 16:30")),
    (TOUCH_UP, "2026-03-23 16:30", ("healed", 1, 21, None)),
    (WHOLE, "2026-03-09 16:30", ("settling", 1, 7, "2026-03-10 11:00")),
    (BOOKED, "2026-03-30 10:59:59", ("settling", 1, 28, "2026-03-30 11:00")),
    (BOOKED, "2026-03-30 11:00", ("in-session", 2, None, None)),
    (BOOKED, "2026-03-30 16:59:59", ("in-session", 2, None, None)),
    (BOOKED, "2026-03-30 17:00", ("unconfirmed", 2, None, None)),
    (BOOKED, "2027-03-30 17:00", ("unconfirmed", 2, None, None)),
    (course(FIRST, SECOND), "2026-03-10 10:59:59", ("settling", 1, 8, "2026-03-10 11:00")),
]


@pytest.mark.parametrize(("of", "at", "told"), PHASES)
def test_the_phase_at_an_instant(
    of: Course, at: str, told: tuple[str, int | None, int | None, str | None]
) -> None:
    found = plan(of, at).phase_at(local(at))
    assert (found.id, found.session, found.day) == told[:3]
    assert found.ends_at == (local(told[3]) if told[3] else None)


STARTS = [
    ("2026-03-01 12:00", None),
    ("2026-03-02 14:00", "2026-03-02 13:00"),
    ("2026-03-02 17:00", "2026-03-02 16:30"),
    ("2026-03-05 12:00", "2026-03-03 16:30"),
    ("2026-03-08 12:00", "2026-03-07 16:30"),
    ("2026-03-12 12:00", "2026-03-09 16:30"),
    ("2026-03-31 12:00", "2026-03-30 17:00"),
]


@pytest.mark.parametrize(("at", "starts"), STARTS)
def test_a_phase_knows_when_it_began(at: str, starts: str | None) -> None:
    assert plan(BOOKED, at).phase_at(local(at)).starts_at == (local(starts) if starts else None)


def test_a_phase_ends_when_the_next_session_begins_early() -> None:
    close = course(FIRST, scheduled(2, "2026-03-05 10:00"))
    assert plan(close, "2026-03-04 12:00").phase_at(local("2026-03-04 12:00")) == PhaseAt(
        PhaseId.KEEP_DRY, 1, 2, local("2026-03-03 16:30"), local("2026-03-05 10:00")
    )


def test_a_session_assumed_for_a_later_day_ends_as_expected() -> None:
    ahead = plan(BOOKED, "2026-03-12 12:00")
    assert ahead.phase_at(local("2026-03-30 12:00")).ends_at == local("2026-03-30 17:00")
    assert ahead.phase_at(local("2026-03-30 17:00")).id == "hands-off"
