"""`./dev bench photos`: what taking in a photo costs, beside bare Pillow doing it: JSON lines.

Exits with 1 where a limit is missed.

The ways take turns, so that a busy machine slows both alike; a ratio is the median of the ratios of
the turns. `ratio` is CPU time from the file to the master and all six sizes: ours with two child
processes from their start to their end, the bare one in this process, where everything is loaded.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pillow_heif
from PIL import Image, ImageOps

from benchmarks._limits import Line, figure, print_all
from config import Settings
from tests.services.photo_scene import PhotoScene, make_photo_scene
from tests.services.scene import make_scene
from webapp import create_app, worker
from webapp.domain.photos import SIDES
from webapp.gateways.photos.child import (
    JPEG_QUALITY,
    MASTER_QUALITY,
    MASTER_SIDE,
    WEBP_EFFORT,
    WEBP_QUALITY,
)
from webapp.gateways.photos.decoder import ChildDecoder
from webapp.persistence.database import db, migrate_to_newest

TWELVE = (4000, 3000)
TURNS, UPLOADS = 7, 5
LOOK_SECONDS, PATIENCE = 0.01, 60.0
BUDGETS = {"ratio": 1.5, "visible": 3.0, "grown": 20_000_000}


def main() -> int:
    return print_all(_lines())


def _lines() -> Iterator[Line]:
    pillow_heif.register_heif_opener()
    files = {"jpeg": _file("JPEG", quality=90), "heic": _file("HEIF", quality=50)}
    with tempfile.TemporaryDirectory() as folder:
        decoder = ChildDecoder(Path(folder) / "incoming")
        for kind, file in files.items():
            yield from _compare(kind, file, decoder)
        yield _line("child-peak-memory", _children().ru_maxrss * 1024, "bytes", 2**30)
        yield from _uploads(Path(folder))
    yield _bombs()


def _file(kind: str, **more: int) -> bytes:
    """Twelve megapixels with some grain, lying on their side."""
    picture = Image.effect_noise((1000, 750), 40).convert("RGB").resize(TWELVE)
    tags = Image.Exif()
    tags[0x0112] = 6
    file = BytesIO()
    picture.save(file, kind, exif=tags.tobytes(), **more)
    return file.getvalue()


def _compare(kind: str, file: bytes, decoder: ChildDecoder) -> Iterator[Line]:
    turns = [(_cpu(lambda: _ours(file, decoder)), _cpu(lambda: _bare(file))) for _ in range(TURNS)]
    yield _line(f"{kind}-child-cpu", statistics.median(ours for ours, _ in turns), "s")
    yield _line(f"{kind}-bare-cpu", statistics.median(bare for _, bare in turns), "s")
    ratio = statistics.median(ours / bare for ours, bare in turns)
    yield _line(f"{kind}-ratio", ratio, "times", BUDGETS["ratio"])


def _cpu(run: Callable[[], None]) -> float:
    """CPU seconds of this process and of the children that it waited for."""

    def used() -> float:
        times = (_children(), resource.getrusage(resource.RUSAGE_SELF))
        return sum(one.ru_utime + one.ru_stime for one in times)

    before = used()
    run()
    return used() - before


def _children() -> resource.struct_rusage:
    return resource.getrusage(resource.RUSAGE_CHILDREN)


def _ours(file: bytes, decoder: ChildDecoder) -> None:
    with tempfile.TemporaryFile(buffering=0) as source:
        source.write(file)
        master = decoder.master(source)
    assert len(decoder.variants(master.data)) == 2 * len(SIDES)


def _bare(file: bytes) -> None:
    picture = ImageOps.exif_transpose(Image.open(BytesIO(file))).convert("RGB")
    picture.thumbnail((MASTER_SIDE, MASTER_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    usual = {"optimize": True, "progressive": True}
    picture.save(BytesIO(), "JPEG", quality=MASTER_QUALITY)
    for side in reversed(SIDES):
        picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=None)
        picture.save(BytesIO(), "WEBP", quality=WEBP_QUALITY, method=WEBP_EFFORT)
        picture.save(BytesIO(), "JPEG", quality=JPEG_QUALITY, **usual)


def _uploads(folder: Path) -> Iterator[Line]:
    """Uploads through the whole service, one after the other, with the worker beside."""
    environment = {"LIFTDAY_DATA": str(folder), "LIFTDAY_LOG_LEVEL": "ERROR"}
    app = create_app(Settings.from_env(environment))
    with app.app_context():
        migrate_to_newest()
        scene = make_scene(app, app.extensions["collaborators"].clock)
        taking = make_photo_scene(scene)
        running = worker.start(app)
        try:
            waits = list(_waits(taking))
        finally:
            running.stop()
        db.session.remove()
        db.engine.dispose()
    yield _line("upload", statistics.median(took for took, _ in waits), "s")
    yield _line("first-size-visible", max(wait for _, wait in waits), "s", BUDGETS["visible"])


def _waits(taking: PhotoScene) -> Iterator[tuple[float, float]]:
    """For each upload the seconds until it was answered, and until its sizes could be seen."""
    for number in range(UPLOADS):
        file = _file("JPEG", quality=85 + number)
        began = time.perf_counter()
        sent = taking.send(file)
        took = time.perf_counter() - began
        while taking.row(sent.public_id).state != "ready":
            assert time.perf_counter() - began < PATIENCE
            time.sleep(LOOK_SECONDS)
        yield took, time.perf_counter() - began


def _bombs() -> Line:
    command = [sys.executable, "-m", "tests.faults.bombs"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    found = json.loads(done.stdout.splitlines()[-1])
    return _line("server-grown-by-20-bombs", found["grown_bytes"], "bytes", BUDGETS["grown"])


def _line(name: str, value: float, unit: str, most: float | None = None) -> Line:
    return figure(name, round(value, 3), unit, most)


if __name__ == "__main__":
    sys.exit(main())
