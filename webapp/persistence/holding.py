"""Keeping others away from rows until the transaction ends, without ever waiting for them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.persistence import sqlite
from webapp.persistence.tables import Account, Course


def free_accounts(writer: Session, ids: Collection[int]) -> list[int]:
    """Those of these accounts whose notices nobody else is telling, in the order given.

    They are held: nobody else tells them before the transaction ends.
    """
    if sqlite.is_alone(writer):
        return list(ids)
    wanted = select(Account.id).where(Account.id.in_(ids))
    free = set(writer.scalars(wanted.with_for_update(skip_locked=True, key_share=True)))
    return [id_ for id_ in ids if id_ in free]


def busy_courses(writer: Session, wanted: Select[int | None]) -> set[int | None]:
    """Those of these courses that somebody else is changing just now.

    The others are held: what they give cause for stays true until the transaction ends.
    """
    if sqlite.is_alone(writer):
        return set()
    free = select(Course.id).where(Course.id.in_(wanted))
    held = set(writer.scalars(free.with_for_update(skip_locked=True, read=True)))
    return set(writer.scalars(wanted)) - held - {None}
