"""Pictures that are made to fill a server's memory fill a child's, and no other page notices."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.faults.bombs import BOMBS, LARGEST
from tests.faults.conftest import Report

ROOT = Path(__file__).parents[2]
MOST_GROWN = 20 * 10**6
PATIENCE = 240.0


def test_twenty_bombs_cost_the_server_little_and_other_pages_nothing(report: Report) -> None:
    command = [sys.executable, "-m", "tests.faults.bombs"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    report(found)
    assert sum(found["outcomes"].values()) == BOMBS
    assert found["outcomes"].get("taken", 0) <= LARGEST
    assert found["grown_bytes"] <= MOST_GROWN
    assert set(found["other_pages"]) <= {"200", "303"}
