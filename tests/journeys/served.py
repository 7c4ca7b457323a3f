"""A whole clinic as `./dev run` starts it: a process tree with its own folder, clock and port."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from urllib.error import URLError

from flask import Flask

from config import Settings
from webapp import create_app

ROOT = Path(__file__).parents[2]
START_TRIES = 600  # a minute: the machine may be busy with everything else
WAIT_SECONDS = 0.1
# Below those that a system hands out by itself; a thousand for each of the processes of a run.
_FIRST_PORT = 20_000 + 1_000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_PORTS = iter(range(_FIRST_PORT, _FIRST_PORT + 1_000))
# A push service of journeys that make their own subscriptions: nobody is there.
NOBODY = "nobody-there.test"


@dataclass
class Served:
    """A running server. `advance` moves its clock; `lines` is what it said at its start."""

    url: str
    folder: Path
    process: subprocess.Popen[str]
    moved: timedelta = timedelta()
    # Settings beside the usual ones, by the names of their variables.
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        return (self.folder / "said.txt").read_text(encoding="utf-8")

    @property
    def owner_link(self) -> str:
        found = re.search(r"https?://\S+#t=\S+", self.said)
        assert found, self.said
        return found[0]

    def now(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def advance(self, **span: float) -> datetime:
        """Move the server's clock on and return its new present."""
        self.moved += timedelta(**span)
        (self.folder / "clock").write_text(str(self.moved.total_seconds()), encoding="ascii")
        return self.now()

    def flask(self, *arguments: str) -> str:
        """What a command says beside the running server."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        done = subprocess.run(
            command, env=self.environment(), cwd=ROOT, check=True, capture_output=True, text=True
        )
        return done.stdout

    @cached_property
    def beside(self) -> Flask:
        """The application in this process, on the same database and clock."""
        return create_app(Settings.from_env(self.environment()))

    def environment(self) -> dict[str, str]:
        """The settings this server runs with."""
        return os.environ | {
            "LIFTDAY_MODE": "development",
            "LIFTDAY_SECRET_KEY": "a-secret-for-journeys-that-is-long-enough",
            "LIFTDAY_DATA": str(self.folder),
            "LIFTDAY_BASE_URL": self.url,
            "LIFTDAY_CLOCK_FILE": str(self.folder / "clock"),
            "LIFTDAY_PUSH_HOSTS": f"{NOBODY}=127.0.0.1:9",
            "PYTHONUNBUFFERED": "1",
            **self.more,
        }

    @contextmanager
    def keeping_answers_back(self) -> Iterator[None]:
        """The network is there meanwhile, and nothing comes of it: every process stands still."""
        family = _family(self.process.pid)
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in family:
                os.kill(pid, signal.SIGCONT)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def start(self, is_demo: bool = False) -> None:
        """Run the server, as it first was or once more; returns when it answers."""
        port = self.url.rpartition(":")[2]
        environment = self.environment() | {"LIFTDAY_DEMO": "yes" if is_demo else "no"}
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", port]
        with (self.folder / "said.txt").open("w", encoding="utf-8") as said:
            self.process = subprocess.Popen(
                command, env=environment, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT, text=True
            )
        _wait_until_it_answers(self)


def serve(folder: Path, is_demo: bool, more: Mapping[str, str] | None = None) -> Served:
    """Start a server on a free port and wait until it answers."""
    folder.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{_free_port()}"
    served = Served(address, folder, None, more=more or {})  # type: ignore[arg-type]
    served.start(is_demo)
    return served


def _family(pid: int) -> list[int]:
    """A process and all that came of it, the eldest first."""
    children = [
        int(child)
        for thread in Path(f"/proc/{pid}/task").iterdir()
        for child in (thread / "children").read_text(encoding="ascii").split()
    ]
    return [pid, *(one for child in children for one in _family(child))]


def _free_port() -> int:
    """A port of this test process alone, and of one server alone: some servers stop and start
    again, and nobody else may answer there meanwhile."""
    for port in _PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("every port is taken")


def _wait_until_it_answers(served: Served) -> None:
    for _attempt in range(START_TRIES):
        assert served.process.poll() is None, served.said
        try:
            with urllib.request.urlopen(f"{served.url}/something-is-wrong", timeout=5):
                return
        except (URLError, ConnectionError):
            # Waiting for another process to open its port: there is nothing to listen to yet.
            time.sleep(WAIT_SECONDS)
    served.stop()
    raise AssertionError(f"the server did not answer: {served.said}")
