"""What must hold on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import inspect

from tests.conftest import SetClock
from webapp.domain.plan import plan_for
from webapp.persistence.database import db
from webapp.services import clients, courses, demo
from webapp.services.attempts import Source
from webapp.services.demo_personas import PERSONAS
from webapp.services.ports import Collaborators
from webapp.services.redemption import Attempt, WrongCodeError, by_code, enter

AT_ONCE = 20


def collaborators_of(app: Flask) -> Collaborators:
    found: Collaborators = app.extensions["collaborators"]
    return found


def test_the_migrations_make_the_tables_that_the_code_speaks_of(app_on_both: Flask) -> None:
    tables = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert tables == set(db.metadata.tables)


def test_an_instant_comes_back_as_it_was(app_on_both: Flask, clock: SetClock) -> None:
    with_ = collaborators_of(app_on_both)
    clock.at = datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC)
    demo.fill(with_)
    file = courses.read(1)
    assert file is not None
    assert file.created_at == clock.at


def test_the_demo_fills_and_its_plans_can_be_computed(app_on_both: Flask, clock: SetClock) -> None:
    demo.fill(collaborators_of(app_on_both))
    lines = clients.search("")
    assert len(lines) == len(PERSONAS)
    for line in lines:
        file = courses.running_of(line.id)
        assert file is not None
        assert plan_for(file.protocol, file.course, clock.at).answers_at(clock.at)


def test_a_search_knows_beginnings_accents_and_signs_that_sql_would_take_for_wildcards(
    app_on_both: Flask,
) -> None:
    demo.fill(collaborators_of(app_on_both))
    assert [line.name for line in clients.search("ros")] == ["Marta Rossi"]
    assert clients.search("%") == []
    assert clients.search("_arta") == []


def _try_code(app: Flask, code: str, tokens: list[str]) -> None:
    attempt = Attempt(by_code(code), Source(b"one browser"), "a phone")
    with app.app_context():
        try:
            tokens.append(enter(collaborators_of(app), attempt))
        except WrongCodeError:
            return


def test_of_many_who_use_one_code_at_once_exactly_one_gets_in(app_on_both: Flask) -> None:
    with_ = collaborators_of(app_on_both)
    demo.fill(with_)
    code = demo.persona_code(with_, "keep-dry").code
    tokens: list[str] = []
    tries = [
        threading.Thread(target=_try_code, args=(app_on_both, code, tokens)) for _ in range(AT_ONCE)
    ]
    for each in tries:
        each.start()
    for each in tries:
        each.join()
    assert len(tokens) == 1


def test_a_code_that_ran_out_opens_nothing(app_on_both: Flask, clock: SetClock) -> None:
    with_ = collaborators_of(app_on_both)
    demo.fill(with_)
    made = demo.persona_code(with_, "keep-dry")
    clock.at = made.expires_at
    tokens: list[str] = []
    _try_code(app_on_both, made.code, tokens)
    assert tokens == []
