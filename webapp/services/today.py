"""What a client's own pages show: who looks after them, and their plan at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from webapp.domain.calendar import zone_named
from webapp.domain.errors import AftercareError
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.domain.protocol import Protocol
from webapp.persistence import today
from webapp.persistence.courses import to_course
from webapp.persistence.today import FoundCourse, FoundVisit
from webapp.protocols.loader import ProtocolFileError, protocol_version
from webapp.services.clinic import NOT_SET_UP, ClinicLook

__all__ = ["Facts", "FoundVisit", "Place", "facts_of", "plan_later", "visits_of", "zone_of"]

TOUCH_UP = "touch-up"


@dataclass(frozen=True, slots=True)
class Place:
    """The location that a client belongs to. `zone` is an IANA name."""

    name: str
    address: str
    phone: str
    zone: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A client's newest course, its place and its clinic.

    `plan` is how the course stands now; None without a course, and where it cannot be read.
    """

    clinic: ClinicLook
    place: Place
    zone: ZoneInfo
    course_id: int | None = None
    is_touch_up: bool = False
    is_closed: bool = False
    plan: AftercarePlan | None = None

    @property
    def is_unreadable(self) -> bool:
        """Whether there is a course that cannot be true or cannot be read."""
        return self.course_id is not None and self.plan is None


def plan_later(plan: AftercarePlan, at: datetime) -> AftercarePlan:
    """The plan of the same course as it will stand at `at` (UTC), if nobody changes it."""
    return plan_for(plan.protocol, plan.course, at)


def facts_of(client_id: int, now: datetime) -> Facts | None:
    """What a client's pages are made of; None for an unknown client."""
    found = today.facts_of(client_id)
    if found is None:
        return None
    clinic = ClinicLook(*found.clinic) if found.clinic else NOT_SET_UP
    place = Place(*found.place)
    if found.course is None:
        return Facts(clinic, place, zone_of(place.zone))
    return Facts(
        clinic,
        place,
        zone_of(place.zone),
        found.course.id,
        found.course.kind == TOUCH_UP,
        found.course.closed_at is not None,
        _plan(found.course, place, now),
    )


def visits_of(facts: Facts) -> list[FoundVisit]:
    """Consultations and follow-ups of the newest course."""
    return [] if facts.course_id is None else today.visits_of(facts.course_id)


def _plan(found: FoundCourse, place: Place, now: datetime) -> AftercarePlan | None:
    """The plan, or nothing where what is stored contradicts itself: the page then says so,
    instead of guessing."""
    try:
        course = to_course(found, found.sessions, found.extensions, place.zone)
        return plan_for(_protocol(found.protocol_id, found.protocol_version), course, now)
    except (AftercareError, ProtocolFileError, ValueError):
        return None


@lru_cache(maxsize=32)
def _protocol(protocol_id: str, version: int) -> Protocol:
    return protocol_version(protocol_id, version)


def zone_of(name: str) -> ZoneInfo:
    """A place's zone; UTC for a name that no longer exists, where there is no plan either."""
    try:
        return zone_named(name)
    except AftercareError:
        return ZoneInfo("UTC")
