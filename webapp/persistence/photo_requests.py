"""What the clinic asked clients for: a photo of the healing, by a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, aliased

from webapp.persistence.tables import Account, Client, Course, Location, PhotoRequest


class RequestRow(NamedTuple):
    """A request, with who asked and the time zone (IANA) of the place in which `due_on` counts."""

    id: int
    client_id: int
    course_id: int | None
    zone: str
    words: str
    due_on: date
    asked_at: datetime
    answered_at: datetime | None
    seen_at: datetime | None
    cancelled_at: datetime | None
    client_name: str
    asked_by: str
    time_zone: str

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.cancelled_at is None

    @property
    def may_be_answered(self) -> bool:
        """Until somebody of the clinic has seen the answer, one more photo may join it."""
        return self.seen_at is None and self.cancelled_at is None


def _rows() -> Select[*tuple[Any, ...]]:
    asker = aliased(Account)
    place = func.coalesce(Course.location_id, Client.location_id)
    columns = (getattr(PhotoRequest, name) for name in RequestRow._fields[:-3])
    return (
        select(*columns, Account.name, func.coalesce(asker.name, ""), Location.time_zone)
        .select_from(PhotoRequest)
        .join(Client, Client.id == PhotoRequest.client_id)
        .join(Account, Account.id == Client.account_id)
        .outerjoin(Course, Course.id == PhotoRequest.course_id)
        .join(Location, Location.id == place)
        .outerjoin(asker, asker.id == PhotoRequest.asked_by)
    )


def of_client(reader: Session, client_id: int) -> list[RequestRow]:
    """Everything that a client was asked for, the newest first."""
    rows = _rows().where(PhotoRequest.client_id == client_id).order_by(PhotoRequest.id.desc())
    return [RequestRow(*row) for row in reader.execute(rows)]


def by_id(reader: Session, request_id: int) -> RequestRow | None:
    row = reader.execute(_rows().where(PhotoRequest.id == request_id)).one_or_none()
    return None if row is None else RequestRow(*row)


def unseen_answers(reader: Session, location_id: int | None, most: int) -> list[RequestRow]:
    """Answered and not seen by anybody of the clinic, the oldest first."""
    is_unseen = PhotoRequest.answered_at.is_not(None) & PhotoRequest.seen_at.is_(None)
    rows = _rows().where(is_unseen, Account.disabled_at.is_(None))
    if location_id is not None:
        rows = rows.where(Location.id == location_id)
    ordered = rows.order_by(PhotoRequest.answered_at, PhotoRequest.id).limit(most)
    return [RequestRow(*row) for row in reader.execute(ordered)]


def add(writer: Session, request: PhotoRequest) -> int:
    """Store a request; returns its id."""
    writer.add(request)
    writer.flush()
    return request.id


def change(writer: Session, request_id: int, **values: object) -> None:
    """Give a request other values."""
    row = update(PhotoRequest).where(PhotoRequest.id == request_id).values(**values)
    writer.execute(row.execution_options(synchronize_session=False))
