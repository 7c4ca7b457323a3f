"""The background process: tells what is due, delivers it, keeps the database tidy."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog
from flask import Flask

from webapp.services import sending, upkeep
from webapp.services.delivering import deliver
from webapp.services.ports import Collaborators, PushSender
from webapp.services.sending import Gatekeeper
from webapp.services.settling import Settling, UnsettledError
from webapp.services.telling import tell_due

SWEEP_SPAN = timedelta(minutes=10)
LONG_PAUSE, SHORT_PAUSE = 1.0, 0.2
SOON_SPAN = timedelta(seconds=1)
MOST_LANES = 16
Result = TypeVar("Result")
IDLE_SECONDS = 600.0
STOP_SECONDS = 40.0
OTHERS = "others"
log = structlog.get_logger("worker")


def start(app: Flask) -> Worker:
    """Run the worker in a thread of this process; the caller stops it."""
    worker = Worker(app)
    worker.start()
    return worker


class Worker(threading.Thread):
    """Looks every second, and more often when something is due soon, until `stop`.

    Each push service has a lane of its own, so that one that answers slowly delays no other.
    """

    def __init__(self, app: Flask) -> None:
        super().__init__(name="worker", daemon=True)
        self._app = app
        self._with: Collaborators = app.extensions["collaborators"]
        self._stopping = threading.Event()
        self._gatekeeper = Gatekeeper(self._with)
        self._lanes: dict[str, Lane] = {}
        self._jobs = JobLane(app)
        self._swept_at: datetime | None = None

    def run(self) -> None:
        self._jobs.start()
        while not self._stopping.wait(self.look()):
            pass
        ending: list[Lane | JobLane] = [self._jobs, *self._lanes.values()]
        for thread in ending:
            thread.stop()
        for thread in ending:
            thread.join(timeout=STOP_SECONDS)

    def look(self) -> float:
        """Look once at everything there is to do; returns the seconds until the next look.

        What fails is logged, keeps nothing else from being done, and is tried again.
        """
        _guarded(self._app, self._gatekeeper.beat)
        now = _guarded(self._app, self._gatekeeper.present)
        if now is None:
            # Neither does anything else go by a clock that nobody can trust.
            return LONG_PAUSE
        _guarded(self._app, partial(self._sweep, now))
        pause = _guarded(self._app, partial(self._tell, now))
        return LONG_PAUSE if pause is None else pause

    def _tell(self, now: datetime) -> float:
        """Tell some of what is due, and wake whoever delivers; seconds until there is more."""
        told = tell_due(self._with, now)
        for origin in sending.due_origins(now):
            self._lane(origin).wake(origin)
        if told:
            log.info("told", **told._asdict())
            return 0.0
        next_due = sending.next_due()
        return SHORT_PAUSE if next_due and next_due <= now + SOON_SPAN else LONG_PAUSE

    def _sweep(self, now: datetime) -> None:
        if self._swept_at is None or not timedelta() <= now - self._swept_at < SWEEP_SPAN:
            self._swept_at = now
            log.info("swept", jobs=upkeep.sweep(self._with))

    def _lane(self, origin: str) -> Lane:
        self._lanes = {name: lane for name, lane in self._lanes.items() if lane.is_alive()}
        name = origin if origin in self._lanes or len(self._lanes) < MOST_LANES else OTHERS
        if name not in self._lanes:
            self._lanes[name] = Lane(self._app, self._gatekeeper)
            self._lanes[name].start()
        return self._lanes[name]

    def stop(self) -> None:
        """Ask the worker to end, and wait until what it has under way is settled."""
        self._stopping.set()
        if self.is_alive():
            self.join(timeout=STOP_SECONDS)


class Lane(threading.Thread):
    """Delivers to the push services it is woken for, over connections of its own."""

    def __init__(self, app: Flask, gatekeeper: Gatekeeper) -> None:
        super().__init__(name="lane", daemon=True)
        self._app = app
        self._with: Collaborators = app.extensions["collaborators"]
        self._gatekeeper = gatekeeper
        self._waiting: set[str] = set()
        self._woken = threading.Condition()
        self._is_stopping = False
        self._sender: PushSender | None = None
        self._known: set[str] = set()
        self._unsettled: Settling | None = None

    def wake(self, origin: str) -> None:
        """Something is due for this push service."""
        with self._woken:
            self._waiting.add(origin)
            self._woken.notify()

    def stop(self) -> None:
        """End after what is under way."""
        with self._woken:
            self._is_stopping = True
            self._woken.notify()

    def run(self) -> None:
        self._sender = self._with.push.open()
        while (origin := self._next()) is not None:
            if origin not in self._known and _guarded(self._app, partial(self._remember, origin)):
                self._known.add(origin)
            while not self._is_stopping and _guarded(self._app, partial(self._deliver, origin)):
                pass
        self._sender.close()

    def _next(self) -> str | None:
        """The next push service to deliver to, once everything before is written down."""
        while self._unsettled and not _guarded(self._app, self._finish):
            if self._is_stopping:
                return None
            with self._woken:
                self._woken.wait_for(lambda: self._is_stopping, LONG_PAUSE)
        with self._woken:
            self._woken.wait_for(lambda: self._waiting or self._is_stopping, IDLE_SECONDS)
            return None if self._is_stopping or not self._waiting else self._waiting.pop()

    def _finish(self) -> bool:
        settling, self._unsettled = self._unsettled, None
        try:
            if settling:
                settling.finish()
        except UnsettledError:
            self._unsettled = settling
            raise
        return True

    def _remember(self, origin: str) -> bool:
        """Know what an earlier process was told."""
        until = sending.closed_until(origin)
        if until and self._sender:
            self._sender.hold(origin, until)
        return True

    def _deliver(self, origin: str) -> bool:
        """Whether there may be more to deliver."""
        now = self._gatekeeper.present()
        assert self._sender is not None
        try:
            return now is not None and deliver(self._with, self._sender, origin, now) > 0
        except UnsettledError as error:
            self._unsettled = error.settling
            return False


class JobLane(threading.Thread):
    """Does background jobs one after the other."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="jobs", daemon=True)
        self._app = app
        self._with: Collaborators = app.extensions["collaborators"]
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.is_set():
            if not _guarded(self._app, self._with.jobs.do_one):
                self._stopping.wait(LONG_PAUSE)

    def stop(self) -> None:
        """End after the job under way."""
        self._stopping.set()


def _guarded(app: Flask, step: Callable[[], Result]) -> Result | None:
    """Do one step with a database of its own; what fails is logged and left to the next one."""
    try:
        with app.app_context():
            return step()
    except Exception:
        log.exception("a step failed")
        return None
