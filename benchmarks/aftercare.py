"""`./dev bench aftercare`: how many questions a second the engine's command answers on one core.

Every example of the tests is asked many times in one process; starting it is measured apart and
taken off. What counts is processor time, so that others on the machine do not. Prints JSON lines.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "tests" / "data" / "aftercare-examples.jsonl"
REPEATS = 150
RUNS = 3
COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi", "aftercare", "evaluate"]


def main() -> None:
    inputs = [json.dumps(json.loads(line)["input"]) for line in EXAMPLES.open(encoding="utf-8")]
    questions = "\n".join(inputs * REPEATS) + "\n"
    start = statistics.median(_seconds("") for _ in range(RUNS))
    spans = [_seconds(questions) - start for _ in range(RUNS)]
    asked = len(inputs) * REPEATS
    rates = sorted(asked / span for span in spans)
    print(json.dumps({"name": "start", "value": round(start, 2), "unit": "s"}))
    for name, rate in (("slowest", rates[0]), ("median", statistics.median(rates))):
        print(json.dumps({"name": f"lines-{name}", "value": round(rate), "unit": "lines/s"}))


def _seconds(questions: str) -> float:
    began = _spent()
    subprocess.run(
        COMMAND, input=questions.encode(), stdout=subprocess.DEVNULL, cwd=ROOT, check=False
    )
    return _spent() - began


def _spent() -> float:
    """Processor seconds of all commands so far, in the program and in the system."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main()
