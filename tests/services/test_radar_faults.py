"""Counting a question keeps nobody from the answer, on a locked database or a full disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import pytest
from sqlalchemy import func, select, text
from structlog.testing import capture_logs

from tests.asked import AMIRA, SWIM_NO
from tests.services.scene import Scene
from webapp.persistence.database import db, reading, writing
from webapp.persistence.tables import AskedQuestion, Location
from webapp.services import radar

SOON = 2.0


def counted() -> int:
    reading().rollback()
    return reading().scalar(select(func.count()).select_from(AskedQuestion)) or 0


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else writes all the while."""
    other = sqlite3.connect(db.engine.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def test_a_locked_database_costs_a_moment_and_a_line_in_the_log(scene: Scene) -> None:
    with locked(), capture_logs() as logs:
        began = perf_counter()
        radar.note_question(scene.with_, AMIRA, "swim", SWIM_NO)
        assert perf_counter() - began < SOON
    assert [(line["log_level"], line["event"], line["kind"]) for line in logs] == [
        ("warning", "a question was not counted", "OperationalError")
    ]
    assert "swim" not in str(logs)


def test_the_page_goes_on_reading_after_it_and_writing_is_as_patient_as_ever(scene: Scene) -> None:
    with locked():
        radar.note_question(scene.with_, AMIRA, "swim", SWIM_NO)
        assert reading().scalar(select(Location.name)) == "Marina"
        assert reading().scalar(text("PRAGMA busy_timeout")) == 10_000
    radar.note_question(scene.with_, AMIRA, "swim", SWIM_NO)
    assert counted() == 1


def test_a_full_disk_loses_the_count_and_nothing_else(scene: Scene) -> None:
    reading().execute(text("PRAGMA max_page_count = 1"))
    with capture_logs() as logs:
        for number in range(60):
            words = "abcdefghij"[number % 10] + "kombucha " * 8 + "abcdefghij"[number // 10]
            radar.note_question(scene.with_, AMIRA, words, [])
    assert {line["kind"] for line in logs} == {"OperationalError"}
    assert reading().scalar(select(Location.name)) == "Marina"
    assert 0 < counted() < 60


def test_a_database_without_the_table_is_no_reason_to_fail(scene: Scene) -> None:
    with writing() as writer:
        writer.execute(text("DROP TABLE asked_questions"))
    with capture_logs() as logs:
        radar.note_question(scene.with_, AMIRA, "swim", SWIM_NO)
    assert len(logs) == 1


@pytest.mark.parametrize("typed", ["\udc80 kombucha", "kombucha\x00", "k" * 1_000_000, "ⅷ" * 9, ""])
def test_whatever_is_typed_it_is_counted_or_left(scene: Scene, typed: str) -> None:
    with capture_logs() as logs:
        radar.note_question(scene.with_, AMIRA, typed, [])
    assert (logs, counted()) == ([], int("kombucha" in typed))
