"""The stored notices of a course, and what a worker would have made of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from tests.services.scene import DUBAI, Scene
from webapp.persistence.database import db, writing
from webapp.persistence.tables import Client, Course, Delivery, DeliveryNotice, Notice
from webapp.services import courses
from webapp.services.courses import ChangeCard

Line = tuple[str, int | None, str]


def local(at: datetime) -> str:
    """Dubai's wall clock in 2026, such as "03-02 16:30" or, after an undo has passed, "…:13"."""
    wall = at.astimezone(DUBAI)
    year = "" if wall.year == 2026 else f"{wall.year}-"
    return year + wall.strftime("%m-%d %H:%M:%S").removesuffix(":00")


def stored(course_id: int) -> list[tuple[Any, ...]]:
    """Every column of every notice of a course."""
    db.session.rollback()
    table = Notice.__table__
    rows = db.session.execute(
        select(table).where(table.c.course_id == course_id).order_by(table.c.id)
    )
    return [tuple(row) for row in rows]


def notices_of(course_id: int, kind: str = "", state: str = "") -> list[Notice]:
    """The notices of a course, in order of due; of one kind, in one state."""
    db.session.rollback()
    wanted = select(Notice).where(Notice.course_id == course_id)
    if kind:
        wanted = wanted.where(Notice.kind == kind)
    if state:
        wanted = wanted.where(Notice.state == state)
    return list(db.session.scalars(wanted.order_by(Notice.due_at, Notice.kind, Notice.id)))


def lines(course_id: int, kind: str = "", state: str = "planned") -> list[Line]:
    """Kind, session and due instant of notices, in order of due."""
    found = notices_of(course_id, kind, state)
    return [(n.kind, n.session_number, local(n.due_at)) for n in found]


def one(course_id: int, kind: str, state: str = "planned") -> Notice:
    """The only notice of a kind in a state."""
    [found] = notices_of(course_id, kind, state)
    return found


def client_account(course_id: int) -> int:
    found = db.session.scalar(
        select(Client.account_id)
        .join(Course, Course.client_id == Client.id)
        .where(Course.id == course_id)
    )
    assert found is not None
    return found


def is_inbox_only(notice: Notice) -> bool:
    """Whether its time to be pushed is over when it falls due."""
    return notice.expires_at <= notice.due_at


def tell_due(scene: Scene) -> None:
    """What is due by now has been told."""
    with writing() as writer:
        writer.execute(
            update(Notice)
            .where(Notice.state == "planned", Notice.due_at <= scene.clock.at)
            .values(state="told", told_at=scene.clock.at)
        )


def undo(scene: Scene, change: ChangeCard) -> None:
    """Whoever made a change takes it back in time."""
    assert courses.undo(scene.with_, scene.iris, change.id)


def deliver(scene: Scene, notice: Notice, state: str) -> None:
    """A delivery that carries a notice, settled with this state."""
    with writing() as writer:
        delivery = Delivery(
            account_id=notice.account_id,
            subscription_id=1,
            origin="https://push.example",
            state=state,
            due_at=scene.clock.at,
            expires_at=scene.clock.at,
            created_at=scene.clock.at,
        )
        writer.add(delivery)
        writer.flush()
        writer.add(DeliveryNotice(delivery_id=delivery.id, notice_id=notice.id))


def lose(course_id: int) -> None:
    """The table lost the notices of a course."""
    with writing() as writer:
        writer.execute(delete(Notice).where(Notice.course_id == course_id))
