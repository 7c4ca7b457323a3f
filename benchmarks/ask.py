"""`./dev bench ask`: how many phrases a second the matcher names the activities of, on one core.

Every labelled phrase is asked several times over. Seconds are the processor's, so that other work
on the machine does not count; starting the command is measured apart and taken off. Prints JSON
lines.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PHRASES = ROOT / "tests" / "data" / "ask-phrases.jsonl"
REPEATS = 12
RUNS = 3
COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi", "aftercare", "ask"]


def main() -> None:
    texts = [json.loads(line)["q"] for line in PHRASES.open(encoding="utf-8")]
    start = statistics.median(_seconds(texts[:1]) for _ in range(RUNS))
    asked = texts * REPEATS
    rates = sorted(len(asked) / (_seconds(asked) - start) for _ in range(RUNS))
    print(json.dumps({"name": "start", "value": round(start, 2), "unit": "s"}))
    for name, rate in (("slowest", rates[0]), ("median", statistics.median(rates))):
        print(json.dumps({"name": f"phrases-{name}", "value": round(rate), "unit": "phrases/s"}))


def _seconds(texts: list[str]) -> float:
    lines = "".join(json.dumps({"q": text}) + "\n" for text in texts)
    before = _spent()
    subprocess.run(COMMAND, input=lines.encode(), stdout=subprocess.DEVNULL, cwd=ROOT, check=False)
    return _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
