"""The database: instants keep their meaning, writers wait their turn."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import StatementError

from webapp.persistence.audit import record
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import AuditEvent

HALF_PAST_FOUR = datetime(2026, 3, 2, 16, 30, tzinfo=timezone(timedelta(hours=4)))


def add_event(at: datetime) -> None:
    with writing() as writer:
        record(writer, at, None, "tested", ("nothing", None))


def stored_instants() -> list[datetime]:
    return list(reading().scalars(select(AuditEvent.at).order_by(AuditEvent.id)))


def test_an_instant_comes_back_in_utc(app: Flask) -> None:
    add_event(HALF_PAST_FOUR)
    assert stored_instants() == [HALF_PAST_FOUR]
    assert stored_instants()[0].tzinfo is UTC


def test_an_instant_before_1970_comes_back_unchanged(app: Flask) -> None:
    moon = datetime(1969, 7, 20, 20, 17, 40, tzinfo=UTC)
    add_event(moon)
    assert stored_instants() == [moon]


def test_a_naive_instant_is_refused_and_nothing_is_written(app: Flask) -> None:
    with pytest.raises(StatementError, match="without an offset"):
        add_event(datetime(2026, 3, 2, 16, 30))  # noqa: DTZ001
    assert stored_instants() == []


def add_event_and_fail() -> None:
    with writing() as writer:
        record(writer, HALF_PAST_FOUR, None, "tested", ("nothing", None))
        writer.execute(text("SELECT * FROM no_such_table"))


def test_a_transaction_that_fails_leaves_nothing(app: Flask) -> None:
    with pytest.raises(StatementError):
        add_event_and_fail()
    assert stored_instants() == []


def _count_up(app: Flask, times: int) -> None:
    with app.app_context():
        for _ in range(times):
            # Reading first is what turns into "locked" where the lock is taken too late.
            reading().scalar(select(func.count()).select_from(AuditEvent))
            add_event(HALF_PAST_FOUR)


def test_writers_that_read_first_wait_for_one_another(app: Flask) -> None:
    writers = [threading.Thread(target=_count_up, args=(app, 20)) for _ in range(4)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert len(stored_instants()) == 80
