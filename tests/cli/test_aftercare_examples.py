"""Every agreed example is answered exactly; messages are free."""

import json
from pathlib import Path
from typing import Any

import pytest

from webapp.cli.aftercare import replies

EXAMPLES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "aftercare-examples.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["input"]["id"])
def test_an_example_is_answered_exactly(example: dict[str, Any]) -> None:
    (reply,) = replies([json.dumps(example["input"]).encode()])
    found = json.loads(reply.line)
    assert reply.is_answer == ("message" not in found)
    found.pop("message", None)
    assert found == example["output"]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 69
