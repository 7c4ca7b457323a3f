"""What a benchmark measured beside its limits: lines to print, and whether they all hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

Line = dict[str, Any]


def figure(
    name: str, value: float, unit: str, most: float | None = None, least: float | None = None
) -> Line:
    """A line for a figure, and whether it holds where something is the most or least it may be."""
    line: Line = {"name": name, "value": value, "unit": unit}
    if most is not None:
        line |= {"at most": most, "holds": value <= most}
    if least is not None:
        line |= {"at least": least, "holds": value >= least}
    return line


def print_all(lines: Iterable[Line]) -> int:
    """Print each as it comes; the exit status: 1 where one of them misses its limit."""
    missed = 0
    for line in lines:
        print(json.dumps(line, ensure_ascii=False), flush=True)
        missed += not line.get("holds", True)
    print(json.dumps(figure("limits missed", missed, "", 0)))
    return int(missed > 0)
