"""Every fault of tests/faults at its full size, with the spans of a real worker: JSON lines.

    python -m benchmarks.faults [NAME …]

`lost`, `early` and `extra` count pushes to phones; `wrong` names the figures that must not be.
Ends with 1 if there is one. All of it takes about a quarter of an hour.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.faults import processes, push_services, rows, storage, times
from tests.faults.count import Count
from tests.faults.rig import Building, Rig, rig

PATIENCE, LOOK_SECONDS = 600.0, 0.1
DAY, HOUR_BACK = timedelta(days=1), timedelta(hours=-1)
BOUND_SECONDS = 15.0
SOON_SECONDS = 2.0
Scene = Callable[[Rig], Any]
Figures = dict[str, Any]
SCENES: Mapping[str, Scene] = {
    "killed-100-times": lambda at: processes.kill_often(at, 10_000, 100, None),
    "killed-before-its-commit": lambda at: processes.killed_before_its_commit(at, None),
    "asked-to-end": lambda at: processes.asked_to_end(at, 10_000)[1],
    "two-workers": lambda at: processes.two_workers(at, 10_000),
    "stopped-past-its-lease": lambda at: processes.stopped_past_its_lease(at, 200, None),
    "throttled-in-seconds": lambda at: push_services.storm(at, 10_000, "seconds", 10),
    "throttled-by-a-date": lambda at: push_services.storm(at, 10_000, "date", 10),
    "never-answers": lambda at: push_services.stalled(at, 1_000, "never", None),
    "body-a-byte-a-second": lambda at: push_services.stalled(at, 1_000, "drip", None),
    "all-a-byte-a-second": lambda at: push_services.stalled(at, 1_000, "trickle", None),
    "credentials-refused": lambda at: push_services.refused(at, 10_000),
    "three-in-ten-gone": lambda at: push_services.gone(at, 10_000),
    "poison": lambda at: rows.poison(at, 1_000),
    "changed-while-due": lambda at: rows.changed(at, 100),
    "moved-and-undone": lambda at: rows.moved(at, 50),
    "disk-full": lambda at: storage.disk_full(at, 200),
    "database-locked": lambda at: storage.locked(at, 200, None),
    "outage": lambda at: times.outage(at, 1_000),
    "clock-a-day-on": lambda at: times.jump(at, 1_000, DAY),
    "clock-an-hour-back": lambda at: times.jump(at, 1_000, HOUR_BACK),
    "twenty-at-one-second": lambda at: times.instant(at, 20),
    "two-hundred-at-one-second": lambda at: times.instant(at, 200),
}
# What none of these may be but nothing.
FAULTS = (
    "lost",
    "early",
    "before_its_time",
    "gone",
    "missed",
    "wronged",
    "changed",
    "hasty",
    "claimed_after",
    "again",
    "leaked",
)


def main(names: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        building = Building(Path(folder))
        lines = [_line(building, name) for name in names or SCENES]
        building.nursery.close()
    return int(any(line["wrong"] for line in lines))


def _line(building: Building, name: str) -> Figures:
    began = time.monotonic()
    with rig(building) as at:
        at.patience, at.look_seconds = PATIENCE, LOOK_SECONDS
        figures = dict(_flat(SCENES[name](at)))
        said = at.said()
        figures["leaked"] = len([secret for secret in at.secrets() if secret in said])
    line = {"name": name, **figures, "wrong": _wrong(name, figures)}
    line["seconds"] = round(time.monotonic() - began, 1)
    print(json.dumps(line, default=str), flush=True)
    return line


def _flat(found: Any) -> Iterator[tuple[str, Any]]:
    """The figures of a scene; of several counts the worst that any of them has."""
    counts = [value for value in found._asdict().values() if isinstance(value, Count)]
    counts += [found] if isinstance(found, Count) else []
    for name in Count._fields:
        if counts:
            yield name, max(getattr(one, name) for one in counts)
    for name, value in found._asdict().items():
        if not isinstance(value, Count):
            yield name, round(value, 3) if isinstance(value, float) else value


def _wrong(name: str, figures: Figures) -> list[str]:
    wrong = [fault for fault in FAULTS if figures.get(fault)]
    may_repeat = figures.get("in_flight", figures.get("under_way", 0))
    if name == "outage":
        may_repeat = figures["clients"]
    if figures.get("extra", 0) > may_repeat:
        wrong.append("extra")
    if figures.get("longest", 0) > BOUND_SECONDS + 1:
        wrong.append("longest")
    slowest = max(figures.get("others_slowest", 0), figures.get("slowest", 0))
    if slowest > SOON_SECONDS:
        wrong.append("slowest")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
