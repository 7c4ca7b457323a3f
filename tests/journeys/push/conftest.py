"""Phones that real pushes reach, and the push service that reaches them.

Browsers and push service run once for all tests of a process; each test begins with a fresh phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.gateways.push.certificate import make_certificate
from tests.journeys.push.chromium import Chromium
from tests.journeys.push.clinic import Clinic
from tests.journeys.push.firefox import Firefox
from tests.journeys.push.firefox_process import FirefoxProcess
from tests.journeys.push.phones import PushPhone
from tests.journeys.push.push_service import NAMES, PushService
from tests.journeys.push.tiny_site import tiny_site


@pytest.fixture(scope="session")
def running_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PushService]:
    certificate = make_certificate(tmp_path_factory.mktemp("push-service"), NAMES)
    with PushService(certificate) as service:
        yield service


@pytest.fixture
def push_service(running_service: PushService) -> Iterator[PushService]:
    """The push services of Mozilla and Google, with nothing received yet."""
    yield running_service
    running_service.tidy()


@pytest.fixture(scope="session")
def running_firefox(
    running_service: PushService, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Firefox]:
    folder = tmp_path_factory.mktemp("firefox")
    firefox = Firefox(FirefoxProcess(folder, running_service.firefox_address))
    yield firefox
    firefox.close()


@pytest.fixture(scope="session")
def running_chromium(
    playwright: Playwright, running_service: PushService, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Chromium]:
    folder = tmp_path_factory.mktemp("chromium")
    chromium = Chromium(playwright.chromium, folder, running_service)
    yield chromium
    chromium.close()


@pytest.fixture
def firefox(push_service: PushService, running_firefox: Firefox) -> Iterator[Firefox]:
    """A phone with Firefox."""
    yield running_firefox
    running_firefox.tidy()


@pytest.fixture
def chromium_phone(push_service: PushService, running_chromium: Chromium) -> Iterator[Chromium]:
    """A phone with Chromium."""
    yield running_chromium
    running_chromium.tidy()


# For a whole session, so that pytest puts together what one browser is needed for.
@pytest.fixture(scope="session", params=["firefox", "chromium_phone"])
def which_phone(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def push_phone(request: pytest.FixtureRequest, which_phone: str) -> PushPhone:
    """A phone, once with Firefox and once with Chromium."""
    phone: PushPhone = request.getfixturevalue(which_phone)
    return phone


@pytest.fixture
def clinic(tmp_path: Path, push_service: PushService) -> Iterator[Clinic]:
    clinic = Clinic(tmp_path / "vapid", push_service)
    yield clinic
    clinic.sender.close()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a tiny site."""
    with tiny_site() as address:
        yield address
