"""Pictures from outside, decoded in a process of their own that has little and ends soon."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, cast

import structlog

from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError
from webapp.domain.photos import Format, MadePicture
from webapp.gateways.photos.polyglots import is_more_than_a_picture
from webapp.gateways.photos.spool import write_all

CHILD = Path(__file__).with_name("child.py")
# As a module, because a script is compiled anew each time; with our paths given, because finding
# them takes as long as starting.
BEGIN = "import sys; sys.path[:0] = sys.argv[2:]; import child; child.main()"
# The child ends itself by then; this is for one that cannot.
SECONDS = 22.0
# A master is ours; whatever else is decoded somebody sent.
OURS = "variants"
AT_ONCE = 2
WAIT_SECONDS = 20.0
FAULTS = {
    "not-a-photo": PhotoFault.NOT_A_PHOTO,
    "too-many-pixels": PhotoFault.TOO_MANY_PIXELS,
    "damaged": PhotoFault.DAMAGED,
    "too-much-memory": PhotoFault.TOO_HARD,
}
NO_ROOM_CODE = 75
# No settings of the server's, and one heap: each thread's own would count as memory used.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"}
log = structlog.get_logger("photos")


class ChildDecoder:
    """Makes clean files of foreign pictures, a few at once; the others wait a while.

    Every method raises PhotoRefusedError, with BUSY where the wait was too long.
    """

    def __init__(self, folder: Path, at_once: int = AT_ONCE, wait: float = WAIT_SECONDS) -> None:
        """`folder`: where files without a name are written while they are worked on."""
        self._folder = folder
        self._places = threading.BoundedSemaphore(at_once)
        self._wait = wait

    def master(self, source: BinaryIO) -> MadePicture:
        """The one file that is kept of a photo: upright, in sRGB, within 4096 pixels, JPEG.

        `source` is a real file; it is read from its beginning.
        """
        (made,) = self._make("master", source)
        return made

    def logo(self, source: BinaryIO) -> MadePicture:
        """A logo within 512 pixels as PNG; what is transparent stays so."""
        (made,) = self._make("logo", source)
        return made

    def variants(self, master: bytes) -> list[MadePicture]:
        """The smaller sizes of a master in both formats, the largest first."""
        with self._file() as source:
            write_all(source, master)
            return self._make(OURS, cast(BinaryIO, source))

    def _make(self, what: str, source: BinaryIO) -> list[MadePicture]:
        if not self._places.acquire(timeout=self._wait):
            raise PhotoRefusedError(PhotoFault.BUSY)
        try:
            return self._run(what, source)
        finally:
            self._places.release()

    def _run(self, what: str, source: BinaryIO) -> list[MadePicture]:
        if what != OURS and is_more_than_a_picture(source):
            raise PhotoRefusedError(PhotoFault.MORE_THAN_A_PHOTO)
        source.seek(0)
        with self._file() as output:
            code = _code_of(what, source, output)
            output.seek(0)
            made = BufferedReader(cast(RawIOBase, output))
            head = _head(made.readline())
            if code == NO_ROOM_CODE:
                raise PhotoRefusedError(PhotoFault.NO_ROOM)
            if code or head is None:
                log.warning("a decoder ended early", what=what, code=code)
                raise PhotoRefusedError(PhotoFault.TOO_HARD)
            if "fault" in head:
                raise PhotoRefusedError(FAULTS[head["fault"]])
            return list(_files(head, made))

    def _file(self) -> IO[bytes]:
        """A file that has no name, and so is gone with whoever holds it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return TemporaryFile(dir=self._folder, buffering=0)


def _code_of(what: str, source: BinaryIO, output: IO[bytes]) -> int:
    """Run the child to its end; its exit code, or minus the signal that ended it."""
    paths = [str(CHILD.parent), *filter(None, sys.path)]
    command = [sys.executable, "-I", "-S", "-c", BEGIN, what, *paths]
    with subprocess.Popen(  # noqa: S603
        command,
        stdin=source,
        stdout=output,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
    ) as child:
        try:
            return child.wait(SECONDS)
        except BaseException as error:
            child.kill()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            return child.wait()


def _head(line: bytes) -> dict[str, Any] | None:
    try:
        head = json.loads(line)
    except ValueError:
        return None
    return head if isinstance(head, dict) else None


def _files(head: dict[str, Any], output: IO[bytes]) -> Iterator[MadePicture]:
    for told in head["files"]:
        data = output.read(told["bytes"])
        if len(data) != told["bytes"]:
            raise PhotoRefusedError(PhotoFault.TOO_HARD)
        size = (told["width"], told["height"])
        yield MadePicture(told["side"], Format(told["format"]), *size, data)
