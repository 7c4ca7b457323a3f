"""The first view is light: it arrives in one go on a slow phone."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.personas import Personas
from tests.web.scripts import SCRIPTS, scripts_of
from webapp.services.demo_personas import PERSONAS

KEYS = [persona.key for persona in PERSONAS]
KILOBYTE = 1_024
PACKED = {"Accept-Encoding": "br"}
# In kilobytes, as they travel. One flight: what TCP sends before the first answer comes back.
HTML, STYLE, CODE, ALTOGETHER, ONE_FLIGHT, WORKER = 8, 8, 8, 25, 14, 4


def packed(phone: FlaskClient, address: str) -> int:
    """How many bytes travel for an address."""
    answer = phone.get(address, headers=PACKED)
    assert answer.status_code == 200, address
    return len(answer.data)


def linked(page: TestResponse, pattern: str) -> list[str]:
    """The addresses of the files that a page asks for."""
    found = re.findall(rf'(?:href|src)="(/(?:assets|icons)/[^"]*{pattern})"', page.text)
    assert found, pattern
    return found


def head_of(answer: TestResponse) -> int:
    """The bytes of an answer's head."""
    lines = [f"HTTP/1.1 {answer.status}", *(f"{name}: {value}" for name, value in answer.headers)]
    return sum(len(line.encode()) + len("\r\n") for line in [*lines, ""])


def loaded_by(page: TestResponse) -> list[str]:
    """The addresses of every script that this page loads by itself."""
    (main,) = linked(page, "main.js")
    folder = main.removesuffix("main.js")
    return [folder + path.relative_to(SCRIPTS).as_posix() for path in scripts_of(page.text)]


@pytest.mark.parametrize("key", KEYS)
def test_the_page_of_every_phase_is_light(personas: Personas, key: str) -> None:
    answer = personas.phone(key).get("/", headers=PACKED)
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) <= HTML * KILOBYTE
    assert len(answer.data) + head_of(answer) <= ONE_FLIGHT * KILOBYTE


def test_the_first_view_is_light_altogether(personas: Personas) -> None:
    phone = personas.phone("hands-off")
    page = phone.get("/")
    weights = {
        "html": packed(phone, "/"),
        "css": sum(packed(phone, address) for address in linked(page, ".css")),
        "js": sum(packed(phone, address) for address in loaded_by(page)),
        "icons": sum(packed(phone, address) for address in linked(page, "favicon-48.png")),
    }
    print(weights, "bytes:", sum(weights.values()))
    assert weights["css"] <= STYLE * KILOBYTE
    assert weights["js"] <= CODE * KILOBYTE
    assert sum(weights.values()) <= ALTOGETHER * KILOBYTE


def test_the_worker_beside_it_is_light(personas: Personas) -> None:
    weight = packed(personas.phone("hands-off"), "/service-worker.js")
    print("worker", weight, "bytes")
    assert weight <= WORKER * KILOBYTE


def test_what_push_needs_comes_with_a_tap(personas: Personas) -> None:
    loaded = {path.stem for path in scripts_of(personas.phone("hands-off").get("/").text)}
    assert {"main", "push-state", "sheet", "worker"} <= loaded
    assert loaded & {"turn-on", "subscription", "compare", "proof"} == set()


def test_the_first_view_asks_nobody_else(personas: Personas) -> None:
    body = personas.phone("hands-off").get("/").text
    head = body.partition("</head>")[0]
    addresses = re.findall(r'(?:href|src)="([^"]+)"', head)
    assert len(addresses) >= 4
    assert [address for address in addresses if not address.startswith("/")] == []
    assert "<img" not in body


def test_the_answer_is_in_the_page_before_any_script(personas: Personas) -> None:
    body = personas.phone("keep-dry").get("/").text
    assert '<script type="module"' in body
    assert "Until Thursday 5 March, 16:30" in body
    assert "in 3 days 4 hours" in body
