"""`flask demo code`: how a developer gets into the demo clinic."""

import re
from pathlib import Path

from flask import Flask

from tests.conftest import SetClock, settings_for
from webapp import create_app
from webapp.services import demo, second_factors
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


def test_the_app_of_a_demo_colleague_shows_a_code_that_works_once(app: Flask) -> None:
    with_ = app.extensions["collaborators"]
    artist = demo.fill(with_)[1]
    said = app.test_cli_runner().invoke(args=["demo", "factor", "artist"])
    code = re.search(r"^(\d{3}) (\d{3}) ", said.output)
    assert code is not None, said.output
    again = app.test_cli_runner().invoke(args=["demo", "factor", "artist"])
    assert again.output == said.output
    browser = app.test_client()
    browser.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    data = {"email": artist.email, "password": artist.password}
    assert browser.post("/sign-in/staff", data=data).location == "/sign-in/staff/second"
    typed = {"code": code[1] + code[2]}
    assert browser.post("/sign-in/staff/second", data=typed).location == "/staff"


def test_there_is_no_second_factor_without_a_demo(app: Flask) -> None:
    said = app.test_cli_runner().invoke(args=["demo", "factor", "owner"])
    assert said.exit_code == 1
    assert "start ./dev run once" in said.output


def test_at_the_terminal_an_owner_s_second_factor_is_taken_away(app: Flask) -> None:
    demo.fill(app.extensions["collaborators"])
    run = app.test_cli_runner().invoke
    run(args=["demo", "factor", "owner"])
    assert len(second_factors.holders()) == 1
    assert "No owner" in run(args=["owner", "reset-factors", "artist@demo.example"]).output
    assert "Taken away" in run(args=["owner", "reset-factors", "owner@demo.example"]).output
    assert second_factors.holders() == set()
