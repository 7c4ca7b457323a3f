"""`./dev bench ask`: how many phrases a second the matcher names the activities of, on one core.

Every labelled phrase is asked several times over. Seconds are the processor's, so that other work
on the machine does not count; starting the command is measured apart and taken off. Prints JSON
lines, and exits with 1 where the median of the runs misses its limit.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks._limits import Line, figure, print_all

ROOT = Path(__file__).parents[1]
PHRASES = ROOT / "tests" / "data" / "ask-phrases.jsonl"
REPEATS = 12
RUNS = 3
LEAST = 2_000
COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi", "aftercare", "ask"]


def main() -> int:
    return print_all(_lines())


def _lines() -> Iterator[Line]:
    texts = [json.loads(line)["q"] for line in PHRASES.open(encoding="utf-8")]
    start = statistics.median(_seconds(texts[:1]) for _ in range(RUNS))
    asked = texts * REPEATS
    rates = sorted(len(asked) / (_seconds(asked) - start) for _ in range(RUNS))
    yield figure("start", round(start, 2), "s")
    yield figure("phrases-slowest", round(rates[0]), "phrases/s")
    median = round(statistics.median(rates))
    yield figure("phrases-median", median, "phrases/s", least=LEAST)


def _seconds(texts: list[str]) -> float:
    lines = "".join(json.dumps({"q": text}) + "\n" for text in texts)
    before = _spent()
    # A command that fails at once would be the fastest of all.
    subprocess.run(COMMAND, input=lines.encode(), stdout=subprocess.DEVNULL, cwd=ROOT, check=True)
    return _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
