"""The machine's door to the engine: JSON Lines in, JSON Lines out, whatever comes in."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from webapp.cli.aftercare import group, replies

QUESTION = (
    b'{"id": "a", "timezone": "Asia/Dubai", "at": "2026-03-06T17:00:00+04:00", "course":'
    b' {"sessions": [{"number": 1, "status": "performed",'
    b' "starts_at": "2026-03-02T13:00:00+04:00", "ended_at": "2026-03-02T16:30:00+04:00"}]}}'
)


def evaluate(lines: bytes) -> Result:
    return CliRunner().invoke(group, ["evaluate"], input=lines)


def reply_to(line: bytes) -> dict[str, Any]:
    (reply,) = replies([line])
    assert reply.line.endswith(b"\n")
    found: dict[str, Any] = json.loads(reply.line)
    return found


def test_a_good_question_gets_an_answer_and_status_0() -> None:
    result = evaluate(QUESTION)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["answers"]["wash-hair"]["answer"] == "no"


def test_one_bad_line_stops_no_other_and_gives_status_1() -> None:
    result = evaluate(b"\n".join([b"{", b" \t\r", QUESTION, b"", b"{}"]))
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [line.get("error") for line in found] == ["invalid-json", None, "invalid-course"]


def test_no_questions_get_no_answers() -> None:
    result = evaluate(b"\n   \n")
    assert (result.exit_code, result.stdout) == (0, "")


def test_an_answer_comes_before_the_next_question_is_asked() -> None:
    asked = []

    def questions() -> Iterator[bytes]:
        for number in range(3):
            asked.append(number)
            yield QUESTION

    next(replies(questions()))
    assert asked == [0]


NO_JSON_OBJECTS = {
    "half": b'{"id": 1',
    "two": b"{} {}",
    "list": b"[]",
    "text": b'"a"',
    "number": b"5",
    "null": b"null",
    "not a number": b'{"id": 1, "x": NaN}',
    "without end": b'{"id": 1, "x": -Infinity}',
    "too large to be echoed": b'{"id": [-1e400]}',
    "too long to be echoed": b'{"id": ' + b"9" * 5_000 + b"}",
    "nested too deep": b'{"id": 1, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "not UTF-8": b'{"id": "\xff"}',
    "byte order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("line", NO_JSON_OBJECTS.values(), ids=NO_JSON_OBJECTS)
def test_what_is_no_json_object_is_refused(line: bytes) -> None:
    found = reply_to(line)
    assert (found["id"], found["error"]) == (None, "invalid-json")
    assert found["message"]


@pytest.mark.parametrize(
    "question_id",
    [0, -1.5, True, None, "ü", "\ud800", "\u2028", [], {"a": [None]}, 10**300, "x" * 100_000],
    ids=lambda value: ascii(value)[:20],
)
def test_an_id_of_any_kind_comes_back(question_id: object) -> None:
    error = reply_to(json.dumps({"id": question_id}).encode())
    assert (error["id"], error["error"]) == (question_id, "invalid-course")
    question = json.loads(QUESTION) | {"id": question_id}
    assert reply_to(json.dumps(question).encode())["id"] == question_id


def test_an_id_nested_as_deep_as_can_be_read_never_breaks_off() -> None:
    codes = set()
    for depth in range(800, 1_100, 3):
        codes.add(reply_to(b'{"id": ' + b"[" * depth + b"]" * depth + b"}")["error"])
    assert codes == {"invalid-course", "invalid-json"}


def test_a_left_out_id_is_null() -> None:
    assert reply_to(b"{}")["id"] is None


CODES = [
    ("unknown-protocol", {"protocol": "other"}),
    ("unknown-timezone", {"timezone": "../etc/passwd"}),
    ("invalid-course", {"extensions": {"moon-walk": 1}}),
    ("invalid-course", {"extensions": {"sauna": 10**400}}),
    ("invalid-course", {"course": {"sessions": [], "planned_sessions": 10**400}}),
    ("naive-datetime", {"at": "2026-03-06T17:00:00"}),
    ("now-after-at", {"now": "2026-03-06T17:00:01+04:00"}),
    ("last-session-not-performed", {"course": {"sessions": [], "last_session_confirmed": True}}),
]


@pytest.mark.parametrize(("code", "changes"), CODES, ids=str)
def test_each_fault_has_its_code(code: str, changes: dict[str, object]) -> None:
    found = reply_to(json.dumps(json.loads(QUESTION) | changes).encode())
    assert (found["id"], found["error"]) == ("a", code)
    assert set(found) == {"id", "error", "message"}


def test_a_past_question_is_refused_before_the_sessions_are_judged() -> None:
    question = json.loads(QUESTION) | {"now": "2027-01-01T00:00:00Z"}
    question["course"]["sessions"] *= 2
    assert reply_to(json.dumps(question).encode())["error"] == "now-after-at"
    del question["now"]
    assert reply_to(json.dumps(question).encode())["error"] == "session-order"


NOTHING_YET: dict[str, object] = {"sessions": []}
HUGE = [b"1e400", b"-1e400", b"9" * 5_000, b"-" + b"9" * 5_000]


@pytest.mark.parametrize("number", HUGE, ids=["large", "small", "long", "long and small"])
def test_a_huge_number_is_as_wrong_as_any_other(number: bytes) -> None:
    assert "answers" in reply_to(QUESTION.replace(b'"course"', b'"x": ' + number + b', "course"'))
    found = reply_to(QUESTION.replace(b'"number": 1', b'"number": ' + number))
    assert (found["id"], found["error"]) == ("a", "invalid-course")


@pytest.mark.parametrize(
    ("year", "outcome"),
    [("0001", "answer"), ("9990", "answer"), ("9998", "answer"), ("9999", "invalid-course")],
)
def test_a_course_is_answered_up_to_the_rim_of_the_calendar(year: str, outcome: str) -> None:
    line = QUESTION.replace(b"2026-03", f"{year}-12".encode())
    assert reply_to(line).get("error", "answer") == outcome


@pytest.mark.parametrize(
    ("at", "now", "outcome"),
    [
        ("9999-12-31T23:59:59Z", None, "answer"),
        ("0001-01-01T00:00:00Z", None, "answer"),
        ("9999-12-31T23:59:59-00:01", None, "invalid-course"),
        ("0001-01-01T00:00:00+00:01", None, "invalid-course"),
        ("2027-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "now-after-at"),
    ],
)
def test_an_instant_at_the_rim_is_read(at: str, now: str | None, outcome: str) -> None:
    question = {"timezone": "Asia/Dubai", "at": at, "now": now, "course": NOTHING_YET}
    assert reply_to(json.dumps(question).encode()).get("error", "answer") == outcome


def test_the_answer_has_the_agreed_keys() -> None:
    found = reply_to(QUESTION)
    assert list(found) == [
        "id", "at", "unconfirmed_session", "assumed_sessions", "phase", "answers", "lifts",
        "next_session", "healed",
    ]  # fmt: skip
    assert found["phase"] == {
        "id": "keep-dry", "session": 1, "day": 4, "ends_at": "2026-03-07T12:30:00Z",
    }  # fmt: skip


def test_lines_end_only_at_a_line_feed() -> None:
    odd = "\u2028\u0085\u000b".encode()
    stream = io.BytesIO(QUESTION.replace(b'"a"', b'"' + odd[:5] + b'"') + b"\r\n" + QUESTION)
    assert [reply.is_answer for reply in replies(stream)] == [True, True]
