"""The machine's door to "Can I …?": JSON Lines in, JSON Lines out, whatever comes in."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from webapp.cli.aftercare import activities_asked_for, group, replies


def ask(lines: bytes) -> Result:
    return CliRunner().invoke(group, ["ask"], input=lines)


def reply_to(line: bytes) -> dict[str, Any]:
    (reply,) = replies([line], activities_asked_for)
    assert reply.line.endswith(b"\n")
    found: dict[str, Any] = json.loads(reply.line)
    return found


def test_a_question_gets_its_activities_and_status_0() -> None:
    result = ask(b'{"q": "can I swim?"}\n{"q": "gym"}\n')
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"q": "can I swim?", "activities": ["swimming"]},
        {"q": "gym", "activities": ["light-workout", "intense-workout"]},
    ]
    assert result.exit_code == 0


def test_an_unknown_question_gets_none_and_status_0() -> None:
    result = ask(b'{"q": "can I wash my car?"}')
    assert (json.loads(result.stdout)["activities"], result.exit_code) == ([], 0)


def test_one_bad_line_stops_no_other_and_gives_status_1() -> None:
    result = ask(b'{\n \t\r\n{"q": "sauna"}\n\n{"q": 5}')
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line.get("error") for line in found] == ["invalid-json", None, "invalid-question"]
    assert (found[1]["activities"], result.exit_code) == (["sauna"], 1)


def test_an_answer_comes_before_the_next_question_is_asked() -> None:
    asked = []

    def questions() -> Iterator[bytes]:
        for number in range(3):
            asked.append(number)
            yield b'{"q": "sauna"}'

    next(replies(questions(), activities_asked_for))
    assert asked == [0]


@pytest.mark.parametrize("line", [b"half", b"[]", b'"sauna"', b"null", b'{"q": "\xff"}', b"{} {}"])
def test_what_is_no_json_object_is_refused(line: bytes) -> None:
    found = reply_to(line)
    assert (found["q"], found["error"]) == (None, "invalid-json")
    assert found["message"]


@pytest.mark.parametrize("value", ["5", "null", "true", '["sauna"]', '{"q": "sauna"}', "1e999"])
def test_a_question_that_is_no_text_is_refused(value: str) -> None:
    found = reply_to(f'{{"q": {value}}}'.encode())
    assert (found["q"], found["error"]) == (None, "invalid-question")


def test_a_question_left_out_is_refused() -> None:
    assert reply_to(b'{"question": "sauna"}')["error"] == "invalid-question"


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\u2028", "\x00", "?" * 10_000])
def test_any_text_comes_back_as_it_was(text: str) -> None:
    found = reply_to(json.dumps({"q": text}).encode())
    assert found == {"q": text, "activities": []}
