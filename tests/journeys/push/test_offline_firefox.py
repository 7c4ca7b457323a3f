"""Firefox, too, has a client's pages with it when the server is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.conftest import PATIENCE
from tests.journeys.looks import token_of
from tests.journeys.offline_phone import AGE, ALONE, COPY, KEPT
from tests.journeys.push.firefox import Firefox
from tests.journeys.served import Served, serve
from webapp.services.demo_personas import DUBAI, PERSONAS

SOON_SPAN = timedelta(seconds=12)
SWITCH = "return document.querySelector('.answer-state time[datetime]').getAttribute('datetime')"
PERSONA = next(one for one in PERSONAS if one.key == "keep-dry")


PAGES = {
    "/": "Not yet",
    "/can-i": "sauna",
    "/dates": "Session 1",
    "/something-is-wrong": "Call the clinic",
}


@pytest.fixture
def clinic(memory: Path) -> Iterator[Served]:
    """A demo clinic of this journey alone: it stops it."""
    served = serve(memory / "offline-firefox", is_demo=True)
    yield served
    served.stop()


def let_a_lift_pass(firefox: Firefox, clinic: Served) -> None:
    """Time passes on this phone until shortly before its answer turns, and then by itself."""
    firefox.open(clinic.url)
    turns_at = datetime.fromisoformat(firefox.script(SWITCH))
    span = turns_at - clinic.now() - SOON_SPAN
    firefox.script(f"return await ({AGE})(...given)", span / timedelta(milliseconds=1))
    firefox.open(clinic.url)
    assert "Not yet" in firefox.text(".answer-state")
    firefox.wait_until(lambda: "Water only" in firefox.text(".answer-state"), "the answer turned")


def test_a_firefox_shows_the_copy_while_the_server_is_away_and_the_truth_once_it_is_back(
    firefox: Firefox, clinic: Served
) -> None:
    firefox.add_cookie("liftday", token_of(clinic, PERSONA, DUBAI), clinic.url)
    firefox.open(clinic.url)
    firefox.script(f"return await ({KEPT})(given)", [COPY, ALONE], 2 * PATIENCE)
    clinic.stop()
    for path, words in PAGES.items():
        firefox.open(clinic.url + path)
        assert words in firefox.text("main")
        assert "dates may have changed" in firefox.text("[data-offline]")
    let_a_lift_pass(firefox, clinic)
    clinic.start()
    firefox.open(clinic.url)
    assert "dates may have changed" not in firefox.text("main")
