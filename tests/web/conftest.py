"""What tests of pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import FreshClient, SetClock, settings_for
from tests.web.desk import Desk, make_desk
from tests.web.house import House, make_house
from tests.web.personas import Personas, bring_back, keep, tell_personas
from webapp import create_app
from webapp.persistence.database import db


@pytest.fixture
def house(app: Flask, clock: SetClock) -> House:
    """A clinic with its people, each of whom can be given a browser."""
    return make_house(app, clock)


@pytest.fixture
def limited_house(tmp_path: Path, migrated: Path, clock: SetClock) -> Iterator[House]:
    """The clinic where limits hold, as they do outside tests."""
    (tmp_path / "test.sqlite").write_bytes(migrated.read_bytes())
    app = create_app(settings_for(tmp_path, mode="development"), clock)
    app.test_client_class = FreshClient
    with app.app_context():
        yield make_house(app, clock)
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def desk(app: Flask, clock: SetClock) -> Desk:
    """A clinic whose artist and reception sit at their browsers, signed in."""
    return make_desk(app, clock)


@pytest.fixture
def personas(app: Flask, clock: SetClock, told: Path) -> Personas:
    """The demo clinic with its clients, one in every phase; told once and copied."""
    if told.exists():
        bring_back(app, told)
        return Personas(app, clock)
    found = tell_personas(app, clock)
    keep(app, told)
    return found


@pytest.fixture(scope="session")
def told(memory: Path) -> Path:
    """Where the database of the demo clinic is kept once it has been told."""
    return memory / "told.sqlite"
