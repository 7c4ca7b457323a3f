"""The outbox of web push: devices, deliveries, attempts, and the worker's own state."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class PushSubscription(Model):
    """Where one device receives; registered again, it moves to whoever is signed in there."""

    __tablename__ = "push_subscriptions"
    # An id is never given twice: a late answer about one device must not harm another.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    login_id: Mapped[int] = mapped_column(ForeignKey("login_records.id"), index=True)
    # The SHA-256 of the endpoint, which may be long.
    endpoint_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    endpoint: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(300))
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    # The key of ours that it was made with.
    key_id: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    # When its device last said that it still receives here.
    seen_at: Mapped[datetime]
    # Since when it cannot be sent to, because it was made with another key.
    disabled_at: Mapped[datetime | None]


class Delivery(Model):
    """One message to one subscription, carrying one or more notices of its account.

    State: pending, claimed, or settled as accepted, gone, failed, expired or superseded.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_state_due_at", "state", "due_at"),
        Index("ix_deliveries_subscription_id", "subscription_id", "state"),
        Index("ix_deliveries_account_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    # No foreign key: what became of a delivery is known longer than its device.
    subscription_id: Mapped[int]
    origin: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(12))
    # While claimed, the end of the lease: one that ran out is due again by itself.
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    # The fence: who holds the lease. Nobody else may settle.
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class DeliveryNotice(Model):
    """Which notices a delivery carries."""

    __tablename__ = "delivery_notices"

    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id"), primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True, index=True)


class DeliveryAttempt(Model):
    """One try: when, what came of it, how long it took. No endpoint, no text; kept for as many
    days as the clinic's retention says."""

    __tablename__ = "delivery_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    # No foreign key: it is removed by age alone.
    delivery_id: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    origin: Mapped[str] = mapped_column(String(300))
    outcome: Mapped[str] = mapped_column(String(16))
    status_class: Mapped[str] = mapped_column(String(8))
    milliseconds: Mapped[int]


class PushOrigin(Model):
    """What one push service told us last, so that a new process need not ask again."""

    __tablename__ = "push_origins"

    origin: Mapped[str] = mapped_column(String(300), primary_key=True)
    # Nothing is started to it before this instant.
    closed_until: Mapped[datetime | None]
    # Since when it refuses our credentials altogether.
    refused_at: Mapped[datetime | None]


class Sending(Model):
    """The state of all sending: a single row with id 1.

    `beat_at` is the worker's heartbeat; `held_at` says since when a person has to release it.
    """

    __tablename__ = "sending"

    id: Mapped[int] = mapped_column(primary_key=True)
    beat_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    # Why it is held: a name, such as clock-jump.
    held_for: Mapped[str] = mapped_column(String(20), default="")
    # When a mistake of ours last kept a delivery from being sent.
    mistake_at: Mapped[datetime | None]
