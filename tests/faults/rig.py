"""A clinic whose worker is a real process, push services on real sockets, and facts to count."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from flask import Flask
from sqlalchemy import Select, func, select

from config import Settings
from tests.conftest import NOON, SECRET
from tests.faults import crowd
from tests.faults.crowd import Crowd
from tests.faults.nursery import Nursery
from tests.gateways.push.certificate import Certificate, make_certificate
from tests.gateways.push.sink import Sink
from webapp import create_app
from webapp.gateways.push.vapid_keys import VapidKeys
from webapp.persistence.database import db, migrate_to_newest
from webapp.persistence.tables import Delivery, PushSubscription

Fact = TypeVar("Fact")
PATIENCE = 60.0
LOOK_SECONDS = 0.01
HOSTS = ("push.test", "other.test")


class Spans(NamedTuple):
    """What a hurried worker waits at most for, in seconds; `busy` for a locked database."""

    total: float = 1.0
    lease: float = 3.0
    busy: float = 10.0


@dataclass
class Building:
    """What all rigs of one run share, because making it takes long."""

    folder: Path
    nursery: Nursery = field(default_factory=Nursery)
    certificate: Certificate = field(init=False)
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.certificate = make_certificate(self.folder, HOSTS)
        VapidKeys(self.folder / "vapid").ensure()
        self.app = create_app(Settings.from_env(self.environment()))
        with self.app.app_context():
            migrate_to_newest()
            db.engine.dispose()
        self.database.rename(self.folder / "empty.sqlite")

    @property
    def database(self) -> Path:
        return self.folder / "liftday.sqlite"

    def environment(self) -> dict[str, str]:
        return {
            "LIFTDAY_MODE": "test",
            "LIFTDAY_SECRET_KEY": SECRET,
            "LIFTDAY_DATA": str(self.folder),
            "LIFTDAY_CLOCK_FILE": str(self.folder / "clock"),
            "LIFTDAY_PUSH_CA_FILE": str(self.certificate.file),
            "LIFTDAY_LOG_LEVEL": "DEBUG",
        }

    def renew(self) -> None:
        """A database without a row."""
        for pattern in ("liftday.sqlite*", "jobs.sqlite*"):
            for old in self.folder.glob(pattern):
                old.unlink()
        shutil.copy(self.folder / "empty.sqlite", self.database)


@dataclass
class Rig:
    """One scene: a fresh database, the sinks, and the workers started beside them."""

    building: Building
    sinks: dict[str, Sink] = field(default_factory=dict)
    workers: list[int] = field(default_factory=list)
    moved: timedelta = timedelta()
    # Seconds after which a fact that does not come is a failure.
    patience: float = PATIENCE
    look_seconds: float = LOOK_SECONDS

    @property
    def sink(self) -> Sink:
        return self.sinks[HOSTS[0]]

    @property
    def log(self) -> Path:
        return self.building.folder / "worker.log"

    def now(self) -> datetime:
        """The present of the clinic: the real seconds pass, from noon on."""
        return datetime.now(UTC) + self.moved

    def move_clock(self, span: timedelta) -> None:
        """Put the clinic's clock on or back."""
        self.moved += span
        clock = self.building.folder / "clock"
        draft = clock.with_suffix(".new")
        draft.write_text(str(self.moved.total_seconds()), encoding="ascii")
        draft.replace(clock)

    def add(self, crowd_: Crowd, is_planned: bool = True) -> None:
        crowd.add(crowd_, self.now(), is_planned)

    def crowd(
        self, count: int, due: Callable[[int], datetime] | None = None, first: int = 1
    ) -> Crowd:
        """Clients with phones at the one push service, whose lifts have just come by default."""
        key_id = self.building.app.extensions["collaborators"].push_keys.current_id()
        past = self.now().replace(microsecond=0) - timedelta(seconds=1)
        return Crowd(count, due or (lambda _: past), self.endpoint, key_id, first)

    def endpoint(self, number: int, host: str = HOSTS[0]) -> str:
        return f"https://{host}:{self.sinks[host].port}/send/{number}"

    def start(self, spans: Spans | None = None) -> int:
        """A worker; without spans exactly the command that an operator types."""
        hosts = [f"{h}:{s.port}=127.0.0.1:{s.port}" for h, s in self.sinks.items()]
        environment = os.environ | self.building.environment()
        environment |= {"LIFTDAY_PUSH_HOSTS": ",".join(hosts), "LIFTDAY_LIMITS_STORE": "memory://"}
        if spans:
            names = ("TOTAL_SECONDS", "LEASE_SECONDS", "BUSY")
            environment |= {f"FAULTS_{n}": str(v) for n, v in zip(names, spans, strict=True)}
        app = "tests.faults.hurried" if spans else "wsgi"
        arguments = ["--app", app, "worker", "run"]
        worker = self.building.nursery.start(arguments, environment, self.log)
        self.workers.append(worker)
        return worker

    def freeze(self, worker: int) -> None:
        """SIGSTOP a worker, but not in the middle of a transaction: everybody would wait for it."""
        self._stop(worker)
        while self._is_locked():
            os.kill(worker, signal.SIGCONT)
            time.sleep(LOOK_SECONDS)
            self._stop(worker)

    def _stop(self, worker: int) -> None:
        """A thread stops when it next comes out of the kernel; wait for all of them."""
        os.kill(worker, signal.SIGSTOP)
        tasks = Path(f"/proc/{worker}/task")
        self.wait(lambda: all(_is_stopped(task / "stat") for task in tasks.iterdir()))

    def thaw(self, worker: int) -> None:
        """Let a frozen worker go on."""
        os.kill(worker, signal.SIGCONT)

    def _is_locked(self) -> bool:
        other = sqlite3.connect(self.building.database, timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        finally:
            other.close()
        return False

    def end(self, worker: int, with_: signal.Signals = signal.SIGKILL) -> int:
        """End a worker and wait for it; its exit code."""
        os.kill(worker, with_)
        self.workers.remove(worker)
        return self.building.nursery.wait(worker)

    def wait(self, fact: Callable[[], Fact]) -> Fact:
        """Look until something is so; a fact that never comes fails with what there is."""
        until = time.monotonic() + self.patience
        while not (found := fact()):
            assert time.monotonic() < until, f"in vain: {self.states()}\n{self.said()[-3000:]}"
            # Another process works; there is nothing to listen to.
            time.sleep(self.look_seconds)
        return found

    def states(self) -> Counter[str]:
        """How many deliveries there are of each state."""
        counted = select(Delivery.state, func.count()).group_by(Delivery.state)
        return Counter(dict(self.rows(counted)))

    def are_settled(self, count: int) -> bool:
        """Whether so many deliveries exist and none is open."""
        states = self.states()
        return states.total() >= count and not states["pending"] + states["claimed"]

    def rows(self, question: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        """What the database answers now."""
        found = db.session.execute(question).all()
        db.session.rollback()
        return [tuple(row) for row in found]

    def secrets(self) -> list[str]:
        """What no log may hold: names, paths of endpoints, keys, signatures, words of messages."""
        keys = select(PushSubscription.p256dh, PushSubscription.auth)
        sent = [*self.sinks["push.test"].received, *self.sinks["other.test"].received]
        signatures = {seen.headers["authorization"].split("=")[1].split(",")[0] for seen in sent}
        words = ("Your plan", "You can", "wash-water", "Marina")
        named = [crowd.NAME, "/send/", *words, *signatures]
        return [*named, *(key for pair in self.rows(keys) for key in pair)]

    def said(self) -> str:
        """Everything that the workers wrote."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


def _is_stopped(stat: Path) -> bool:
    try:
        return stat.read_text(encoding="utf-8").rpartition(") ")[2].startswith("T")
    except (FileNotFoundError, ProcessLookupError):
        # A thread that ended meanwhile does no harm.
        return True


@contextmanager
def rig(building: Building) -> Iterator[Rig]:
    """A scene at noon; ends whatever still runs."""
    building.renew()
    made = Rig(building)
    made.log.unlink(missing_ok=True)
    made.move_clock(NOON - datetime.now(UTC))
    with ExitStack() as running, building.app.app_context():
        for host in HOSTS:
            clock: Callable[[], float] = lambda: made.now().timestamp()  # noqa: E731
            made.sinks[host] = running.enter_context(Sink(building.certificate, clock=clock))
        crowd.add_house(made.now())
        try:
            yield made
        finally:
            for worker in list(made.workers):
                os.kill(worker, signal.SIGCONT)
                made.end(worker)
            db.session.remove()
            db.engine.dispose()
