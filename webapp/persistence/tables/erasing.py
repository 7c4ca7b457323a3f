"""What is left of clients whose record was erased or restricted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class Tombstone(Model):
    """The owner decided to erase or to restrict one client. Names nobody; rows are only added."""

    __tablename__ = "tombstones"
    __table_args__ = (UniqueConstraint("client_mark", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # A SHA-256 by which the client is known again in an older backup.
    client_mark: Mapped[bytes] = mapped_column(LargeBinary(32))
    kind: Mapped[str] = mapped_column(String(12))  # erased or restricted
    reason: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
