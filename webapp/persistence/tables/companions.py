"""What goes along with a course: the feed of its dates, the card for others, what the client has
prepared, and what went wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class CalendarFeed(Model):
    """An address from which one client's calendar reads the dates, until it is revoked."""

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class HairdresserCard(Model):
    """An address that shows one client's rules and dates, and nothing else, until it expires."""

    __tablename__ = "hairdresser_cards"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class PreparationTick(Model):
    """A line of the checklist before a session that the client has ticked."""

    __tablename__ = "preparation_ticks"
    __table_args__ = (UniqueConstraint("course_id", "session_number", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    session_number: Mapped[int]
    item: Mapped[str] = mapped_column(String(40))
    ticked_at: Mapped[datetime]


class Slip(Model):
    """Something that happened to a client too early. It changes no rule; the artist reads of it."""

    __tablename__ = "slips"
    __table_args__ = (Index("ix_slips_seen_at", "seen_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    happened_at: Mapped[datetime]
    told_at: Mapped[datetime]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    seen_at: Mapped[datetime | None]
