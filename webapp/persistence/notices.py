"""Storing notices: planned again, a notice is the same row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from webapp.domain.notices import ENGINE_VERSION, PlannedNotice
from webapp.persistence.tables import Course, Delivery, DeliveryNotice, Notice

PLANNED = "planned"
TOLD = "told"
SUPERSEDED = "superseded"
ACCEPTED = "accepted"
UNTOLD = {"told_at": None, "is_inbox_only": False, "read_at": None, "acknowledged_at": None}


@dataclass(frozen=True, slots=True)
class PlannedFor:
    """Whose notice it is, and what it was planned from. Instants are UTC.

    `sure_until`: from then on time alone may have made it untrue; None for never.
    """

    account_id: int
    course_id: int | None
    planned_at: datetime
    course_version: int = 0
    sure_until: datetime | None = None


class StoredNotice(NamedTuple):
    """A notice of a course as stored. `is_accepted`: a push service took a push with it."""

    id: int
    dedup_key: str
    kind: str
    session_number: int | None
    at: datetime
    due_at: datetime
    expires_at: datetime
    state: str
    content: Mapping[str, Any]
    course_version: int
    engine_version: int
    sure_until: datetime | None
    is_accepted: bool

    @property
    def may_be_planned(self) -> bool:
        """Whether it waits to be told, or may wait again: what was accepted stays told."""
        return self.state == PLANNED or (self.state == SUPERSEDED and not self.is_accepted)


def dedup_key(notice: PlannedNotice, whose: PlannedFor) -> str:
    """What makes a notice the same one: account, course, kind, session or none, instant."""
    parts = (
        whose.account_id,
        whose.course_id or "-",
        notice.kind.value,
        notice.session_number or "-",
        int(notice.at.timestamp()),
    )
    return "/".join(map(str, parts))


def of_course(writer: Session, course_id: int) -> dict[str, StoredNotice]:
    """Every notice of a course, by its key; nobody else writes them until the transaction ends."""
    is_accepted = exists().where(
        DeliveryNotice.notice_id == Notice.id,
        Delivery.id == DeliveryNotice.delivery_id,
        Delivery.state == ACCEPTED,
    )
    columns = (getattr(Notice, name) for name in StoredNotice._fields[:-1])
    rows = writer.execute(
        select(*columns, is_accepted)
        .where(Notice.course_id == course_id)
        .order_by(Notice.id)
        .with_for_update(of=Notice)
    )
    return {row.dedup_key: StoredNotice._make(row) for row in rows}


def courses_with_planned(writer: Session, kinds: Collection[str]) -> list[int]:
    """The courses that notices of these kinds are planned for."""
    planned = select(Notice.course_id).where(Notice.state == PLANNED, Notice.kind.in_(kinds))
    ids = writer.scalars(planned.distinct().order_by(Notice.course_id))
    return [id_ for id_ in ids if id_ is not None]


def is_planned_so(row: StoredNotice, notice: PlannedNotice, whose: PlannedFor) -> bool:
    """Whether a row says all that planning the notice again would write."""
    values = _values(notice, whose)
    return all(getattr(row, name) == values[name] for name in values if name != "planned_at")


def add(writer: Session, notices: Iterable[tuple[PlannedNotice, PlannedFor]]) -> None:
    """Store notices that are not there yet."""
    rows = [
        _values(notice, whose)
        | {
            "dedup_key": dedup_key(notice, whose),
            "account_id": whose.account_id,
            "course_id": whose.course_id,
            "kind": notice.kind.value,
            "session_number": notice.session_number,
            "at": notice.at,
            **UNTOLD,
        }
        for notice, whose in notices
    ]
    if rows:
        writer.execute(insert(Notice), rows)


def plan_again(writer: Session, notices: Iterable[tuple[int, PlannedNotice, PlannedFor]]) -> None:
    """Let stored notices (by id) be planned from what the course is now.

    One that was told and was untrue since is news again, to be read anew.
    """
    rows = [{"row_id": id_, **_values(notice, whose), **UNTOLD} for id_, notice, whose in notices]
    if not rows:
        return
    table = Notice.__table__
    names = [name for name in rows[0] if name != "row_id"]
    statement = (
        update(Notice.__table__)  # type: ignore[arg-type]
        .where(table.c.id == bindparam("row_id"))
        .values({name: bindparam(name) for name in names})
    )
    writer.connection().execute(statement, rows)


def _values(notice: PlannedNotice, whose: PlannedFor) -> dict[str, Any]:
    return {
        "due_at": notice.due_at,
        "expires_at": notice.expires_at,
        "state": PLANNED,
        "content": dict(notice.content or {}),
        "course_version": whose.course_version,
        "engine_version": ENGINE_VERSION,
        "sure_until": whose.sure_until,
        "planned_at": whose.planned_at,
    }


def supersede(writer: Session, ids: Sequence[int]) -> None:
    """Notices that are true no longer."""
    if ids:
        writer.execute(
            update(Notice)
            .where(Notice.id.in_(ids))
            .values(state=SUPERSEDED)
            .execution_options(synchronize_session=False)
        )


def supersede_other_courses(writer: Session, client_id: int, course_id: int) -> None:
    """What was planned for the client's earlier courses is told no more."""
    others = select(Course.id).where(Course.client_id == client_id, Course.id != course_id)
    supersede_courses(writer, others)


def supersede_courses(writer: Session, course_ids: Select[int] | Sequence[int]) -> None:
    """What was planned for these courses is told no more."""
    writer.execute(
        update(Notice)
        .where(Notice.course_id.in_(course_ids), Notice.state == PLANNED)
        .values(state=SUPERSEDED)
        .execution_options(synchronize_session=False)
    )


def remove_of_courses(writer: Session, course_ids: Select[int]) -> None:
    """Remove the notices of courses, and every delivery that carries one of them."""
    ids = select(Notice.id).where(Notice.course_id.in_(course_ids))
    carrying = select(DeliveryNotice.delivery_id).where(DeliveryNotice.notice_id.in_(ids))
    deliveries = list(writer.scalars(carrying.distinct()))
    for statement in (
        delete(DeliveryNotice).where(DeliveryNotice.delivery_id.in_(deliveries)),
        delete(Delivery).where(Delivery.id.in_(deliveries)),
        delete(Notice).where(Notice.course_id.in_(course_ids)),
    ):
        writer.execute(statement.execution_options(synchronize_session=False))
