"""A client's notices as the staff see them: what was told, what became of it, what comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.domain.notices import NoticeFacts, NoticeKind
from webapp.persistence import notice_history
from webapp.persistence.database import reading
from webapp.persistence.notice_history import DeliveryRow, HistoryRow
from webapp.services.clients import ClientFile
from webapp.services.inbox import protocol_of
from webapp.services.today import zone_of

__all__ = ["DeliveryRow"]

AHEAD_COUNT = 3


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One notice. `told_at` is None while it is planned for `due_at`. Instants are UTC."""

    facts: NoticeFacts
    due_at: datetime
    told_at: datetime | None
    is_inbox_only: bool
    read_at: datetime | None
    acknowledged_at: datetime | None
    deliveries: tuple[DeliveryRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeHistory:
    """What comes, the soonest first, and what was told, the newest first. `is_cut`: there is more
    than is shown."""

    ahead: tuple[HistoryEntry, ...]
    told: tuple[HistoryEntry, ...]
    is_cut: bool


def history_of(client: ClientFile, count: int, zone: str) -> NoticeHistory:
    """The last notices of a client; `zone` is for those without a course."""
    reader = reading()
    ahead = notice_history.planned_for(reader, client.account_id, AHEAD_COUNT)
    told = notice_history.told_to(reader, client.account_id, count + 1)
    return NoticeHistory(
        tuple(_entries(ahead, zone)), tuple(_entries(told[:count], zone)), len(told) > count
    )


def _entries(rows: Sequence[HistoryRow], zone: str) -> Iterator[HistoryEntry]:
    deliveries = notice_history.deliveries_of(reading(), [row.id for row in rows])
    for row in rows:
        facts = NoticeFacts(
            id=row.id,
            kind=NoticeKind(row.kind),
            at=row.at,
            zone=zone_of(row.zone or zone),
            session_number=row.session_number,
            content=row.content,
            protocol=protocol_of(row.protocol_id, row.protocol_version),
        )
        yield HistoryEntry(
            facts,
            row.due_at,
            row.told_at,
            row.is_inbox_only,
            row.read_at,
            row.acknowledged_at,
            tuple(deliveries[row.id]),
        )
