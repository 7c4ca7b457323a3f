"""What the demo's clients were told before now: the beginning of aftercare, lifts, a change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webapp.domain.course import Course
from webapp.domain.notices import NoticeKind, PlannedNotice
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.domain.protocol import Protocol
from webapp.persistence import demo_notices
from webapp.persistence.notices import PlannedFor

# What is older has been read, so that an inbox shows both.
UNREAD_SPAN = timedelta(hours=26)
CHANGED_SPAN = timedelta(hours=2)
USEFUL_SPAN = timedelta(days=3)


def tell_past(
    writer: Session, whose: tuple[int, int], of: tuple[Protocol, Course], now: datetime
) -> None:
    """Fill an inbox as the worker would have. `whose`: the ids of account and course."""
    account_id, course_id = whose
    planned_for = PlannedFor(account_id=account_id, course_id=course_id, planned_at=now)
    demo_notices.tell(writer, list(_past(*of, now)), planned_for, now - UNREAD_SPAN)


def _past(protocol: Protocol, course: Course, now: datetime) -> Iterator[PlannedNotice]:
    ends = [treatment.ended_at for treatment in course.live if treatment.ended_at]
    if not ends:
        return
    since = ends[-1]
    yield _notice(NoticeKind.BEGINS, since, session_number=len(ends))
    then = plan_for(protocol, course, since)
    for lift in then.lifts_after(since):
        if lift.at <= now:
            answers = {activity: answer.word for activity, answer in lift.activities.items()}
            yield _notice(NoticeKind.LIFT, lift.at, content={"activities": answers})
    healed_at = then.healed_at(since).at
    if healed_at and healed_at <= now:
        yield _notice(NoticeKind.HEALED, healed_at)
    if course.extensions:
        yield _extended(plan_for(protocol, course, now))


def _extended(plan: AftercarePlan) -> PlannedNotice:
    """Staff let this client wait longer a short while ago."""
    found = [plan.answer_at(one, plan.now) for one in plan.protocol.extended_together]
    content = {
        one.activity: [one.answer.word, one.until.isoformat() if one.until else None, None]
        for one in found
    }
    at = plan.now - CHANGED_SPAN
    return _notice(NoticeKind.STRICTER, at, content={"activities": content})


def _notice(kind: NoticeKind, at: datetime, **more: object) -> PlannedNotice:
    return PlannedNotice(kind, at, at, at + USEFUL_SPAN, **more)  # type: ignore[arg-type]
