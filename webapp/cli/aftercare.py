"""`flask --app wsgi aftercare …`: the aftercare engine as a machine sees it."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from math import inf
from typing import NamedTuple, NoReturn

import click

from webapp.domain.answers import AnswerAt
from webapp.domain.calendar import iso
from webapp.domain.errors import AftercareError, InvalidJsonError, InvalidQuestionError
from webapp.domain.phases import PhaseAt
from webapp.domain.plan import AftercarePlan, Healed, Lift, NextSession, plan_for
from webapp.domain.protocol import Source
from webapp.domain.question import DEFAULT_PROTOCOL, read_question
from webapp.protocols.loader import protocols
from webapp.services.asking import published_matcher


@click.group(name="aftercare")
def group() -> None:
    """Ask the aftercare engine."""


@group.command()
def evaluate() -> None:
    """Answer questions: JSON Lines in, one JSON object per line out, in order.

    A line that cannot be answered gives an error object in its place and, at the end, exit
    status 1. Needs no database.
    """
    _pour(replies(sys.stdin.buffer))


@group.command()
def ask() -> None:
    """Name the activities of "Can I …?": JSON Lines in, one JSON object per line out, in order.

    {"q": "can I swim?"} gives {"q": …, "activities": ["swimming"]}, the best first, none if
    unknown. A line that cannot be read gives an error object in its place and, at the end, exit
    status 1. Needs no database.
    """
    _pour(replies(sys.stdin.buffer, activities_asked_for))


class Reply(NamedTuple):
    """One line of output, and whether it is an answer rather than an error."""

    line: bytes
    is_answer: bool


def _pour(replies: Iterable[Reply]) -> None:
    is_faultless = True
    for reply in replies:
        sys.stdout.buffer.write(reply.line)
        sys.stdout.buffer.flush()
        is_faultless = is_faultless and reply.is_answer
    sys.exit(0 if is_faultless else 1)


def replies(
    lines: Iterable[bytes], reply_to: Callable[[bytes], Reply] | None = None
) -> Iterator[Reply]:
    """A reply to every line of JSON that is not white space, as soon as the line is there."""
    reply_to = reply_to or _evaluation
    for line in lines:
        if not line.isspace():
            yield reply_to(line)


def activities_asked_for(line: bytes) -> Reply:
    """The reply to one line of `ask`."""
    text: object = None
    try:
        text = _json_object(line).get("q")
        if not isinstance(text, str):
            text = None
            raise InvalidQuestionError("q must be a text.")
        found = published_matcher(protocols()[DEFAULT_PROTOCOL]).activities_in(text)
        return Reply(_json_line({"q": text, "activities": found}), True)
    except AftercareError as error:
        return Reply(_json_line({"q": text} | _fault(error)), False)


def _evaluation(line: bytes) -> Reply:
    question_id: object = None
    try:
        data = _json_object(line)
        question_id = data.get("id")
        return Reply(_answer(question_id, data), True)
    except AftercareError as error:
        return Reply(_json_line({"id": question_id} | _fault(error)), False)


def _fault(error: AftercareError) -> dict[str, object]:
    return {"error": error.code, "message": error.message}


def _json_object(line: bytes) -> dict[str, object]:
    try:
        data = _DECODER.decode(line.decode("utf-8"))
        if not isinstance(data, dict):
            raise InvalidJsonError("The line is JSON, but not an object.")
        if isinstance(data.get("id"), dict | list | float):
            _json_line({"id": data["id"]})  # What cannot be echoed is refused here.
    except (ValueError, RecursionError) as error:
        raise InvalidJsonError("The line is not JSON that can be read.") from error
    return data


def _integer(text: str) -> float:
    """A whole number; one of more digits than Python reads is infinite, so no field accepts it."""
    return int(text) if len(text) <= sys.int_info.default_max_str_digits else inf


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is Python, not JSON.")


_DECODER = json.JSONDecoder(parse_int=_integer, parse_constant=_refuse)
_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False, allow_nan=False)


def _json(data: object) -> str:
    return _ENCODER.encode(data)


def _json_line(data: dict[str, object]) -> bytes:
    return f"{_json(data)}\n".encode("ascii")


def _answer(question_id: object, data: dict[str, object]) -> bytes:
    question = read_question(data, protocols())
    plan = plan_for(question.protocol, question.course, question.now)
    at = question.at
    before = {
        "id": question_id,
        "at": _text(at),
        "unconfirmed_session": plan.unconfirmed_session,
        "assumed_sessions": plan.assumed_sessions(at),
        "phase": _phase(plan.phase_at(at)),
    }
    after = {
        "lifts": [_lift(lift) for lift in plan.lifts_after(at)],
        "next_session": _next_session(plan.next_session_at(at)),
        "healed": _healed(plan.healed_at(at)),
    }
    answers = _answers(plan, at)
    line = f'{_json(before)[:-1]},"answers":{answers},{_json(after)[1:]}\n'
    return line.encode("ascii")


def _phase(phase: PhaseAt) -> dict[str, object]:
    return {
        "id": phase.id,
        "session": phase.session,
        "day": phase.day,
        "ends_at": _text(phase.ends_at),
    }


def _answers(plan: AftercarePlan, at: datetime) -> str:
    """As JSON, put together from what each answer is told by: most of them are shared by several
    activities, and to encode each again would cost more than all the rest of the line."""
    told = {
        activity: words
        for answer, activities in plan.shared_answers_at(at)
        for words in (_told(answer),)
        for activity in activities
    }
    answers = ",".join([f'"{name}":{told[name]}' for name in plan.protocol.activities])
    return f"{{{answers}}}"


def _told(found: AnswerAt) -> str:
    """One answer as JSON; names, words and instants hold no sign that JSON would escape."""
    _, answer, until, estimate, is_open, session, rules, source = found
    return (
        f'{{"answer":"{answer.word}","until":{_quoted(_text(until))},'
        f'"estimate":{_quoted(_text(estimate))},"open":{_quoted(is_open)},'
        f"{_reasons(rules, session, source)}}}"
    )


@lru_cache(maxsize=1_024)
def _reasons(rules: tuple[str, ...], session: int | None, source: Source | None) -> str:
    return f'"session":{_json(session)},"rules":{_json(rules)},"source":{_json(source)}'


def _quoted(text: str | None) -> str:
    return "null" if text is None else '"' + text + '"'


def _lift(lift: Lift) -> dict[str, object]:
    activities = {name: answer.word for name, answer in lift.activities.items()}
    return {"at": _text(lift.at), "activities": activities}


def _next_session(following: NextSession | None) -> dict[str, object] | None:
    if following is None:
        return None
    return {
        "number": following.number,
        "starts_at": _text(following.starts_at),
        "wash": following.wash,
    }


def _healed(healed: Healed) -> dict[str, object]:
    return {
        "confirmed": healed.is_confirmed,
        "at": _text(healed.at),
        "estimate": _text(healed.estimate),
    }


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)
