"""What tests of services share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import SetClock
from tests.services.photo_scene import PhotoScene, QuickDecoder, make_photo_scene
from tests.services.push_scene import PushScene, make_push_scene
from tests.services.scene import Scene, make_scene
from webapp.gateways.photos.store import ObjectStore


@pytest.fixture
def scene(app: Flask, clock: SetClock) -> Scene:
    """A small clinic with a location in Dubai and two of its staff."""
    return make_scene(app, clock)


@pytest.fixture
def pushing(scene: Scene) -> PushScene:
    """The same clinic, with push services that answer as a test says."""
    return make_push_scene(scene)


@pytest.fixture(params=["folder", "s3"])
def anywhere(request: pytest.FixtureRequest, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Photos lie in the data folder, and once more on an S3 server. To be asked for first."""
    if request.param == "s3":
        from tests.gateways.photos import s3  # noqa: PLC0415 (slow to import)

        address = request.getfixturevalue("s3")
        s3.tell(monkeypatch, address)
        store = ObjectStore(s3.fresh_bucket(address), Path("unused"))
        with_ = replace(app.extensions["collaborators"], objects=store)
        monkeypatch.setitem(app.extensions, "collaborators", with_)


@pytest.fixture
def quickly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is really decoded. To be asked for first."""
    with_ = replace(app.extensions["collaborators"], decoder=QuickDecoder())
    monkeypatch.setitem(app.extensions, "collaborators", with_)


@pytest.fixture
def taking(scene: Scene) -> Iterator[PhotoScene]:
    """The same clinic with a client of whom photos may be taken."""
    made = make_photo_scene(scene)
    yield made
    # The queue outlives a test's database.
    made.lose_jobs()
