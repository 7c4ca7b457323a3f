"""How clients look at photos."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.persistence.tables import Account, PhotoPreference


def is_discreet(reader: Session, account_id: int) -> bool:
    """Whether pictures are blurred until they are tapped; so they are until somebody says no."""
    row = reader.get(PhotoPreference, account_id)
    return row is None or row.is_discreet


def store(writer: Session, account_id: int, is_discreet: bool) -> None:
    """Store what this account chose; of two at once, the later one holds."""
    writer.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    writer.merge(PhotoPreference(account_id=account_id, is_discreet=is_discreet))
