"""What an event in a client's life meets, and which dates would keep it free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.domain.errors import AftercareError
from webapp.domain.event_planning import ANY, Proposal, Wishes, proposals_around
from webapp.domain.events import Event, EventOutlook, event_outlook
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.persistence import places
from webapp.persistence.database import reading
from webapp.services.course_files import CourseFile


@dataclass(frozen=True, slots=True)
class EventLook:
    """An event under one plan. `proposals` are empty for a course that is closed or over."""

    plan: AftercarePlan
    event: Event
    outlook: EventOutlook
    proposals: tuple[Proposal, ...]


def look_at(plan: AftercarePlan, event: Event, is_closed: bool, wishes: Wishes = ANY) -> EventLook:
    """What this event, which is not over, meets, and the dates around it. Changes nothing."""
    proposals = () if is_closed else proposals_around(plan, event, wishes)
    return EventLook(plan, event, event_outlook(plan, event), proposals)


def plan_of(file: CourseFile, now: datetime) -> AftercarePlan | None:
    """The plan of a course as it stands at `now` (UTC); None where its sessions contradict each
    other."""
    try:
        return plan_for(file.protocol, file.course, now)
    except AftercareError:
        return None


def wishes_of_client(client_id: int) -> Wishes:
    """Dates on days on which the client's place is open."""
    return Wishes(weekdays=open_days(places.week_of_client(reading(), client_id)))


def open_days(week: Sequence[object]) -> frozenset[int]:
    """The days of the week (0 for Monday) with opening hours; all of them where none are set."""
    opened = frozenset(day for day, hours in enumerate(week) if hours)
    return opened or ANY.weekdays
