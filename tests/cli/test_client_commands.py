"""The commands that end a client's record, and do it again after a restore."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import SetClock
from tests.services.photo_scene import PhotoScene, make_photo_scene
from tests.services.scene import make_scene
from webapp.persistence.database import db, reading
from webapp.persistence.tables import Account, Client, Tombstone
from webapp.services import clients

WHY = "The client asked for it"


@pytest.fixture
def taking(app: Flask, clock: SetClock) -> Iterator[PhotoScene]:
    made = make_photo_scene(make_scene(app, clock))
    yield made
    made.lose_jobs()


@pytest.fixture(autouse=True)
def no_tombstones(app: Flask) -> None:
    data_file(app, "tombstones.jsonl").unlink(missing_ok=True)


def data_file(app: Flask, name: str) -> Path:
    folder: Path = app.extensions["settings"].data_folder
    return folder / name


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["clients", *words])
    return done.exit_code, done.output


def code(taking: PhotoScene) -> str:
    reading().rollback()
    return reading().query(Client).filter_by(id=taking.client_id).one().code


def names() -> list[str]:
    reading().rollback()
    return [row.name for row in reading().query(Account).filter_by(role="client")]


def copied(app: Flask, to: Path) -> Path:
    """A copy of the database as it is."""
    db.session.remove()
    with (
        closing(sqlite3.connect(data_file(app, "test.sqlite"))) as now,
        closing(sqlite3.connect(to)) as then,
    ):
        now.backup(then)
    return to


def put_back(app: Flask, copy: Path) -> None:
    """The older copy stands in the database's place."""
    db.session.remove()
    db.engine.dispose()
    for old in data_file(app, "").glob("test.sqlite*"):
        old.unlink()
    shutil.copy(copy, data_file(app, "test.sqlite"))


def test_a_client_is_erased_with_a_reason(app: Flask, taking: PhotoScene) -> None:
    named = code(taking)
    assert run(app, "erase", named, "--reason", "no", "--yes")[0] == 1
    assert run(app, "erase", named, "--reason", WHY)[0] == 1
    assert names() == ["Amira Saleh"]
    assert run(app, "erase", named, "--reason", WHY, "--yes") == (0, "Erased.\n")
    assert names() == [""]
    status, said = run(app, "erase", named, "--reason", WHY, "--yes")
    assert (status, f"No client has the code or number '{named}'" in said) == (1, True)


def test_after_an_older_copy_is_put_back_the_erased_are_erased_again(
    app: Flask, taking: PhotoScene, tmp_path: Path
) -> None:
    taking.send()
    older = copied(app, tmp_path / "older.sqlite")
    run(app, "erase", code(taking), "--reason", WHY, "--yes")
    put_back(app, older)
    assert (names(), taking.count()) == (["Amira Saleh"], (1, 0))
    said = "1 decisions known; 1 clients erased again, 0 restricted again.\n"
    assert run(app, "reapply-tombstones") == (0, said)
    assert (names(), taking.count()) == ([""], (0, 0))
    assert [row.reason for row in reading().query(Tombstone)] == [WHY]
    said = "1 decisions known; 0 clients erased again, 0 restricted again.\n"
    assert run(app, "reapply-tombstones") == (0, said)


def test_after_an_older_copy_is_put_back_the_restricted_are_restricted_again(
    app: Flask, taking: PhotoScene, tmp_path: Path
) -> None:
    older = copied(app, tmp_path / "older.sqlite")
    assert run(app, "restrict", code(taking), "--reason", WHY) == (0, "Restricted.\n")
    put_back(app, older)
    assert clients.read(taking.client_id) is not None
    assert "0 clients erased again, 1 restricted again" in run(app, "reapply-tombstones")[1]
    reading().rollback()
    assert clients.read(taking.client_id) is None


def test_a_copy_from_before_the_client_was_known_gives_the_id_to_somebody_else(
    app: Flask, taking: PhotoScene, tmp_path: Path
) -> None:
    older = copied(app, tmp_path / "older.sqlite")
    late = taking.scene.add_client("Late Comer")
    run(app, "erase", str(late), "--reason", WHY, "--yes")
    put_back(app, older)
    assert taking.scene.add_client("Another One") == late
    assert "1 decisions known; 0 clients erased" in run(app, "reapply-tombstones")[1]
    assert names() == ["Amira Saleh", "Another One"]


def test_a_line_lost_with_the_machine_is_written_again(app: Flask, taking: PhotoScene) -> None:
    run(app, "erase", code(taking), "--reason", WHY, "--yes")
    file = data_file(app, "tombstones.jsonl")
    whole = file.read_text()
    file.write_text(whole[:20])
    run(app, "reapply-tombstones")
    assert file.read_text() == f"{whole[:20]}\n{whole}"
