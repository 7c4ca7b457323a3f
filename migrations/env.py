"""Alembic's environment: one database, in a transaction, SQLite's tables rebuilt when altered."""

from alembic import context
from flask import current_app

from webapp.persistence import tables  # noqa: F401  (fills the metadata)
from webapp.persistence.database import db


def migrate() -> None:
    """Run the migrations on the application's own database."""
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


migrate()
