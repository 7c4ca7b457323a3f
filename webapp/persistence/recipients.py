"""Whom a course's notices go to."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from webapp.domain.course import SessionStatus
from webapp.domain.people import Role
from webapp.persistence.courses import StoredCourse
from webapp.persistence.database import reading
from webapp.persistence.notices import PLANNED
from webapp.persistence.tables import Account, Client, Course, Notice, TreatmentSession


class Recipients(NamedTuple):
    """Account ids: the client's, and those of the staff who answer for the course."""

    client: int
    staff: tuple[int, ...]


def of_course(reader: Session, stored: StoredCourse) -> Recipients:
    """The client, and the artist; where no artist works here any more, everybody who treats."""
    client = account_of_client(reader, stored.client_id)
    works_here = Account.disabled_at.is_(None)
    artist = select(Account.id).where(Account.id == stored.artist_id, works_here)
    if (found := reader.scalar(artist)) is not None:
        return Recipients(client, (found,))
    return Recipients(client, all_treating(reader))


def all_treating(reader: Session) -> tuple[int, ...]:
    """The accounts of every owner and artist who works here."""
    treats = Account.role.in_([Role.OWNER, Role.ARTIST]), Account.disabled_at.is_(None)
    return tuple(reader.scalars(select(Account.id).where(*treats).order_by(Account.id)))


def account_of_client(reader: Session, client_id: int) -> int:
    """The account of a client who is here."""
    found = reader.scalar(select(Client.account_id).where(Client.id == client_id))
    assert found is not None
    return found


def newest_courses() -> list[int]:
    """The id of every client's newest course."""
    newest = select(func.max(Course.id)).group_by(Course.client_id)
    return sorted(reading().scalars(newest))


def hold_course(writer: Session, course_id: int) -> bool:
    """Keep others from changing a course until the transaction ends; False for an unknown one, and
    for one of a client whose record is restricted."""
    here = select(Client.id).join(Account, Account.id == Client.account_id)
    here = here.where(Account.disabled_at.is_(None))
    held = select(Course.id).where(Course.id == course_id, Course.client_id.in_(here))
    return writer.scalar(held.with_for_update()) is not None


def courses_to_plan(reader: Session, engine_version: int, most: int) -> list[int]:
    """Newest courses without any notice though a session is live, or with planned notices of an
    older engine."""
    newest = select(func.max(Course.id)).group_by(Course.client_id)
    is_live = exists().where(
        TreatmentSession.course_id == Course.id,
        TreatmentSession.status.in_([SessionStatus.SCHEDULED, SessionStatus.PERFORMED]),
    )
    is_missing = and_(is_live, ~exists().where(Notice.course_id == Course.id))
    is_old = exists().where(
        Notice.course_id == Course.id,
        Notice.state == PLANNED,
        Notice.engine_version != engine_version,
    )
    wanted = select(Course.id).where(Course.id.in_(newest), or_(is_missing, is_old))
    return list(reader.scalars(wanted.order_by(Course.id).limit(most)))
