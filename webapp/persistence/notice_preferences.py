"""How accounts want to be told; who never chose has no row."""

from __future__ import annotations

from datetime import time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.notices import CHOOSABLE
from webapp.domain.preferences import Preferences
from webapp.persistence.tables import Account, NoticePreference

MINUTES_AN_HOUR = 60


def of_account(reader: Session, account_id: int) -> Preferences:
    """What this account chose, or the defaults."""
    row = reader.get(NoticePreference, account_id)
    if row is None:
        return Preferences()
    return Preferences(
        row.is_discreet,
        # A kind that nobody can choose about any more is pushed again.
        frozenset(kind for kind in CHOOSABLE if kind in row.muted),
        _time_of(row.quiet_from),
        _time_of(row.quiet_until),
    )


def save(writer: Session, account_id: int, chosen: Preferences) -> None:
    """Store what this account chose; of two at once, the later one holds."""
    writer.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    row = writer.get(NoticePreference, account_id)
    values = _values_of(chosen)
    if row is None:
        writer.add(NoticePreference(account_id=account_id, **values))
        return
    for name, value in values.items():
        setattr(row, name, value)


def _values_of(chosen: Preferences) -> dict[str, Any]:
    return {
        "is_discreet": chosen.is_discreet,
        "muted": [kind.value for kind in CHOOSABLE if kind in chosen.muted],
        "quiet_from": _minutes_of(chosen.quiet_from),
        "quiet_until": _minutes_of(chosen.quiet_until),
    }


def _time_of(minutes: int) -> time:
    return time(*divmod(minutes, MINUTES_AN_HOUR))


def _minutes_of(at: time) -> int:
    return at.hour * MINUTES_AN_HOUR + at.minute
