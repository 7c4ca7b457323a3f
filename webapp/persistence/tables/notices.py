"""Notices: what somebody is told, and how they want to be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class Notice(Model):
    """One thing to tell one account. State: planned, told (it is in the inbox) or superseded."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_state_due_at", "state", "due_at"),
        Index("ix_notices_account_id", "account_id", "state", "read_at"),
        Index("ix_notices_course_id", "course_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Account, course, kind, session or none, instant: planned again it is the same row.
    dedup_key: Mapped[str] = mapped_column(String(100), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"))
    kind: Mapped[str] = mapped_column(String(20))
    session_number: Mapped[int | None]
    # The instant it speaks of; it falls due then, or before, or when a change can be told.
    at: Mapped[datetime]
    due_at: Mapped[datetime]
    # From then on it stays in the inbox alone.
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
    # The facts that the words are made of; its shape depends on the kind.
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # What it was planned from. While these are the same and `sure_until` is ahead, it is true.
    course_version: Mapped[int]
    engine_version: Mapped[int]
    sure_until: Mapped[datetime | None]
    planned_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    # Told too late for a push, or of a kind that its reader does not want pushed.
    is_inbox_only: Mapped[bool] = mapped_column(default=False)
    read_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]


class NoticePreference(Model):
    """How one account wants to be told; without a row the defaults hold."""

    __tablename__ = "notice_preferences"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    # Whether the lock screen shows no more than that there is something to read.
    is_discreet: Mapped[bool] = mapped_column(default=True)
    # Kinds that are not pushed.
    muted: Mapped[list[Any]] = mapped_column(default=list)
    # Minutes after midnight on the phone's own clock; both alike means no quiet hours.
    quiet_from: Mapped[int] = mapped_column(default=21 * 60)
    quiet_until: Mapped[int] = mapped_column(default=8 * 60)


class ToldInPerson(Model):
    """Staff told a client, who cannot be reached by push, what lifts next."""

    __tablename__ = "told_in_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    lifts_at: Mapped[datetime]
    told_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    told_at: Mapped[datetime]
