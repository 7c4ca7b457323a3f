"""`flask demo code`: how a developer gets into the demo clinic."""

import re
from pathlib import Path

from flask import Flask

from tests.conftest import SetClock, settings_for
from webapp import create_app
from webapp.services import demo
from webapp.services.demo_personas import PERSONAS


def test_without_a_name_the_personas_are_listed(app: Flask) -> None:
    said = app.test_cli_runner().invoke(args=["demo", "code"])
    assert said.exit_code == 0
    assert [line.split()[0] for line in said.output.splitlines()] == [p.key for p in PERSONAS]


def test_a_persona_has_a_code_and_a_link(app: Flask) -> None:
    demo.fill(app.extensions["collaborators"])
    said = app.test_cli_runner().invoke(args=["demo", "code", "keep-dry"])
    assert re.search(r"^[A-Z2-9]{4} [A-Z2-9]{4} ", said.output)
    assert "http://localhost/join#t=" in said.output


def test_an_unknown_name_is_answered_kindly(app: Flask) -> None:
    said = app.test_cli_runner().invoke(args=["demo", "code", "nobody"])
    assert said.exit_code == 1
    assert "no client 'nobody'" in said.output


def test_production_has_no_demo_clients(tmp_path: Path, clock: SetClock) -> None:
    production = create_app(
        settings_for(tmp_path, mode="production", base_url="https://care.clinic.bg"), clock
    )
    said = production.test_cli_runner().invoke(args=["demo", "code", "keep-dry"])
    assert said.exit_code == 1
    assert "production" in said.output
