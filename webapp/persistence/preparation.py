"""What clients have ticked before their sessions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.persistence.recipients import hold_course
from webapp.persistence.tables import Course, PreparationTick


def ticked(reader: Session, course_id: int) -> Mapping[int, frozenset[str]]:
    """The lines that are ticked, by the number of the session."""
    rows = reader.execute(
        select(PreparationTick.session_number, PreparationTick.item).where(
            PreparationTick.course_id == course_id
        )
    ).all()
    return {
        number: frozenset(item for of, item in rows if of == number)
        for number in {number for number, _item in rows}
    }


def hold_newest_course(writer: Session, client_id: int) -> int:
    """The id of the client's newest course, which nobody else changes until the transaction ends;
    0 where there is none."""
    newest = writer.scalar(select(func.max(Course.id)).where(Course.client_id == client_id)) or 0
    return newest if hold_course(writer, newest) else 0


def tick(writer: Session, course_id: int, number: int, item: str, at: datetime) -> None:
    """Tick a line; nothing happens where it is ticked. The caller holds the course."""
    if item in ticked(writer, course_id).get(number, ()):
        return
    row = PreparationTick(course_id=course_id, session_number=number, item=item, ticked_at=at)
    writer.add(row)


def untick(writer: Session, course_id: int, number: int, item: str) -> None:
    """Take a tick away, where there is one."""
    writer.execute(
        delete(PreparationTick).where(
            PreparationTick.course_id == course_id,
            PreparationTick.session_number == number,
            PreparationTick.item == item,
        )
    )


def forget(writer: Session, course_id: int, numbers: Collection[int]) -> None:
    """Take away every tick before these sessions."""
    if not numbers:
        return
    writer.execute(
        delete(PreparationTick)
        .where(
            PreparationTick.course_id == course_id,
            PreparationTick.session_number.in_(numbers),
        )
        .execution_options(synchronize_session=False)
    )
