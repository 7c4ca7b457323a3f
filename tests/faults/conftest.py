"""Scenes with real processes and real sockets; what they count is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.faults.rig import Building, Rig
from tests.faults.rig import rig as make_rig

Report = Callable[[object], None]


@pytest.fixture(scope="session")
def building(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Building]:
    made = Building(tmp_path_factory.mktemp("faults"))
    yield made
    made.nursery.close()


@pytest.fixture
def rig(building: Building) -> Iterator[Rig]:
    """A clinic at noon with two push services; workers are started by the test.

    Whatever a scene does, its workers never write down whom they send to, or what.
    """
    with make_rig(building) as made:
        yield made
        secrets = made.secrets()
        said = made.said()
        assert said
        assert [secret for secret in secrets if secret in said] == []


@pytest.fixture
def report(record_property: Callable[[str, object], None]) -> Report:
    """Print the figures of a scene, and keep them with the test's result."""

    def say(figures: object) -> None:
        record_property("figures", str(figures))
        print(figures)

    return say
