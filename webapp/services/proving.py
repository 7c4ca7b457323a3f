"""Proving notices true again just before they are told or sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from webapp.domain.errors import AftercareError
from webapp.domain.notice_proof import Claim, proved
from webapp.domain.notices import ENGINE_VERSION, NoticeKind
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.persistence.courses import StoredCourse, load_where
from webapp.persistence.tables import Course
from webapp.persistence.telling import DueNotice
from webapp.protocols.loader import protocol_version

log = structlog.get_logger("notices")


def prove(
    writer: Session, notices: Sequence[DueNotice], now: datetime
) -> tuple[list[DueNotice], list[int]]:
    """The notices that are true at `now`, with what is true of them, and the ids of the others.

    One planned from what the course still is, by this engine, is true; of the rest the plan is
    computed anew.
    """
    doubtful = {n.course_id for n in notices if n.course_id and not _is_sure(n, now)}
    plans = _plans(writer, doubtful, now)
    true: list[DueNotice] = []
    untrue: list[int] = []
    for notice in notices:
        content = _still(notice, plans, now)
        if content is None:
            untrue.append(notice.id)
        else:
            true.append(notice._replace(content=content))
    return true, untrue


def _still(
    notice: DueNotice, plans: Mapping[int, AftercarePlan], now: datetime
) -> Mapping[str, Any] | None:
    """What of a notice is true; None for one that cannot be read, so that it stops no other."""
    try:
        kind = NoticeKind(notice.kind)
        if _is_sure(notice, now):
            return notice.content
        plan = plans.get(notice.course_id or 0)
        claim = Claim(kind, notice.at, notice.session_number, notice.content)
        return proved(claim, plan) if plan else None
    except (KeyError, TypeError, ValueError, AttributeError):
        log.exception("a notice cannot be read", notice=notice.id)
        return None


def _is_sure(notice: DueNotice, now: datetime) -> bool:
    if notice.course_id is None:
        return True
    is_same = notice.course_version == notice.now_version
    is_in_time = notice.sure_until is None or now < notice.sure_until
    return is_same and is_in_time and notice.engine_version == ENGINE_VERSION


def _plans(writer: Session, course_ids: Collection[int], now: datetime) -> dict[int, AftercarePlan]:
    found = load_where(writer, Course.id.in_(course_ids)) if course_ids else []
    plans = {stored.id: _plan(stored, now) for stored in found}
    return {course_id: plan for course_id, plan in plans.items() if plan}


def _plan(stored: StoredCourse, now: datetime) -> AftercarePlan | None:
    """The plan; None where what is stored contradicts itself: then nothing is announced.

    Raises ProtocolFileError: what is missing here may be brought back.
    """
    try:
        protocol = protocol_version(stored.protocol_id, stored.protocol_version)
        return plan_for(protocol, stored.state.course, now)
    except AftercareError:
        return None
