"""Making a new or older database ready to serve."""

from __future__ import annotations

from sqlalchemy import func, select

from webapp.domain.people import Role
from webapp.persistence.database import migrate_to_newest, reading
from webapp.persistence.tables import Account
from webapp.services.ports import Collaborators


def prepare(with_: Collaborators) -> None:
    """Bring the tables to the newest migration and make the keys that are missing."""
    migrate_to_newest()
    with_.push_keys.ensure()


def has_owner() -> bool:
    """Whether somebody owns this clinic yet."""
    count = select(func.count()).where(Account.role == Role.OWNER)
    return bool(reading().scalar(count))


def is_new() -> bool:
    """Whether nobody at all has an account yet."""
    return not reading().scalar(select(func.count()).select_from(Account))
