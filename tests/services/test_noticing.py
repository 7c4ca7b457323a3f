"""Which notices each kind of change gives cause for, and which it takes away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import pytest

from tests.services.noticed import Line, lines, stored, tell_due
from tests.services.scene import Scene, dubai
from webapp.domain import course_edits
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
)
from webapp.persistence.course_changes import UNDO_SPAN
from webapp.services import course_extras
from webapp.services.course_extras import (
    CloseCourse,
    FileEdit,
    MoveVisit,
    PlanVisit,
    ReopenCourse,
    SettleVisit,
)
from webapp.services.noticing import SETTLING_SPAN, UNDO_GRACE_SPAN

Situation = Callable[[Scene], int]


def unbooked(scene: Scene) -> int:
    return scene.begin()


def stopped(scene: Scene) -> int:
    course_id = one_session(scene)
    scene.clock.at = dubai(3, 3)
    scene.change(course_id, CloseCourse("Meant another one."))
    return course_id


def one_session(scene: Scene) -> int:
    """Session 1 ended on Monday, 2 March at 16:30; its beginning of aftercare was told."""
    course_id = scene.begin()
    scene.change(course_id, PlanSession(dubai(3, 2, 13)))
    scene.clock.at = dubai(3, 2, 16, 30)
    scene.change(course_id, EndSession(1, scene.clock.at))
    return course_id


def booked(scene: Scene) -> int:
    """And session 2 is booked for Tuesday, 10 March at 11:00."""
    course_id = one_session(scene)
    scene.change(course_id, PlanSession(dubai(3, 10, 11)))
    return course_id


def extended(scene: Scene) -> int:
    course_id = booked(scene)
    scene.change(course_id, Extend("wash-hair", 2, "Sensitive skin."))
    return course_id


def confirmed(scene: Scene) -> int:
    course_id = one_session(scene)
    scene.change(course_id, ConfirmLast())
    return course_id


def visited(scene: Scene) -> int:
    course_id = booked(scene)
    scene.change(course_id, PlanVisit("follow-up", dubai(3, 4)))
    return course_id


def open_lines(number: int, first: str, again: str) -> list[Line]:
    return [("session-open", number, first), ("session-open", number, again)]


REMINDED_TWO: list[Line] = [
    ("prepare", 2, "03-08 18:00"),
    ("session-tomorrow", 2, "03-09 18:00"),
    ("session-today", 2, "03-10 08:00"),
    *open_lines(2, "03-10 17:00", "03-11 09:00"),
]
MOVED_TWO: list[Line] = [
    ("prepare", 2, "03-09 18:00"),
    ("session-tomorrow", 2, "03-10 18:00"),
    ("session-today", 2, "03-11 08:00"),
    *open_lines(2, "03-11 17:00", "03-12 09:00"),
]
REMINDED_THREE: list[Line] = [
    ("prepare", 3, "04-05 18:00"),
    ("session-tomorrow", 3, "04-06 18:00"),
    ("session-today", 3, "04-07 08:00"),
    *open_lines(3, "04-07 17:00", "04-08 09:00"),
]
FOLLOW_UPS: list[Line] = [
    ("follow-up-due", None, f"{year}-03-02 10:00") for year in range(2027, 2032)
]
ENDED_TWO: list[Line] = [
    ("aftercare-begins", 2, "03-10 14:00:13"),
    ("lift", None, "03-11 14:00"),
    ("lift", None, "03-15 14:00"),
    ("lift", None, "03-17 14:00"),
    ("course-overdue", None, "04-14 09:00"),
]
HEALED: list[Line] = [("healed", None, "03-23 16:30"), ("lift", None, "03-23 16:30"), *FOLLOW_UPS]
OVERDUE: list[Line] = [("course-overdue", None, "03-16 09:00")]


def lifts(*due: str) -> list[Line]:
    return [("lift", None, at) for at in due]


class Case(NamedTuple):
    """A situation, an edit and its instant; the notices that appear and those superseded."""

    situation: Situation
    at: datetime
    edit: Edit | FileEdit
    appear: list[Line]
    gone: list[Line]


CASES = [
    Case(booked, dubai(3, 3), PlanSession(dubai(4, 7, 11)), REMINDED_THREE, []),
    Case(one_session, dubai(3, 3), PlanSession(dubai(3, 10, 11)), REMINDED_TWO, OVERDUE),
    Case(booked, dubai(3, 3), MoveSession(2, dubai(3, 11, 11)), MOVED_TWO, REMINDED_TWO),
    Case(booked, dubai(3, 3), CancelSession(2), OVERDUE, REMINDED_TWO),
    Case(booked, dubai(3, 10), MissSession(2), OVERDUE, REMINDED_TWO[3:]),
    Case(booked, dubai(3, 10, 14), EndSession(2, dubai(3, 10, 14)), ENDED_TWO, REMINDED_TWO[3:]),
    Case(
        one_session,
        dubai(3, 3),
        CorrectSession(1, dubai(3, 2, 13), dubai(3, 2, 15, 30)),
        lifts("03-03 15:30", "03-07 15:30", "03-09 15:30"),
        lifts("03-03 16:30", "03-07 16:30", "03-09 16:30"),
    ),
    Case(
        one_session,
        dubai(3, 3, 17),
        CorrectSession(1, dubai(3, 2, 13), dubai(3, 2, 18, 30)),
        [
            ("stricter", None, "03-03 17:00:13"),
            *lifts("03-03 18:30", "03-07 18:30", "03-09 18:30"),
        ],
        lifts("03-07 16:30", "03-09 16:30"),
    ),
    Case(
        one_session,
        dubai(3, 3, 17),
        ReopenSession(1),
        [
            *open_lines(1, "03-03 17:00:13", "03-03 17:00:13"),
            ("stricter", 1, "03-03 17:00:13"),
        ],
        [*lifts("03-07 16:30", "03-09 16:30"), *OVERDUE],
    ),
    Case(one_session, dubai(3, 3), ConfirmLast(), HEALED, OVERDUE),
    Case(confirmed, dubai(3, 3), WithdrawLast(), OVERDUE, HEALED),
    Case(
        one_session,
        dubai(3, 3),
        SetPlannedSessions(1),
        [("course-overdue", None, "03-03 12:00:13")],
        OVERDUE,
    ),
    Case(booked, dubai(3, 3), Extend("wash-hair", 2, "Sensitive."), [], lifts("03-07 16:30")),
    Case(
        booked,
        dubai(3, 8),
        Extend("wash-hair", 2, "Sensitive."),
        [("stricter", None, "03-08 12:00:13")],
        [],
    ),
    Case(extended, dubai(3, 3), RemoveExtension("wash-hair", "Better."), lifts("03-07 16:30"), []),
    Case(
        unbooked,
        dubai(3, 3),
        RecordSession(dubai(3, 3, 8), dubai(3, 3, 11)),
        [
            ("aftercare-begins", 1, "03-03 12:00:13"),
            *lifts("03-04 11:00", "03-08 11:00", "03-10 11:00"),
            ("course-overdue", None, "03-17 09:00"),
        ],
        [],
    ),
    Case(booked, dubai(3, 3), PlanVisit("follow-up", dubai(3, 4)), [], []),
    Case(visited, dubai(3, 3), MoveVisit(1, dubai(3, 5)), [], []),
    Case(visited, dubai(3, 3), SettleVisit(1, "cancelled"), [], []),
    Case(booked, dubai(3, 3), CloseCourse("Moved away."), [], REMINDED_TWO),
    Case(one_session, dubai(3, 3), CloseCourse("Moved away."), [], OVERDUE),
    Case(stopped, dubai(3, 3, 13), ReopenCourse("Meant another one."), OVERDUE, []),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.edit.kind)
def test_what_a_change_gives_cause_for_and_what_it_takes_away(scene: Scene, case: Case) -> None:
    course_id = case.situation(scene)
    scene.clock.at = case.at
    tell_due(scene)
    before = lines(course_id)
    scene.change(course_id, case.edit)
    after = lines(course_id)
    assert [line for line in after if line not in before] == case.appear
    assert [line for line in before if line not in after] == case.gone
    assert set(case.gone) <= set(lines(course_id, state="superseded"))


def test_every_kind_of_change_is_looked_at() -> None:
    edits = [*vars(course_edits).values(), *vars(course_extras).values()]
    kinds = [getattr(edit, "kind", None) for edit in edits if isinstance(edit, type)]
    assert {k for k in kinds if isinstance(k, str)} == {case.edit.kind for case in CASES}


def test_a_new_course_without_sessions_tells_nothing(scene: Scene) -> None:
    assert stored(scene.begin()) == []


def test_what_a_change_causes_falls_due_when_its_undo_has_passed() -> None:
    assert SETTLING_SPAN > UNDO_SPAN + UNDO_GRACE_SPAN
    assert SETTLING_SPAN.total_seconds() == 13
