"""The inbox of an account: what it was told, and what of it was read.

A stricter notice counts as unread until it is acknowledged; reading alone does not do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select, tuple_, update
from sqlalchemy.orm import Session

from webapp.domain.notices import PROOFS, NoticeKind
from webapp.persistence.notices import TOLD
from webapp.persistence.quick import QuickSelect
from webapp.persistence.tables import Client, Course, Location, Notice

STRICTER = NoticeKind.STRICTER.value
# As many as a page could show with some left out: more make it no clearer.
MOST_UNREAD = 20
_notice, _course, _location = Notice.__table__.c, Course.__table__.c, Location.__table__.c


class InboxRow(NamedTuple):
    """A told notice with the protocol and the zone of its course; instants are UTC."""

    id: int
    kind: str
    at: datetime
    session_number: int | None
    content: dict[str, Any]
    told_at: datetime
    read_at: datetime | None
    acknowledged_at: datetime | None
    course_id: int | None
    protocol_id: str | None
    protocol_version: int | None
    zone: str | None


def is_unread() -> ColumnElement[bool]:
    """Whether a notice stands unread in an inbox; a condition on the table of notices."""
    # One by one: a list in a condition is only written out when the statement runs.
    kept = [_notice.kind != kind.value for kind in sorted(PROOFS)]
    return and_(_notice.state == TOLD, _notice.read_at.is_(None), *kept)


_ROW = (
    _notice.id,
    _notice.kind,
    _notice.at,
    _notice.session_number,
    _notice.content,
    _notice.told_at,
    _notice.read_at,
    _notice.acknowledged_at,
    _notice.course_id,
    _course.protocol_id,
    _course.protocol_version,
    _location.time_zone,
)


def _rows() -> Select[Any]:
    return (
        select(*_ROW)
        .select_from(Notice.__table__)
        .outerjoin(Course.__table__, _course.id == _notice.course_id)
        .outerjoin(Location.__table__, _location.id == _course.location_id)
        .order_by(_notice.told_at.desc(), _notice.id.desc())
    )


_unread = QuickSelect(
    _rows().where(_notice.account_id == bindparam("account_id"), is_unread()).limit(MOST_UNREAD)
)


def unread_of(account_id: int) -> list[InboxRow]:
    """The latest unread notices of an account, the newest first."""
    return [InboxRow(*row) for row in _unread.rows(account_id=account_id)]


def page_of(reader: Session, account_id: int, before: int, count: int) -> list[InboxRow]:
    """Told notices, the newest first: those told before the one with the id `before`, or the
    newest where it is 0. None for an id that is not this account's."""
    wanted = _rows().where(
        _notice.account_id == account_id,
        _notice.state == TOLD,
        _notice.kind.not_in([kind.value for kind in PROOFS]),
    )
    if before:
        told = select(_notice.told_at, _notice.id).where(
            _notice.id == before, _notice.account_id == account_id
        )
        place = tuple_(_notice.told_at, _notice.id)
        wanted = wanted.where(place < told.scalar_subquery())
    return [InboxRow(*row) for row in reader.execute(wanted.limit(count))]


def mark_read(writer: Session, account_id: int, ids: Sequence[int], at: datetime) -> bool:
    """Note that these notices were read, as far as they are this account's and no word of theirs
    has to be acknowledged. Whether that was news."""
    read = (
        update(Notice)
        .where(
            Notice.id.in_(ids),
            Notice.account_id == account_id,
            Notice.state == TOLD,
            Notice.kind != STRICTER,
            Notice.read_at.is_(None),
        )
        .values(read_at=at)
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    return bool(writer.scalars(read).all())


def told_stricter(writer: Session, account_id: int, notice_id: int) -> datetime | None:
    """When this account was told this stricter notice; None where it was not."""
    return writer.scalar(
        select(Notice.told_at).where(
            Notice.id == notice_id,
            Notice.account_id == account_id,
            Notice.state == TOLD,
            Notice.kind == STRICTER,
        )
    )


def acknowledge(writer: Session, account_id: int, until: tuple[datetime, int], at: datetime) -> int:
    """Acknowledge this account's stricter notices told up to `until` (instant, id): the newest
    says all that is still true of the older ones. Returns how many there were."""
    told_at, notice_id = until
    acknowledged = (
        update(Notice)
        .where(
            Notice.account_id == account_id,
            Notice.state == TOLD,
            Notice.kind == STRICTER,
            Notice.acknowledged_at.is_(None),
            or_(Notice.told_at < told_at, and_(Notice.told_at == told_at, Notice.id <= notice_id)),
        )
        .values(acknowledged_at=at, read_at=at)
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    return len(writer.scalars(acknowledged).all())


def raise_seen(writer: Session, account_id: int) -> None:
    """Say that this client's own pages look different from now on."""
    writer.execute(
        update(Client)
        .where(Client.account_id == account_id)
        .values(seen_version=Client.seen_version + 1)
        .execution_options(synchronize_session=False)
    )
