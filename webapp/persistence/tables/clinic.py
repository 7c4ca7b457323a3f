"""The clinic, its locations and the versions of its privacy notice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class Clinic(Model):
    """The one clinic of this deployment: a single row with id 1."""

    __tablename__ = "clinic"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    accent_colour: Mapped[str] = mapped_column(String(7))
    emergency_number: Mapped[str] = mapped_column(String(20))
    whatsapp: Mapped[str] = mapped_column(String(20), default="")
    offers: Mapped[str] = mapped_column(Text, default="")
    # Kind of sign -> the clinic's own lines; an absent kind shows the protocol's.
    warning_signs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Whether the law obliges the clinic to keep photos: then a withdrawal locks them.
    must_keep_photos: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class PrivacyNotice(Model):
    """One published version of the privacy notice; the highest is the one in force."""

    __tablename__ = "privacy_notices"

    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # Whether clients who consented to an earlier version are asked again.
    asks_again: Mapped[bool] = mapped_column(default=False)


class Location(Model):
    """A place of the clinic; a course belongs to one and counts in its zone."""

    __tablename__ = "locations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    # Seven entries from Monday on: ["09:00", "18:00"], or null on a closed day.
    opening_hours: Mapped[list[Any]] = mapped_column(default=list)
    time_zone: Mapped[str] = mapped_column(String(64))
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
