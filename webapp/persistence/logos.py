"""The clinic's logo as stored."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.persistence.tables import Logo


def newest(reader: Session) -> Logo | None:
    return reader.scalar(select(Logo).order_by(Logo.id.desc()).limit(1))


def remove_all(writer: Session) -> list[str]:
    """Remove every logo; returns the keys of their objects."""
    return list(writer.scalars(delete(Logo).returning(Logo.key)))
