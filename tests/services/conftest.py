"""What tests of services share."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.conftest import SetClock
from tests.services.photo_scene import PhotoScene, make_photo_scene
from tests.services.push_scene import PushScene, make_push_scene
from tests.services.scene import Scene, make_scene


@pytest.fixture
def scene(app: Flask, clock: SetClock) -> Scene:
    """A small clinic with a location in Dubai and two of its staff."""
    return make_scene(app, clock)


@pytest.fixture
def pushing(scene: Scene) -> PushScene:
    """The same clinic, with push services that answer as a test says."""
    return make_push_scene(scene)


@pytest.fixture
def taking(scene: Scene) -> PhotoScene:
    """The same clinic with a client of whom photos may be taken."""
    return make_photo_scene(scene)
