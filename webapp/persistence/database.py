"""The database behind one file: Flask-SQLAlchemy, the instant type and the write transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_migrate import Migrate, upgrade
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, Dialect, MetaData
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

from webapp.persistence import sqlite

NO_ROOM = ("is full", "disk I/O error", "No space left", "could not extend file")
MIGRATIONS = Path(__file__).parents[2] / "migrations"
NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcInstant(TypeDecorator[datetime]):
    """An instant in whole seconds since 1970, UTC; refuses a datetime without an offset.

    An integer compares and sorts alike on every database, and no driver can drop its zone.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("an instant without an offset was about to be stored")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value, UTC)


class Base(DeclarativeBase):
    """The base of all tables."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcInstant, dict[str, Any]: JSON, list[Any]: JSON},
    )


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    # Flask-SQLAlchemy makes `db.Model` at run time, where no type checker can follow.
    Model = Base
else:
    Model = db.Model
migrate = Migrate(db=db, render_as_batch=True)


def init_database(app: Flask, url: str) -> None:
    """Attach the database to the application; connects to nothing yet."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    # An error's message would repeat endpoints, names and keys to whoever reads a terminal.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}
    db.init_app(app)
    migrate.init_app(app, db)
    with app.app_context():
        sqlite.prepare(db.engine)


def migrate_to_newest() -> None:
    """Bring the tables to the newest migration; nothing to do on a database that is there."""
    upgrade(str(MIGRATIONS))


@contextmanager
def writing(patience: int | None = None) -> Iterator[Session]:
    """One write transaction: committed as a whole, or rolled back as a whole.

    Whatever was read before it in this request is forgotten, because a transaction that began
    by reading must not be turned into a writing one: the other writer would win at once. Where the
    database has one writer only, `patience` says for how many milliseconds another is waited for.
    """
    current: Session = db.session()
    current.rollback()
    try:
        current.connection(execution_options={sqlite.WRITES: True, sqlite.PATIENCE: patience})
        yield current
        current.commit()
    except BaseException:
        current.rollback()
        raise


def is_full(error: OperationalError) -> bool:
    """Whether a database could not write because its disk has no room."""
    return any(words in str(error.orig) for words in NO_ROOM)


def reading() -> Session:
    """The request's session for reading."""
    return db.session()
