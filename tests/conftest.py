"""The application for tests: a fresh database per test, copied from one migrated template."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from werkzeug.test import TestResponse

from config import Settings
from webapp import create_app
from webapp.gateways.jobs import HueyJobs
from webapp.persistence.database import db

pytest_plugins = ["tests.browser_report"]
# The same examples on every machine, and no complaint about one that is busy. For other examples:
# --hypothesis-profile=explore
hypothesis_settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("explore", deadline=None)
hypothesis_settings.load_profile("steady")
SECRET = "a-secret-for-tests-that-is-long-enough"
NOON = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # Monday noon in Dubai
MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
ROOM = 2**30


@dataclass
class SetClock:
    """A clock that stands where a test puts it."""

    at: datetime = field(default=NOON)

    def now(self) -> datetime:
        return self.at

    def advance(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


class FreshClient(FlaskClient):
    """A test client whose every request begins with nothing, as in a server.

    Flask would use the context that the `app` fixture keeps open, and with it everything that an
    earlier request left there: whoever was signed in, the moment, the language.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **kwargs)


def settings_for(folder: Path, **changes: object) -> Settings:
    values: dict[str, object] = {
        "mode": "test",
        "secret_key": SECRET,
        "data_folder": folder,
        "database_url": f"sqlite:///{folder / 'test.sqlite'}",
        "base_url": "http://localhost",
    }
    return Settings(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def memory() -> Iterator[Path]:
    """A folder in the machine's memory, where there is room: every change of a database waits for
    the disk, and no test cuts the power."""
    with TemporaryDirectory(prefix="liftday-", dir=memory_if_any()) as folder:
        yield Path(folder)


def memory_if_any() -> Path | None:
    """The machine's memory as a folder, if it has one with room enough."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if has_room else None


@pytest.fixture(scope="session")
def migrated(memory: Path) -> Path:
    """An empty database at the newest migration, made once."""
    folder = memory / "migrated"
    folder.mkdir()
    app = create_app(settings_for(folder))
    with app.app_context():
        upgrade(str(Path(app.root_path).parent / "migrations"))
        db.engine.dispose()
    return folder / "test.sqlite"


@pytest.fixture(scope="session")
def one_clock() -> SetClock:
    return SetClock()


@pytest.fixture
def clock(one_clock: SetClock) -> SetClock:
    one_clock.at = NOON
    return one_clock


@pytest.fixture(scope="session")
def one_app(memory: Path, one_clock: SetClock) -> Flask:
    """Built once: making an application and compiling its templates costs more than most tests."""
    folder = memory / "data"
    folder.mkdir()
    app = create_app(settings_for(folder), one_clock)
    app.test_client_class = FreshClient
    return app


@pytest.fixture
def app(one_app: Flask, migrated: Path, clock: SetClock) -> Iterator[Flask]:
    """The application on a fresh database file."""
    folder = one_app.extensions["settings"].data_folder
    for old in folder.glob("test.sqlite*"):
        old.unlink()
    shutil.rmtree(folder / "photos", ignore_errors=True)
    lose_jobs(one_app.extensions["collaborators"].jobs)
    shutil.copy(migrated, folder / "test.sqlite")
    with one_app.app_context():
        yield one_app
        db.session.remove()
        db.engine.dispose()


def lose_jobs(jobs: HueyJobs) -> None:
    """Let a queue that was ever used be empty."""
    if "_queue" in vars(jobs):
        jobs._queue.flush()


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of an S3 server on loopback, started once."""
    from tests.gateways.photos.s3 import s3_server  # noqa: PLC0415 (slow to import)

    with s3_server() as address:
        yield address


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """An HTTP client without a sign-in that sends what a browser sends from our own pages."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client
