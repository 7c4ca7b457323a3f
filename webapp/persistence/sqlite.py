"""Everything that is true of SQLite only."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

WRITES = "liftday_writes"
# For how many milliseconds a transaction waits until it may write, where that is not the usual.
PATIENCE = "liftday_patience"
USUAL_PATIENCE = 10_000
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {USUAL_PATIENCE}",
)


def is_alone(writer: Session) -> bool:
    """Whether a transaction that writes has the whole database for itself, as only here."""
    return writer.get_bind().dialect.name == "sqlite"


def prepare(engine: Engine) -> None:
    """Give SQLite durable, concurrent writing; other databases are left as they are."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: Any, record: Any) -> None:
    # The driver's own transaction handling is switched off: it begins too late to lock first.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    driver: Any = connection.connection.driver_connection
    # A deferred read that turns into a write fails at once when somebody else wrote meanwhile;
    # taking the lock first waits its turn instead.
    # Said to the driver itself: this runs at every request.
    begin = "BEGIN IMMEDIATE" if options.get(WRITES) else "BEGIN"
    patience = options.get(PATIENCE)
    if patience is not None:
        driver.execute(f"PRAGMA busy_timeout = {patience}")
    try:
        driver.execute(begin)
    except sqlite3.OperationalError as error:
        # As SQLAlchemy says it of every other statement.
        raise OperationalError(begin, None, error) from error
    finally:
        if patience is not None:
            driver.execute(f"PRAGMA busy_timeout = {USUAL_PATIENCE}")
