"""Courses and what belongs to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class Course(Model):
    """A client's series of treatment sessions under one protocol version."""

    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    artist_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str] = mapped_column(String(12))  # regular or touch-up
    protocol_id: Mapped[str] = mapped_column(String(40))
    protocol_version: Mapped[int]
    planned_sessions: Mapped[int]
    is_last_confirmed: Mapped[bool] = mapped_column(default=False)
    # Raised by every change; a form that carries an older one is refused.
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class TreatmentSession(Model):
    """A treatment session of a course, in whatever state."""

    __tablename__ = "treatment_sessions"
    __table_args__ = (
        Index("ix_treatment_sessions_status_starts_at", "status", "starts_at"),
        Index("ix_treatment_sessions_course_id", "course_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    starts_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Visit(Model):
    """A consultation or follow-up: a date for people, which the engine never sees."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))  # consultation or follow-up
    status: Mapped[str] = mapped_column(String(12))  # scheduled, held, cancelled or missed
    starts_at: Mapped[datetime]


class Extension(Model):
    """Days by which one client waits longer with one activity, and why."""

    __tablename__ = "extensions"
    __table_args__ = (UniqueConstraint("course_id", "activity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    activity: Mapped[str] = mapped_column(String(40))
    days: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))


class CourseChange(Model):
    """One change of a course: who, when, what, and the state before it, for the undo."""

    __tablename__ = "course_changes"
    __table_args__ = (UniqueConstraint("course_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    # The course's version that this change made.
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]
    # Why, where the change needs a reason: a stopped course, an extension.
    reason: Mapped[str] = mapped_column(String(500), default="")
    before: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]


class TeachBack(Model):
    """What the client answered, at the chair, to the one question that matters most."""

    __tablename__ = "teach_backs"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    session_number: Mapped[int]
    is_right: Mapped[bool]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime]
