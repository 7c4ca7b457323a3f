"""How people get in: login records of devices, one-time invitations, wrong codes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class LoginRecord(Model):
    """One signed-in device. The cookie's token is stored as its SHA-256 only."""

    __tablename__ = "login_records"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    device: Mapped[str] = mapped_column(String(80))
    # The IANA zone that this device last reported; empty until it did.
    time_zone: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    # When its holder last typed the password; None where none was typed.
    confirmed_at: Mapped[datetime | None]
    # When a second factor was shown on this login; None where none was.
    proved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Invitation(Model):
    """A one-time way in. Kind: owner, staff, reset, desk, sent or device.

    The typed code and the token behind the link or QR are stored as their SHA-256 only.
    """

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    # None only for the first owner, whose account does not exist yet.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class WrongCode(Model):
    """One wrong code or password, and what it counts for."""

    __tablename__ = "wrong_codes"
    __table_args__ = (Index("ix_wrong_codes_source", "source_hash", "tried_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Made of network (/64 or IPv4 address) and browser, of an account, of a known device or of a
    # login: opaque, but equal for equals.
    source_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    tried_at: Mapped[datetime] = mapped_column(index=True)
