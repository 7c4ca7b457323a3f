"""Writing the audit: one call inside the transaction of the thing it records."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.persistence.tables import AuditEvent


def record(
    transaction: Session,
    at: datetime,
    actor_id: int | None,
    action: str,
    about: tuple[str, int | None],
) -> None:
    """Add one event: `about` is (kind of thing, its id). Opaque ids only, never a name or text."""
    subject, subject_id = about
    transaction.add(
        AuditEvent(at=at, actor_id=actor_id, action=action, subject=subject, subject_id=subject_id)
    )
