"""The clinic's own words for activities."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.domain import synonyms
from webapp.persistence import tables
from webapp.persistence.quick import QuickSelect

_own = tables.Synonym.__table__.c
_every = QuickSelect(select(_own.words, _own.activity).order_by(_own.id))


class KeptSynonym(NamedTuple):
    """A synonym with the id by which it can be removed."""

    id: int
    words: str
    activity: str


def every() -> tuple[synonyms.Synonym, ...]:
    """All of them, the oldest first, as they have been committed; asked at every question."""
    return tuple(synonyms.Synonym(*row) for row in _every.rows())


def listed(reader: Session) -> list[KeptSynonym]:
    """All of them by their words, with their ids."""
    rows = reader.execute(select(_own.id, _own.words, _own.activity).order_by(_own.words))
    return [KeptSynonym(*row) for row in rows]


def add(writer: Session, synonym: synonyms.Synonym, by: int, at: datetime) -> int:
    """Keep one; returns its id. Raises IntegrityError where its words are there already."""
    row = tables.Synonym(**synonym._asdict(), added_by=by, added_at=at)
    writer.add(row)
    writer.flush()
    return row.id


def remove(writer: Session, synonym_id: int) -> bool:
    """Whether it was there to be removed."""
    gone = delete(tables.Synonym).where(_own.id == synonym_id).returning(_own.id)
    return writer.scalar(gone) is not None
