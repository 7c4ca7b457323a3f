"""Twenty bombs against one server process: what it grows by, and whether other pages still come.

Run alone (`python -m tests.faults.bombs`), because what is measured is a whole process.
"""

from __future__ import annotations

import gc
import json
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from flask import Flask

from tests.conftest import SetClock, settings_for
from tests.gateways.photos import pictures
from tests.services.photo_scene import PhotoScene, jpeg, make_photo_scene
from tests.services.scene import make_scene
from webapp import create_app
from webapp.domain.photo_faults import PhotoRefusedError
from webapp.domain.photos import Zone
from webapp.persistence.database import db, migrate_to_newest
from webapp.services import photo_uploads
from webapp.services.photo_uploads import NewPhoto

BOMBS, LARGEST, THREADS = 20, 2, 4
STATUS = Path("/proc/self/status")
FORGET_THE_PEAK = Path("/proc/self/clear_refs"), "5"
OTHER_PAGES = ("/sign-in", "/sign-in?to=staff")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_for(Path(folder), log_level="ERROR"), SetClock())
        with app.app_context():
            migrate_to_newest()
            taking = make_photo_scene(make_scene(app, SetClock()))
            print(json.dumps(_measured(app, taking)))
            db.session.remove()
            db.engine.dispose()


def bombs() -> Sequence[bytes]:
    """Of each kind a few: pixels that would be there, pixels that are only said, megabytes of
    nothing, and twice the most that is let in."""
    largest = pictures.raw_png((8000, 8000, 8, 6), (b"\0" + b"\0" * 32_000) * 8000)
    kinds = (
        *[pictures.bomb_png()] * 8,
        *[pictures.with_ispe(pictures.heic(), 60_000, 60_000)] * 4,
        *[pictures.raw_png((65_535, 65_535, 8, 2), b"\0" * 1000)] * 3,
        *[b"\xff\xd8\xff" + b"\0" * 20_000_000] * 3,
        *[largest] * LARGEST,
    )
    # Zeros after its end make another file of each, and are no reason to refuse it.
    return [kind + b"\0" * number for number, kind in enumerate(kinds)]


def _measured(app: Flask, taking: PhotoScene) -> dict[str, object]:
    files = bombs()
    # Once, so that whatever is loaded and kept for good is there before.
    taking.send(jpeg())
    statuses, ended = Counter(_pages(app)), threading.Event()
    looking = threading.Thread(target=_look, args=(app, statuses, ended))
    gc.collect()
    file, word = FORGET_THE_PEAK
    file.write_text(word)
    before, began = _memory("VmRSS"), time.perf_counter()
    looking.start()
    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = Counter(pool.map(lambda file: _outcome(app, taking, file), files))
    ended.set()
    looking.join()
    return {
        "grown_bytes": _memory("VmHWM") - before,
        "kept_bytes": _memory("VmRSS") - before,
        "seconds": round(time.perf_counter() - began, 1),
        "outcomes": dict(outcomes),
        "other_pages": {str(status): times for status, times in statuses.items()},
    }


def _outcome(app: Flask, taking: PhotoScene, file: bytes) -> str:
    new = NewPhoto(taking.client_id, Zone.CROWN)
    with app.app_context():
        try:
            photo_uploads.receive(taking.with_, taking.iris, new, BytesIO(file))
        except PhotoRefusedError as refused:
            return refused.fault.value
        finally:
            db.session.remove()
        return "taken"


def _look(app: Flask, statuses: Counter[int], ended: threading.Event) -> None:
    while not ended.wait(0.2):
        statuses.update(_pages(app))


def _pages(app: Flask) -> list[int]:
    with app.app_context():
        return [app.test_client().get(page).status_code for page in OTHER_PAGES]


def _memory(name: str) -> int:
    """Bytes of this process: VmRSS as now, VmHWM at most so far."""
    found = re.search(rf"{name}:\s+(\d+) kB", STATUS.read_text())
    assert found
    return int(found[1]) * 1024


if __name__ == "__main__":
    main()
