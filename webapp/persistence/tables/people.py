"""Accounts of staff and clients, and what clients consented to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class Account(Model):
    """Somebody who may sign in. Role: owner, artist, reception or client."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class Client(Model):
    """What the clinic knows of a client beside the account."""

    __tablename__ = "clients"
    __table_args__ = (
        Index("ix_clients_search_name", "search_name"),
        Index("ix_clients_phone", "phone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), unique=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    # A short number for the desk, such as K7M2Q; it opens nothing.
    code: Mapped[str] = mapped_column(String(8), unique=True)
    # The name folded for prefix search: lower case, without accents.
    search_name: Mapped[str] = mapped_column(String(400))
    phone: Mapped[str] = mapped_column(String(20), default="")  # E.164
    note: Mapped[str] = mapped_column(String(2000), default="")
    version: Mapped[int] = mapped_column(default=1)
    # Raised by whatever changes what the client sees beside the course and the clinic.
    seen_version: Mapped[int] = mapped_column(default=1)


class Consent(Model):
    """A client's explicit consent to one version of the privacy notice; rows are never changed
    but for the withdrawal."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    notice_version: Mapped[int] = mapped_column(ForeignKey("privacy_notices.version"))
    consented_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
