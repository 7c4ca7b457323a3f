"""Notices as short lines for tables: kind, session, and when, by the clock of the course."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.domain.scenes import DUBAI, plan
from webapp.domain.course import Course
from webapp.domain.notices import NoticeKind, PlannedNotice
from webapp.domain.noticing import notices_of, staff_notices_of

SECOND = timedelta(seconds=1)
Line = tuple[str, int | None, str]


def clock(at: datetime, zone: ZoneInfo = DUBAI) -> str:
    """A local date and time such as "2026-03-02 16:30", with seconds where there are any."""
    local = at.astimezone(zone).replace(tzinfo=None)
    return local.isoformat(" ", "seconds" if local.second else "minutes")


def due(of: Course, now: str) -> list[Line]:
    """What the client is to be told, in the order in which it falls due."""
    return lines(notices_of(plan(of, now)), of.zone)


def due_to_staff(of: Course, now: str, is_closed: bool = False) -> list[Line]:
    """What the artist is to be told, in the order in which it falls due."""
    return lines(staff_notices_of(plan(of, now), is_closed), of.zone)


def lines(notices: Iterable[PlannedNotice], zone: ZoneInfo = DUBAI) -> list[Line]:
    told = sorted(notices, key=lambda notice: notice.due_at)
    return [(n.kind.value, n.session_number, clock(n.due_at, zone)) for n in told]


def of_kind(of: Course, now: str, kind: NoticeKind) -> list[PlannedNotice]:
    """The client's notices of one kind, in the order of planning."""
    return [notice for notice in notices_of(plan(of, now)) if notice.kind is kind]
