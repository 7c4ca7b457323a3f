"""What the owner wants to remember for the next version of the protocol."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.persistence.tables import ProtocolNote

_note = ProtocolNote.__table__.c


class OpenNote(NamedTuple):
    """A note that is not done yet. `added_at` is UTC."""

    id: int
    words: str
    added_at: datetime


def still_open(reader: Session) -> list[OpenNote]:
    """The notes that are not done, the newest first."""
    rows = select(_note.id, _note.words, _note.added_at).where(_note.done_at.is_(None))
    return [OpenNote(*row) for row in reader.execute(rows.order_by(_note.id.desc()))]


def add(writer: Session, words: str, by: int, at: datetime) -> int:
    """Keep a note; returns its id."""
    row = ProtocolNote(words=words, added_by=by, added_at=at)
    writer.add(row)
    writer.flush()
    return row.id


def mark_done(writer: Session, note_id: int, at: datetime) -> bool:
    """Whether it was there and open."""
    done = update(ProtocolNote).where(_note.id == note_id, _note.done_at.is_(None))
    return writer.scalar(done.values(done_at=at).returning(_note.id)) is not None


def reopen(writer: Session, note_id: int) -> bool:
    """Whether it was there and done."""
    opened = update(ProtocolNote).where(_note.id == note_id, _note.done_at.is_not(None))
    return writer.scalar(opened.values(done_at=None).returning(_note.id)) is not None
