"""Photos: rows that lead to bytes elsewhere, what clients agreed to, and what was asked for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class Photo(Model):
    """One photo of a client. Its row is written once its bytes are safe, and removed before them.

    State: arrived, ready, failed or missing; bin and lock stand beside it.
    """

    __tablename__ = "photos"
    __table_args__ = (
        UniqueConstraint("client_id", "original_hash"),
        Index("ix_photos_client_id", "client_id", "taken_at"),
        Index("ix_photos_course_id", "course_id"),
        Index("ix_photos_state", "state"),
        Index("ix_photos_erase_at", "erase_at"),
        # An id is never given twice: a late job about one photo must not touch another.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # What addresses hold: random, and tells nothing.
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"))
    session_number: Mapped[int | None]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("photo_requests.id"))
    zone: Mapped[str] = mapped_column(String(12))
    taken_at: Mapped[datetime]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    is_from_client: Mapped[bool] = mapped_column(default=False)
    # The SHA-256 of the file as it was sent, which is kept nowhere: sent again, it is this photo.
    original_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    # The one master: where it lies, and what it is.
    key: Mapped[str] = mapped_column(String(40), unique=True)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    state: Mapped[str] = mapped_column(String(8))
    # How often its sizes were begun.
    attempts: Mapped[int] = mapped_column(default=0)
    shared_at: Mapped[datetime | None]
    # Since when its client lets it be shown to others.
    released_at: Mapped[datetime | None]
    # Since when it waits for the artist to look at it.
    marked_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(1000), default="")
    binned_at: Mapped[datetime | None]
    # From then on the sweep removes it.
    erase_at: Mapped[datetime | None]
    # Locked because the clinic must keep it though its client withdrew the consent.
    locked_at: Mapped[datetime | None]


class PhotoVariant(Model):
    """A smaller size of a photo, in one format."""

    __tablename__ = "photo_variants"
    __table_args__ = (UniqueConstraint("photo_id", "side", "format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"))
    side: Mapped[int]
    format: Mapped[str] = mapped_column(String(4))
    key: Mapped[str] = mapped_column(String(40), unique=True)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]


class PhotoOpening(Model):
    """The owner opened a locked photo, and said why."""

    __tablename__ = "photo_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300))
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class PhotoConsent(Model):
    """A switch turned by a client, or for one at the chair. Rows are added, never changed; the
    latest of a kind holds. `photo_id`: of one photo alone, which may be gone since."""

    __tablename__ = "photo_consents"
    __table_args__ = (Index("ix_photo_consents_client_id", "client_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    kind: Mapped[str] = mapped_column(String(12))
    photo_id: Mapped[int | None]
    is_granted: Mapped[bool]
    said_at: Mapped[datetime]
    said_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class PhotoRequest(Model):
    """The clinic asks a client for a photo of the healing, by a day at the course's place."""

    __tablename__ = "photo_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"))
    zone: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(300), default="")
    due_on: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class PhotoPreference(Model):
    """How one client looks at photos; without a row the defaults hold."""

    __tablename__ = "photo_preferences"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    # Whether a picture is blurred until it is tapped.
    is_discreet: Mapped[bool] = mapped_column(default=True)


class Logo(Model):
    """The clinic's logo: the newest row holds. One file, square or not, PNG with alpha."""

    __tablename__ = "logos"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class PhotoSweep(Model):
    """When rows and objects were last compared: a single row with id 1."""

    __tablename__ = "photo_sweeps"

    id: Mapped[int] = mapped_column(primary_key=True)
    swept_at: Mapped[datetime]
    orphans: Mapped[int] = mapped_column(default=0)
    missing: Mapped[int] = mapped_column(default=0)
