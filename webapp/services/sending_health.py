"""Whether notices go out: for the owner, and in one word for whoever watches the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from webapp.persistence import sending, sending_health
from webapp.persistence.database import reading
from webapp.persistence.sending import SendingState
from webapp.services.ports import Collaborators

BEAT_SPAN = timedelta(seconds=60)
LATE_SPAN = timedelta(minutes=5)
SHARE_SPAN = timedelta(days=7)
GONE_SPAN = timedelta(days=30)
ACCEPTED = "accepted"
TRIED = (ACCEPTED, "gone", "failed", "expired")


class Health(StrEnum):
    """How sending stands, in the word that monitoring reads."""

    OK = "ok"
    HELD = "held"
    STOPPED = "stopped"
    LATE = "late"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PushService:
    """A push service by its host name."""

    host: str
    gone: int = 0
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SendingReport:
    """What the owner sees. Instants are UTC. `accepted` of `tried` pushes were accepted within
    seven days; `gone` and `refused` are push services with lost devices, or that refuse us."""

    health: Health
    beat_at: datetime | None
    oldest_due_at: datetime | None
    accepted: int
    tried: int
    gone: tuple[PushService, ...]
    refused: tuple[PushService, ...]
    held_at: datetime | None
    held_for: str
    mistake_at: datetime | None


def health(with_: Collaborators) -> Health:
    """How sending stands at this moment."""
    reader, now = reading(), with_.clock.now()
    return _health(reader, sending.state(reader), now)


def _health(reader: Session, state: SendingState, now: datetime) -> Health:
    if state.held_at:
        return Health.HELD
    if state.beat_at is None or now - state.beat_at > BEAT_SPAN:
        return Health.STOPPED
    oldest = sending_health.oldest_due(reader, now)
    if oldest and now - oldest > LATE_SPAN:
        return Health.LATE
    return Health.REFUSED if sending_health.refused(reader) else Health.OK


def report(with_: Collaborators) -> SendingReport:
    """Everything the owner should know about sending at this moment."""
    reader, now = reading(), with_.clock.now()
    state = sending.state(reader)
    settled = sending_health.settled_since(reader, TRIED, now - SHARE_SPAN)
    gone = sending_health.gone_since(reader, now - GONE_SPAN)
    return SendingReport(
        health=_health(reader, state, now),
        beat_at=state.beat_at,
        oldest_due_at=sending_health.oldest_due(reader, now),
        accepted=settled.get(ACCEPTED, 0),
        tried=sum(settled.values()),
        gone=tuple(PushService(host_of(row.origin), row.gone) for row in gone),
        refused=tuple(
            PushService(host_of(row.origin), refused_at=row.refused_at)
            for row in sending_health.refused(reader)
        ),
        held_at=state.held_at,
        held_for=state.held_for,
        mistake_at=state.mistake_at,
    )


def host_of(origin: str) -> str:
    """The host name of an origin; a text that is none stays as it is."""
    return urlsplit(origin).hostname or origin
