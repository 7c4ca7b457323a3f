"""Starts processes of ours in the blink of an eye: everything is imported, then each is a fork.

Reads a line of JSON for each wish and answers with a line. A child runs `flask` with its own
environment and log, exactly as the command line would.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask.cli import main as flask

from config import Settings
from tests.conftest import SECRET
from webapp import create_app

ROOT = Path(__file__).parents[2]


class Nursery:
    """The mother process, seen from a test. `start` and `wait` are what `main` understands."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.nursery"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)

    def start(self, arguments: list[str], environment: dict[str, str], log: Path) -> int:
        """Run `flask` with these arguments; returns the process id."""
        return self._ask({"run": arguments, "environment": environment, "log": str(log)})

    def wait(self, process_id: int) -> int:
        """Wait until a process ended; its exit code, or minus the signal that ended it."""
        return self._ask({"wait": process_id})

    def close(self) -> None:
        self._process.communicate()

    def _ask(self, wish: dict[str, Any]) -> int:
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(wish), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())


def main() -> None:
    """Serve wishes until there are none."""
    # What makes the second application quick: modules and templates. No connection and no thread
    # exists before a fork.
    create_app(Settings(mode="test", secret_key=SECRET, database_url="sqlite://"))
    gc.freeze()
    for line in sys.stdin:
        wish = json.loads(line)
        if "wait" in wish:
            _, status = os.waitpid(wish["wait"], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
        else:
            print(_fork(wish), flush=True)


def _fork(wish: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    log = os.open(wish["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(ours, theirs)
    os.environ.clear()
    os.environ.update(wish["environment"])
    sys.argv = ["flask", *wish["run"]]
    flask()
    raise AssertionError("flask ends the process")


if __name__ == "__main__":
    main()
