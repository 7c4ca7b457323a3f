"""Background jobs in a queue of their own (Huey): for work that a sweep finds again.

A job runs at most once, and a lost queue loses jobs. So nothing goes through it that is not also
written in the database; notices and deliveries never do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from huey import SqliteHuey

Run = Callable[..., Any]


class HueyJobs:
    """A queue in a file. `runs` are the jobs it knows, by name."""

    def __init__(self, file: Path, runs: Mapping[str, Run]) -> None:
        self._file = file
        self._runs = runs

    @cached_property
    def _queue(self) -> Any:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey("liftday", filename=str(self._file), results=False, utc=True)

    @cached_property
    def _tasks(self) -> dict[str, Any]:
        return {name: self._queue.task(name=name)(run) for name, run in self._runs.items()}

    def put(self, name: str, *arguments: int) -> None:
        """Let a job be done soon, by whichever worker comes first."""
        self._tasks[name](*arguments)

    def count(self) -> int:
        """How many jobs wait."""
        return int(self._queue.pending_count())

    def do_one(self) -> bool:
        """Do the job that waits longest; False where none does. What fails in it is logged."""
        tasks = self._tasks
        assert tasks
        task = self._queue.dequeue()
        if task is None:
            return False
        self._queue.execute(task)
        return True
