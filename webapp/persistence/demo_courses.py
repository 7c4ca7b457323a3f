"""Taking the demo clinic's courses away, so that they can be told anew."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from webapp.persistence import notices
from webapp.persistence.tables import (
    Course,
    CourseChange,
    Extension,
    Photo,
    PhotoRequest,
    TeachBack,
    TreatmentSession,
    Visit,
)

PARTS = (CourseChange, Extension, TeachBack, TreatmentSession, Visit)


def are_older_than(reader: Session, client_ids: list[int], at: datetime) -> bool:
    """Whether these clients have no course yet, or the first was stored before `at` (UTC)."""
    first = reader.scalar(
        select(func.min(Course.created_at)).where(Course.client_id.in_(client_ids))
    )
    return first is None or first < at


def remove_of(writer: Session, client_ids: list[int]) -> None:
    """Remove every course of these clients with all its parts; others' are left alone."""
    courses = select(Course.id).where(Course.client_id.in_(client_ids))
    notices.remove_of_courses(writer, courses)
    for kept in (Photo, PhotoRequest):
        # What is no part of a course outlives it.
        row = update(kept).where(kept.course_id.in_(courses)).values(course_id=None)
        writer.execute(row.execution_options(synchronize_session=False))
    for part in PARTS:
        writer.execute(delete(part).where(part.course_id.in_(courses)))
    writer.execute(delete(Course).where(Course.client_id.in_(client_ids)))
