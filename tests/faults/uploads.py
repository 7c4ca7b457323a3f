"""Uploads that end in the middle: a process that is killed at a named step, again and again.

`Killer` is the mother, seen from a test: everything is imported once, then each wish is a fork that
does what the server or the worker would do, and kills itself where it was told to.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from config import Settings
from tests.conftest import SetClock, settings_for
from tests.services.photo_scene import QuickDecoder
from webapp import create_app
from webapp.domain.people import Role, SignedIn
from webapp.domain.photos import MadePicture, Zone
from webapp.services import photo_making, photo_uploads
from webapp.services.photo_uploads import NewPhoto
from webapp.services.ports import Collaborators

ROOT = Path(__file__).parents[2]
# In the order in which an upload passes them; "half an object" is a file without its own name yet.
UPLOAD_STEPS = (
    "received", "decoded", "half an object", "stored", "committing", "committed", "queued",
)  # fmt: skip
SIZES_STEPS = ("counted", "first size", "last size", "committing sizes", "committed sizes")


class Killer:
    """Starts processes that end at a step."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.uploads"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)

    def run(self, folder: Path, step: str, **facts: int | str) -> int:
        """Do a step's work in a new process; minus the signal that ended it, or 0."""
        assert self._process.stdin
        assert self._process.stdout
        wish = {"folder": str(folder), "step": step, **facts}
        print(json.dumps(wish), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=30)


def main() -> None:
    """Serve wishes until there are none."""
    create_app(Settings(mode="test", secret_key="s" * 40, database_url="sqlite://"))
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _work(json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _work(wish: dict[str, Any]) -> None:
    app = create_app(settings_for(Path(wish["folder"])), SetClock())
    with app.app_context():
        with_ = _doomed(app, wish["step"])
        if wish["step"] in SIZES_STEPS:
            photo_making.make_sizes(with_, wish["photo_id"])
        else:
            by = SignedIn(wish["account_id"], 1, Role.ARTIST, "Iris", "")
            new = NewPhoto(wish["client_id"], Zone.CROWN)
            photo_uploads.receive(with_, by, new, BytesIO(Path(wish["file"]).read_bytes()))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _doomed(app: Flask, step: str) -> Collaborators:
    """The collaborators of a process that will not see the end of `step`."""
    with_: Collaborators = replace(app.extensions["collaborators"], decoder=QuickDecoder())
    commits = [0]

    def committing(session: Session) -> None:
        # The first commit of making sizes is the counted try.
        commits[0] += 1
        if step == "committing" or (step == "committing sizes" and commits[0] == 2):
            _die()

    def committed(session: Session) -> None:
        if step == "counted" or (step == "committed sizes" and commits[0] == 2):
            _die()

    event.listen(Session, "before_commit", committing)
    event.listen(Session, "after_commit", committed)
    doomed = _Doomed(with_, step, app.extensions["settings"].data_folder)
    ports: Any = doomed
    return replace(with_, uploads=ports, decoder=ports, objects=ports, jobs=ports)


class _Doomed:
    """All four ports of photos at once, each of which may be the last that is used."""

    def __init__(self, with_: Collaborators, step: str, folder: Path) -> None:
        self._with = with_
        self._folder = folder
        self._step = step
        self._puts = 0

    @contextmanager
    def taken(self, stream: BinaryIO) -> Iterator[tuple[BinaryIO, bytes]]:
        with self._with.uploads.taken(stream) as both:
            self._end_at("received")
            yield both

    def master(self, source: BinaryIO) -> MadePicture:
        made = self._with.decoder.master(source)
        self._end_at("decoded")
        return made

    def variants(self, master: bytes) -> list[MadePicture]:
        return self._with.decoder.variants(master)

    def read(self, key: str) -> bytes:
        return self._with.objects.read(key)

    def remove(self, keys: list[str]) -> None:
        self._with.objects.remove(keys)

    def put(self, *what: Any) -> None:
        name, value = what
        if isinstance(value, int):
            self._end_at("committed")
            self._with.jobs.put(name, value)
            self._end_at("queued")
            return
        if self._step == "half an object":
            self._leave_half(name, value)
        self._with.objects.put(name, value)
        self._puts += 1
        self._end_at("stored")
        if (self._step, self._puts) in (("first size", 1), ("last size", 6)):
            _die()

    def _leave_half(self, key: str, data: bytes) -> None:
        """What a process leaves that is killed while its object is written."""
        half = self._folder / "photos" / f"{key}#1"
        half.parent.mkdir(parents=True)
        half.write_bytes(data[: len(data) // 2])
        _die()

    def _end_at(self, step: str) -> None:
        if self._step == step:
            _die()


if __name__ == "__main__":
    main()
