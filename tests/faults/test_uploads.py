"""A process that is killed at any step leaves no half photo, and neither does a full disk."""

from __future__ import annotations

import hashlib
import resource
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import NOON, SetClock, settings_for
from tests.faults.conftest import Report
from tests.faults.uploads import SIZES_STEPS, UPLOAD_STEPS, Killer
from tests.services.photo_scene import PhotoScene, QuickDecoder, jpeg, make_photo_scene
from tests.services.scene import make_scene
from webapp import create_app
from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError
from webapp.domain.photos import Format
from webapp.persistence.database import db
from webapp.services import photo_sweep, photos, upkeep

FILE = jpeg()
A_DAY = timedelta(days=1)


@dataclass
class Place:
    """A clinic with a folder of its own, in which other processes work too."""

    folder: Path
    taking: PhotoScene
    killer: Killer

    def kill_upload(self, step: str) -> int:
        file = self.folder / "sent.jpg"
        file.write_bytes(FILE)
        whose = {"client_id": self.taking.client_id, "account_id": self.taking.iris.account_id}
        return self.killer.run(self.folder, step, file=str(file), **whose)

    def visible(self) -> list[str]:
        """The photos that staff see; each is checked to be whole."""
        found = photos.gallery(self.taking.with_, self.taking.iris, self.taking.client_id)
        for item in found.photos:
            for side in (320, 1600):
                seen = photos.picture(
                    self.taking.with_, self.taking.iris, item.row.public_id, (side, Format.WEBP)
                )
                data = b"".join(seen.open())
                assert hashlib.sha256(data).digest() == seen.content_hash
        return [item.row.public_id for item in found.photos]

    def sweep(self) -> None:
        """A day later, when no upload can be under way any more."""
        self.taking.scene.clock.at = datetime.now(UTC).replace(microsecond=0) + A_DAY
        upkeep.sweep(self.taking.with_)
        self.taking.make_sizes()
        photo_sweep.sweep(self.taking.with_, is_thorough=True)
        self.taking.make_sizes()

    def files(self) -> int:
        """Files of any kind where photos lie or pass through."""
        places = (self.folder / "photos", self.folder / "incoming")
        return sum(path.is_file() for place in places for path in place.rglob("*"))


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    made = Killer()
    yield made
    made.close()


@pytest.fixture
def place(tmp_path: Path, migrated: Path, killer: Killer) -> Iterator[Place]:
    shutil.copy(migrated, tmp_path / "test.sqlite")
    clock = SetClock(NOON)
    app: Flask = create_app(settings_for(tmp_path), clock)
    app.extensions["collaborators"] = replace(
        app.extensions["collaborators"], decoder=QuickDecoder()
    )
    with app.app_context():
        yield Place(tmp_path, make_photo_scene(make_scene(app, clock)), killer)
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("step", UPLOAD_STEPS)
def test_an_upload_killed_at_any_step_is_repeated_to_one_whole_photo(
    place: Place, step: str, report: Report
) -> None:
    assert place.kill_upload(step) == -signal.SIGKILL
    seen, files = len(place.visible()), place.files()
    assert seen == (step in ("committed", "queued"))
    place.sweep()
    assert len(place.visible()) == seen
    # One master with six sizes, or nothing at all.
    assert place.files() == 7 * seen
    again = place.taking.send(FILE)
    place.taking.make_sizes()
    report((step, f"{seen} seen, {files} files, {7 * seen} after the sweep"))
    assert place.visible() == [again.public_id]
    assert place.files() == 7


@pytest.mark.parametrize("step", SIZES_STEPS)
def test_sizes_killed_at_any_step_are_made_again(place: Place, step: str, report: Report) -> None:
    sent = place.taking.send(FILE)
    photo_id = place.taking.row(sent.public_id).id
    assert place.killer.run(place.folder, step, photo_id=photo_id) == -signal.SIGKILL
    assert place.visible() == [sent.public_id]
    files = place.files()
    place.sweep()
    report((step, f"{files} files, {place.files()} after the sweep"))
    assert place.taking.row(sent.public_id).state == "ready"
    assert (place.visible(), place.files()) == ([sent.public_id], 7)


def test_an_upload_killed_before_its_sizes_is_found_by_the_next_sweep(place: Place) -> None:
    """Nobody repeats it: the row alone is enough."""
    place.kill_upload("committed")
    place.sweep()
    (public_id,) = place.visible()
    assert place.taking.row(public_id).state == "ready"


@contextmanager
def full_from(size: int) -> Iterator[None]:
    """No file may grow beyond this, as on a disk with so little room."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@pytest.mark.parametrize(
    ("what", "room"),
    [("the file on its way in", 100), ("the row", 4096)],
)
def test_a_full_disk_is_said_keeps_nothing_and_harms_nothing(
    place: Place, what: str, room: int
) -> None:
    before = place.taking.send(jpeg(colour="blue"))
    assert len(FILE) < 4096
    with full_from(room), pytest.raises(PhotoRefusedError) as refused:
        place.taking.send(FILE)
    assert refused.value.fault is PhotoFault.NO_ROOM
    assert place.visible() == [before.public_id]
    place.sweep()
    assert place.files() == 7
    assert photo_sweep.verify(place.taking.with_).is_whole
    assert place.taking.send(FILE).is_new
    assert len(place.visible()) == 2
