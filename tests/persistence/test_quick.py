"""A quick look sees what is committed, whatever happened to the connection that it keeps."""

import threading

import pytest
from flask import Flask
from sqlalchemy import bindparam, column, select, table

from tests.conftest import NOON
from webapp.persistence import quick
from webapp.persistence.audit import record
from webapp.persistence.database import db, writing
from webapp.persistence.quick import QuickSelect
from webapp.persistence.tables import AuditEvent

EVENTS = AuditEvent.__table__.c
LOOK = QuickSelect(select(EVENTS.at, EVENTS.action).where(EVENTS.action == bindparam("action")))
NOWHERE = QuickSelect(select(column("anything")).select_from(table("nowhere")))


def add_event() -> None:
    with writing() as writer:
        record(writer, NOON, None, "tested", ("nothing", None))


def test_a_look_sees_what_was_committed_since_the_last_one(app_on_both: Flask) -> None:
    assert LOOK.rows(action="tested") == []
    add_event()
    assert LOOK.rows(action="tested") == [(NOON, "tested")]


def test_a_look_that_failed_does_not_spoil_the_next_one(app_on_both: Flask) -> None:
    add_event()
    with pytest.raises(Exception, match="nowhere"):
        NOWHERE.rows()
    assert LOOK.rows(action="tested") == [(NOON, "tested")]


def test_a_look_follows_the_database_to_a_new_pool(app_on_both: Flask) -> None:
    assert LOOK.rows(action="tested") == []
    db.engine.dispose()
    add_event()
    assert LOOK.rows(action="tested") == [(NOON, "tested")]


def test_a_connection_does_not_end_with_its_thread(app_on_both: Flask) -> None:
    """It would be taken down where a server's thread can run no Python any more."""
    numbers: list[int] = []

    def look() -> None:
        with app_on_both.app_context():
            LOOK.rows(action="tested")
        numbers.append(threading.get_ident())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert quick._kept[numbers[0]]._connection is not None


def test_every_connection_is_closed_with_the_process_and_not_after_it(app_on_both: Flask) -> None:
    LOOK.rows(action="tested")
    quick._give_all_up()
    assert [kept._connection for kept in quick._kept.values() if kept._connection] == []
    assert LOOK.rows(action="tested") == []
