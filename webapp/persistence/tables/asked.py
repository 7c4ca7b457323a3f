"""What is asked of the app, and what the owner makes of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class AskedQuestion(Model):
    """Something that was asked on one day. Neither who asked is stored nor at what time."""

    __tablename__ = "asked_questions"
    __table_args__ = (
        UniqueConstraint("asked_on", "subject", "answer", "drawer"),
        Index("ix_asked_questions_asked_on", "asked_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asked_on: Mapped[date]
    # An activity, or, where nothing was found (the answer is then empty), the words themselves.
    subject: Mapped[str] = mapped_column(String(80))
    answer: Mapped[str] = mapped_column(String(8))
    # One of a few into which all accounts fall: it tells many who ask from one who asks often,
    # and leads back to nobody.
    drawer: Mapped[int]


class Synonym(Model):
    """An everyday word of the clinic's own for an activity."""

    __tablename__ = "synonyms"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(80), unique=True)
    activity: Mapped[str] = mapped_column(String(40))
    added_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]


class ProtocolNote(Model):
    """What the owner wants to remember for the next version of the protocol."""

    __tablename__ = "protocol_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(500))
    added_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
