"""The commands that check, tidy and hand out photos."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import SetClock
from tests.services.photo_scene import PhotoScene, jpeg, make_photo_scene
from tests.services.scene import make_scene
from webapp.persistence.database import reading
from webapp.persistence.tables import AuditEvent, Client
from webapp.services import photo_export, photo_keeping
from webapp.services.errors import NotFoundError


@pytest.fixture
def taking(app: Flask, clock: SetClock) -> Iterator[PhotoScene]:
    made = make_photo_scene(make_scene(app, clock))
    yield made
    made.lose_jobs()


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["photos", *words])
    return done.exit_code, done.output


def code(taking: PhotoScene) -> str:
    return reading().query(Client).filter_by(id=taking.client_id).one().code


def test_verify_fails_where_a_file_is_missing_or_is_not_what_it_was(
    app: Flask, taking: PhotoScene
) -> None:
    key = taking.row(taking.send().public_id).key
    whole = "1 photos, 1 files; 0 missing, 0 damaged, 0 without a row.\n"
    assert run(app, "verify") == (0, whole)
    taking.with_.objects.put(key, b"other bytes")
    taking.with_.objects.put("aa/orphan", b"nobody's")
    status, said = run(app, "verify")
    assert status == 1
    assert said.startswith(f"damaged: {key}\n1 photos, 2 files; 0 missing, 1 damaged, 1 without")


def test_prune_empties_the_bin_of_what_is_over(app: Flask, taking: PhotoScene) -> None:
    until = photo_keeping.put_in_bin(taking.with_, taking.iris, taking.send().public_id)
    assert "0 photos erased" in run(app, "prune")[1]
    taking.scene.clock.at = until
    assert "1 photos erased" in run(app, "prune")[1]
    assert taking.count() == (0, 0)


def archive(app: Flask, taking: PhotoScene, tmp_path: Path) -> zipfile.ZipFile:
    file = tmp_path / "photos.zip"
    status, said = run(app, "export", code(taking), "--to", str(file))
    assert (status, file.stat().st_mode & 0o077) == (0, 0), said
    return zipfile.ZipFile(file)


def test_export_writes_every_photo_and_what_is_known_of_it(
    app: Flask, taking: PhotoScene, tmp_path: Path
) -> None:
    first, lost = taking.send(), taking.send(jpeg(colour="blue"))
    photo_keeping.put_in_bin(taking.with_, taking.iris, first.public_id)
    taking.with_.objects.remove([taking.row(lost.public_id).key])
    with archive(app, taking, tmp_path) as found:
        told = json.loads(found.read("photos.json"))
        names = {one["photo"]: one["file"] for one in told["photos"]}
        assert names == {first.public_id: "photos/2026-03-02-crown-1.jpg", lost.public_id: None}
        assert found.testzip() is None
        assert len(found.read("photos/2026-03-02-crown-1.jpg")) == taking.row(first.public_id).size
    assert {one["kind"] for one in told["consents"]} == {"kept", "shown", "marketing"}
    assert told["client"] == code(taking)


def test_export_goes_to_the_output_and_never_over_a_file(
    app: Flask, taking: PhotoScene, tmp_path: Path
) -> None:
    done = app.test_cli_runner().invoke(args=["photos", "export", code(taking)])
    assert done.exit_code == 0, (done.stdout_bytes[:100], done.exception)
    assert zipfile.ZipFile(BytesIO(done.stdout_bytes)).namelist() == ["photos.json", "client.json"]
    file = tmp_path / "mine"
    file.write_text("precious")
    assert run(app, "export", code(taking), "--to", str(file))[0] == 1
    assert file.read_text() == "precious"
    status, said = run(app, "export", "NOBODY")
    assert (status, "No client has the code or number 'NOBODY'." in said) == (1, True)


def test_exports_are_the_owners_and_stand_in_the_audit(taking: PhotoScene) -> None:
    for by in (taking.iris, taking.scene.otto, taking.amira):
        with pytest.raises(NotFoundError):
            photo_export.export(taking.with_, by, taking.client_id, BytesIO())
    photo_export.export(taking.with_, taking.olga, taking.client_id, BytesIO())
    assert reading().query(AuditEvent).filter_by(action="photos-exported").count() == 1
