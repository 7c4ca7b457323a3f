"""A benchmark fails where one of its limits is missed, and says so of each figure."""

from __future__ import annotations

import json

import pytest

from benchmarks._limits import Line, figure, print_all

WITHIN = [figure("worker", 4_000, "bytes", 4_000), figure("rate", 2_000, "phrases/s", least=2_000)]
BEYOND = [figure("worker", 4_001, "bytes", 4_000), figure("rate", 1_999, "phrases/s", least=2_000)]


def test_a_figure_without_a_limit_holds_nothing_against_itself() -> None:
    assert figure("worker", 3_506, "bytes") == {"name": "worker", "value": 3_506, "unit": "bytes"}


def test_figures_at_their_limits_hold_and_the_benchmark_succeeds() -> None:
    assert [line["holds"] for line in WITHIN] == [True, True]
    assert print_all([*WITHIN, figure("start", 1.5, "s")]) == 0


@pytest.mark.parametrize("beyond", BEYOND, ids=lambda line: line["name"])
def test_one_figure_beyond_its_limit_fails_the_benchmark(
    beyond: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    assert print_all([*WITHIN, beyond]) == 1
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert said[-2:] == [beyond, figure("limits missed", 1, "", 0)]
    assert beyond["holds"] is False
