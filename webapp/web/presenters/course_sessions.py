"""Treatment sessions and visits of a course in words for staff, and what may be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from webapp.domain.course import SessionStatus, TreatmentSession
from webapp.domain.people import Role, SignedIn
from webapp.services.courses import CourseFile, VisitCard
from webapp.web.language import gettext as _
from webapp.web.language import later
from webapp.web.presenters.times import at_time, in_own_zone, iso, on_date, when

STATUS_WORDS = {
    SessionStatus.PERFORMED: ("yes", later("Done")),
    SessionStatus.CANCELLED: ("no", later("Cancelled")),
    SessionStatus.MISSED: ("no", later("Missed")),
}
AT_THE_END = ("end", "done", "teach_back")
VISIT_KINDS = {"consultation": later("Consultation"), "follow-up": later("Yearly follow-up")}
VISIT_STATUS = {
    "held": ("yes", later("Held")),
    "cancelled": ("no", later("Cancelled")),
    "missed": ("no", later("Missed")),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks at a course, and when."""

    person: SignedIn
    now: datetime

    @property
    def is_clinician(self) -> bool:
        return self.person.role in (Role.OWNER, Role.ARTIST)


def session_name(number: int) -> str:
    """`Session 2`."""
    return _("Session %(number)s", number=number)


def session_status(file: CourseFile, treatment: TreatmentSession, now: datetime) -> tuple[str, str]:
    """(kind, words) of a session's badge."""
    if treatment.status in STATUS_WORDS:
        kind, words = STATUS_WORDS[treatment.status]
        return kind, _(words)
    assert treatment.starts_at is not None
    if treatment.starts_at > now:
        return "info", _("Booked")
    if now < expected_end(file, treatment):
        return "wait", _("Under way, not ended yet")
    return "wait", _("Not confirmed")


def expected_end(file: CourseFile, treatment: TreatmentSession) -> datetime:
    """When a session that nobody has ended ought to be over."""
    assert treatment.starts_at is not None
    return treatment.starts_at + timedelta(hours=file.protocol.session_length_hours)


def session_when(file: CourseFile, treatment: TreatmentSession, now: datetime) -> str:
    """`Mon 2 Mar, 13:00–16:30`; the end only where it is known."""
    zone = file.course.zone
    assert treatment.starts_at is not None
    begun = when(treatment.starts_at, zone, now)
    if treatment.ended_at is None:
        return begun
    if on_date(treatment.starts_at, zone, now) == on_date(treatment.ended_at, zone, now):
        return _("%(start)s–%(end)s", start=begun, end=at_time(treatment.ended_at, zone))
    return _("%(start)s – %(end)s", start=begun, end=when(treatment.ended_at, zone, now))


def session_rows(
    file: CourseFile, desk: Desk, notes: Mapping[int, Sequence[str]]
) -> list[dict[str, Any]]:
    """Arguments of components/session_row.html, in the order of time; `notes` by the number of a
    session that is to come."""
    by_time = sorted(file.course.sessions, key=lambda s: (s.starts_at, s.number))
    return [
        _session_row(file, treatment, desk)
        | {"notes": notes.get(treatment.number, ()) if treatment.status.is_live else ()}
        for treatment in by_time
    ]


def _session_row(file: CourseFile, treatment: TreatmentSession, desk: Desk) -> dict[str, Any]:
    kind, words = session_status(file, treatment, desk.now)
    assert treatment.starts_at is not None
    own = in_own_zone(treatment.starts_at, file.course.zone, desk.person.time_zone, desk.now)
    return {
        "title": session_name(treatment.number),
        "mark": str(treatment.number),
        "when": session_when(file, treatment, desk.now),
        "at": iso(treatment.starts_at),
        "detail": own,
        "status_kind": kind,
        "status_words": words,
        "href": session_url(file, treatment.number) if treatment.status.is_live else "",
        "actions": _row_actions(file, treatment, desk.now),
    }


def _row_actions(
    file: CourseFile, treatment: TreatmentSession, now: datetime
) -> list[dict[str, str]]:
    is_booked = treatment.status is SessionStatus.SCHEDULED
    if file.closed_at is not None or not is_booked:
        return []
    move = action(_("Move"), session_url(file, treatment.number, "move"), "second")
    if treatment.starts_at and treatment.starts_at - timedelta(hours=12) <= now:
        return [action(_("End session"), session_url(file, treatment.number, "end")), move]
    return [move]


def action(words: str, href: str, kind: str = "primary", label: str = "") -> dict[str, str]:
    """One link that looks like a button."""
    return {"words": words, "href": href, "kind": kind, "label": label}


def session_url(file: CourseFile, number: int, verb: str = "show") -> str:
    """The address of a page about a session."""
    view = "session_ends" if verb in AT_THE_END else "treatment_sessions"
    return url_for(f"{view}.{verb}", course_id=file.id, number=number)


def visit_rows(file: CourseFile, desk: Desk) -> list[dict[str, Any]]:
    """The visits as arguments of components/session_row.html, in the order of time."""
    by_time = sorted(file.visits, key=lambda visit: (visit.starts_at, visit.id))
    return [_visit_row(file, visit, desk) for visit in by_time]


def _visit_row(file: CourseFile, visit: VisitCard, desk: Desk) -> dict[str, Any]:
    kind, words = visit_status(visit, desk.now)
    is_open = visit.status == "scheduled" and file.closed_at is None
    own = in_own_zone(visit.starts_at, file.course.zone, desk.person.time_zone, desk.now)
    return {
        "title": visit_name(visit.kind),
        "when": when(visit.starts_at, file.course.zone, desk.now),
        "at": iso(visit.starts_at),
        "detail": own,
        "status_kind": kind,
        "status_words": words,
        "href": visit_url(file, visit.id) if is_open else "",
    }


def visit_name(kind: str) -> str:
    """`Consultation` or `Yearly follow-up`."""
    return _(VISIT_KINDS[kind])


def visit_status(visit: VisitCard, now: datetime) -> tuple[str, str]:
    """(kind, words) of a visit's badge."""
    if visit.status in VISIT_STATUS:
        kind, words = VISIT_STATUS[visit.status]
        return kind, _(words)
    return ("info", _("Booked")) if visit.starts_at > now else ("wait", _("Not settled yet"))


def visit_url(file: CourseFile, visit_id: int, verb: str = "show") -> str:
    """The address of a page about a visit."""
    return url_for(f"visits.{verb}", course_id=file.id, visit_id=visit_id)
