"""The state of all sending: heartbeat, hold, and what push services told us."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from webapp.persistence.tables import PushOrigin, Sending

ONLY_ROW = 1


@dataclass(frozen=True, slots=True)
class SendingState:
    """Instants are UTC; None for never. `held_for` names why sending is held."""

    beat_at: datetime | None = None
    started_at: datetime | None = None
    held_at: datetime | None = None
    held_for: str = ""
    mistake_at: datetime | None = None


def state(reader: Session) -> SendingState:
    """How sending stands."""
    row = reader.execute(
        select(
            Sending.beat_at,
            Sending.started_at,
            Sending.held_at,
            Sending.held_for,
            Sending.mistake_at,
        ).where(Sending.id == ONLY_ROW)
    ).one_or_none()
    return SendingState() if row is None else SendingState(*row)


def note(writer: Session, **values: Any) -> None:
    """Write columns of the one row."""
    done = writer.execute(
        update(Sending)
        .where(Sending.id == ONLY_ROW)
        .values(**values)
        .returning(Sending.id)
        .execution_options(synchronize_session=False)
    )
    if done.one_or_none() is None:
        writer.execute(insert(Sending).values(id=ONLY_ROW, **{"held_for": ""} | values))


def origins(reader: Session) -> list[PushOrigin]:
    """What push services told us last."""
    return list(reader.scalars(select(PushOrigin).order_by(PushOrigin.origin)))


def note_origin(writer: Session, origin: str, values: Mapping[str, Any]) -> None:
    """Write columns of one push service."""
    done = writer.execute(
        update(PushOrigin)
        .where(PushOrigin.origin == origin)
        .values(**values)
        .returning(PushOrigin.origin)
        .execution_options(synchronize_session=False)
    )
    if done.one_or_none() is None:
        writer.execute(insert(PushOrigin).values(origin=origin, **values))


def forgive(writer: Session, accepted_by: Collection[str]) -> None:
    """Push services that took a message refuse our credentials no longer."""
    if accepted_by:
        writer.execute(
            update(PushOrigin)
            .where(PushOrigin.origin.in_(accepted_by), PushOrigin.refused_at.is_not(None))
            .values(refused_at=None)
            .execution_options(synchronize_session=False)
        )
