"""What clients agree to concerning photos: every word of theirs is added, the latest holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain.photos import ConsentKind
from webapp.persistence.tables import Account, PhotoConsent


class ConsentRow(NamedTuple):
    """One turn of a switch. `said_by` is a name; `photo_id` is None unless it is about one."""

    kind: str
    photo_id: int | None
    is_granted: bool
    said_at: datetime
    said_by: str


def standing(reader: Session, client_ids: Collection[int]) -> Mapping[int, frozenset[ConsentKind]]:
    """What each of these clients agrees to at present."""
    latest = (
        select(func.max(PhotoConsent.id))
        .where(PhotoConsent.client_id.in_(client_ids), PhotoConsent.photo_id.is_(None))
        .group_by(PhotoConsent.client_id, PhotoConsent.kind)
    )
    rows = select(PhotoConsent.client_id, PhotoConsent.kind).where(
        PhotoConsent.id.in_(latest), PhotoConsent.is_granted
    )
    agreed: dict[int, set[ConsentKind]] = {client_id: set() for client_id in client_ids}
    for client_id, kind in reader.execute(rows):
        agreed[client_id].add(ConsentKind(kind))
    return {client_id: frozenset(kinds) for client_id, kinds in agreed.items()}


def add(writer: Session, consent: PhotoConsent) -> int:
    """Store one turn of a switch; returns its id."""
    writer.add(consent)
    writer.flush()
    return consent.id


def history(reader: Session, client_id: int) -> list[ConsentRow]:
    """Everything that a client has said, the latest first."""
    rows = (
        select(
            PhotoConsent.kind,
            PhotoConsent.photo_id,
            PhotoConsent.is_granted,
            PhotoConsent.said_at,
            func.coalesce(Account.name, ""),
        )
        .outerjoin(Account, Account.id == PhotoConsent.said_by)
        .where(PhotoConsent.client_id == client_id)
        .order_by(PhotoConsent.id.desc())
    )
    return [ConsentRow(*row) for row in reader.execute(rows)]
