"""Questions as they come from outside, strictly read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.domain.scenes import SMP, local
from webapp.domain.errors import (
    AftercareError,
    InvalidCourseError,
    NaiveDatetimeError,
    NowAfterAtError,
    UnknownProtocolError,
    UnknownTimeZoneError,
)
from webapp.domain.question import Question, read_question

START, END = "2026-03-02T13:00:00+04:00", "2026-03-02T16:30:00+04:00"
FIRST = {"number": 1, "status": "performed", "starts_at": START, "ended_at": END}


def ask(session: dict[str, object] | None = None, **changes: object) -> Question:
    """Read a question about one session; keys starting with `course_` go into the course."""
    course: dict[str, Any] = {"sessions": [{**FIRST, **(session or {})}]}
    data: dict[str, Any] = {"timezone": "Asia/Dubai", "at": END, "course": course}
    for key, value in changes.items():
        place, name = (course, key[7:]) if key.startswith("course_") else (data, key)
        place[name] = value
    return read_question(data, {"smp": SMP})


def test_a_question_is_read_into_a_course() -> None:
    question = ask()
    assert question.protocol is SMP
    assert question.at == question.now == local("2026-03-02 16:30")
    assert question.course.live[0].ended_at == local("2026-03-02 16:30")
    assert (question.course.planned_sessions, question.course.is_last_confirmed) == (3, False)


@pytest.mark.parametrize(
    "key",
    ["protocol", "now", "extensions", "course_planned_sessions", "course_last_session_confirmed"],
)
def test_null_stands_for_a_key_left_out(key: str) -> None:
    assert ask(**{key: None}) == ask()


def test_unknown_keys_are_ignored() -> None:
    assert ask({"colour": "red"}, mood=1, course_mood=[]) == ask()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T16:30:00Z", datetime(2026, 3, 2, 16, 30, tzinfo=UTC)),
        ("2026-03-02t16:30:00z", datetime(2026, 3, 2, 16, 30, tzinfo=UTC)),
        ("2026-03-02T16:30:00.999999999Z", datetime(2026, 3, 2, 16, 30, tzinfo=UTC)),
        ("2026-03-02T16:30:00-00:00", datetime(2026, 3, 2, 16, 30, tzinfo=UTC)),
        ("2026-03-02T23:59:59+23:59", datetime(2026, 3, 2, 0, 0, 59, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_instants_are_rfc_3339(text: str, expected: datetime) -> None:
    assert ask(at=text, now=text).at == expected


UNREADABLE = [
    None, 5, True, "", "today", "2026-03-02", "2026-03-02T16:30Z", "2026-03-02 16:30:00Z",
    "2026-02-30T16:30:00Z", "2026-03-02T24:00:00Z", "2026-03-02T23:59:60Z", "2026-03-02T16:60:00Z",
    "2026-03-02T16:30:00+24:00", "2026-03-02T16:30:00+01:60", "2026-03-02T16:30:00+0400",
    "2026-03-02T16:30:00.Z", "2026-03-02T16:30:00Z\n", "٢٠٢٦-03-02T16:30:00Z", "2026-W10-1",
    "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
    "10000-01-01T00:00:00Z",
]  # fmt: skip


@pytest.mark.parametrize("text", UNREADABLE)
@pytest.mark.parametrize("place", ["at", "starts_at"])
def test_any_other_instant_is_refused(place: str, text: object) -> None:
    with pytest.raises(InvalidCourseError, match=place):
        ask(at=text) if place == "at" else ask({place: text})


INVALID: list[dict[str, object]] = [
    {"timezone": None}, {"timezone": 4}, {"now": 4}, {"now": "soon"},
    {"course": None}, {"course": []}, {"course_sessions": None}, {"course_sessions": {}},
    {"course_sessions": [None]}, {"course_planned_sessions": 0}, {"course_planned_sessions": 13},
    {"course_planned_sessions": True}, {"course_planned_sessions": 3.0},
    {"course_planned_sessions": "3"}, {"course_last_session_confirmed": 1},
    {"course_last_session_confirmed": "yes"}, {"extensions": []}, {"extensions": {"moon-walk": 1}},
    {"extensions": {"sauna": 0}}, {"extensions": {"sauna": 61}}, {"extensions": {"sauna": None}},
    {"extensions": {"sauna": True}}, {"extensions": {"sauna": 1.5}},
    {"session": {"number": None}}, {"session": {"number": 0}}, {"session": {"number": 100}},
    {"session": {"number": True}}, {"session": {"number": 1.0}}, {"session": {"number": "1"}},
    {"session": {"status": None}}, {"session": {"status": "done"}},
    {"session": {"status": ["missed"]}}, {"session": {"starts_at": None}},
    {"session": {"ended_at": 4}},
]  # fmt: skip


@pytest.mark.parametrize("changes", INVALID, ids=str)
def test_a_field_of_the_wrong_kind_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidCourseError) as error:
        ask(**changes)
    assert error.value.code == "invalid-course"


VALID: list[dict[str, object]] = [
    {"course_planned_sessions": 1}, {"course_planned_sessions": 12},
    {"course_last_session_confirmed": True}, {"extensions": {"sauna": 1}},
    {"extensions": {"sauna": 60}}, {"session": {"number": 99}}, {"session": {"ended_at": None}},
]  # fmt: skip


@pytest.mark.parametrize("changes", VALID, ids=str)
def test_a_field_at_its_limit_is_read(changes: dict[str, Any]) -> None:
    assert ask(**changes) != ask()


@pytest.mark.parametrize("status", ["cancelled", "missed"])
def test_of_a_session_that_did_not_take_place_only_the_status_is_read(status: str) -> None:
    assert ask({"status": status, "number": "?", "starts_at": 5}).course.sessions == ()


def test_a_session_to_come_has_no_end() -> None:
    treatment = ask({"status": "scheduled", "ended_at": None}).course.live[0]
    assert (treatment.status, treatment.ended_at) == ("scheduled", None)


NAIVE = "2026-03-02T16:30:00"


@pytest.mark.parametrize(
    "changes",
    [
        {"at": NAIVE},
        {"now": NAIVE},
        {"session": {"starts_at": NAIVE}},
        {"session": {"ended_at": NAIVE}},
    ],
    ids=str,
)
def test_an_instant_without_an_offset_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(NaiveDatetimeError):
        ask(**changes)


def test_the_present_is_not_after_the_instant() -> None:
    with pytest.raises(NowAfterAtError):
        ask(now="2026-03-02T16:30:01+04:00")
    assert ask(now=END).now == local("2026-03-02 16:30")


@pytest.mark.parametrize("name", ["other", "SMP", "", 5, [], {}])
def test_a_protocol_nobody_has_is_refused(name: object) -> None:
    with pytest.raises(UnknownProtocolError):
        ask(protocol=name)


FAULTS: list[tuple[type[AftercareError], dict[str, object]]] = [
    (UnknownProtocolError, {"protocol": "other"}),
    (UnknownTimeZoneError, {"timezone": "Mars/Olympus"}),
    (InvalidCourseError, {"course_planned_sessions": 0}),
    (NaiveDatetimeError, {"session": {"starts_at": NAIVE}}),
    (NowAfterAtError, {"now": "2027-01-01T00:00:00Z"}),
]


@pytest.mark.parametrize("first", range(len(FAULTS)))
def test_the_first_fault_is_the_one_that_is_named(first: int) -> None:
    changes: dict[str, Any] = {}
    for _, fault in FAULTS[first:]:
        changes |= fault
    with pytest.raises(FAULTS[first][0]):
        ask(**changes)
