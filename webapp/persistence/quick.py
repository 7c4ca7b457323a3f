"""Statements asked at every request, compiled once and sent to the driver itself.

SQLAlchemy writes the SQL and converts the values, for whatever database; only the machinery that
it runs around each execution is left out. A look is a snapshot of what has been committed.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Engine, Pool, PoolProxiedConnection, Select

from webapp.persistence.database import db

Convert = Callable[[Any], Any]
Row = tuple[Any, ...]
# The SQL, its own parameters, the order of all parameters where they have no names, converters.
Prepared = tuple[str, dict[str, Any], tuple[str, ...], tuple[tuple[int, Convert], ...]]


class KeptConnection:
    """A thread's own connection for looks: to fetch one from the pool and bring it back costs as
    much as the look. Between two looks it holds no transaction and no lock."""

    def __init__(self) -> None:
        self._pool: Pool | None = None
        self._connection: PoolProxiedConnection | None = None

    def look(self, engine: Engine, sql: str, values: Any) -> Sequence[Any]:
        """All rows of one statement."""
        if self._connection is None or self._pool is not engine.pool:
            # The first look, another application, or a pool that was disposed of.
            self.give_up()
            self._connection, self._pool = engine.raw_connection(), engine.pool
        try:
            cursor = self._connection.cursor()
            cursor.execute(sql, values)
            found = cursor.fetchall()
            cursor.close()
            self._connection.rollback()
        except BaseException:
            self.give_up()
            raise
        return found

    def give_up(self) -> None:
        """Close the connection, if there is one; the next look opens another."""
        if self._connection is not None:
            connection, self._connection, self._pool = self._connection, None, None
            connection.invalidate()


# By thread, and not as its `threading.local`: what ends with a thread of the server's is taken
# down where Python can run no more, and a connection's end does: the process would end with it.
# Whichever thread has the number of one that ended takes its connection over.
_kept: dict[int, KeptConnection] = {}


@atexit.register
def _give_all_up() -> None:
    """Close them while Python still can, whatever thread they were for."""
    for kept in _kept.values():
        kept.give_up()


def _own() -> KeptConnection:
    return _kept.setdefault(threading.get_ident(), KeptConnection())


class QuickSelect:
    """A select with named parameters whose values the driver takes as they are."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._prepared = lru_cache(maxsize=4)(self._prepare)

    def rows(self, **values: Any) -> list[Row]:
        """All rows, their values converted as the columns' types say."""
        engine: Engine = db.engine
        sql, fixed, names, converters = self._prepared(engine.dialect)
        values = fixed | values
        found = _own().look(
            engine, sql, tuple([values[name] for name in names]) if names else values
        )
        return [_converted(row, converters) for row in found]

    def _prepare(self, dialect: Dialect) -> Prepared:
        compiled = self._statement.compile(dialect=dialect)
        names = tuple(compiled.positiontup or ()) if compiled.positional else ()
        converters = []
        for place, column in enumerate(self._statement.selected_columns):
            processor = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if processor is not None:
                converters.append((place, processor))
        return str(compiled), dict(compiled.params), names, tuple(converters)


def _converted(row: Any, converters: tuple[tuple[int, Convert], ...]) -> Row:
    values = list(row)
    for place, convert in converters:
        values[place] = convert(values[place])
    return tuple(values)
