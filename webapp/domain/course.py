"""A course: one client's series of treatment sessions, and what makes it believable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter
from types import MappingProxyType
from zoneinfo import ZoneInfo

from webapp.domain.errors import LastSessionNotPerformedError, SessionOrderError

_NO_EXTENSIONS: Mapping[str, int] = MappingProxyType({})
_BY_NUMBER = attrgetter("number")


class SessionStatus(StrEnum):
    """What became of a session. One that was begun and broken off is performed."""

    SCHEDULED = "scheduled"
    PERFORMED = "performed"
    CANCELLED = "cancelled"
    MISSED = "missed"

    @property
    def is_live(self) -> bool:
        """Scheduled and performed sessions count; of the others nothing does."""
        return self in _LIVE


_PERFORMED = SessionStatus.PERFORMED
_LIVE = (SessionStatus.SCHEDULED, _PERFORMED)


@dataclass(frozen=True, slots=True)
class TreatmentSession:
    """One appointment at the chair. Instants are UTC, in whole seconds.

    `starts_at` is the planned or real beginning; `ended_at` is there only when performed.
    """

    number: int
    status: SessionStatus
    starts_at: datetime | None
    ended_at: datetime | None = None

    @property
    def is_performed(self) -> bool:
        """Whether staff have confirmed that it took place."""
        return self.status is _PERFORMED


@dataclass(frozen=True, slots=True)
class Course:
    """A client's sessions, counted in `zone`, the time zone of the location.

    `is_last_confirmed`: staff said that the latest performed session was the last one.
    `extensions`: extra days per activity id, for this client only.
    """

    zone: ZoneInfo
    sessions: tuple[TreatmentSession, ...] = ()
    planned_sessions: int = 3
    is_last_confirmed: bool = False
    extensions: Mapping[str, int] = field(default_factory=lambda: _NO_EXTENSIONS)

    @property
    def live(self) -> tuple[TreatmentSession, ...]:
        """Scheduled and performed sessions, by number."""
        return tuple(sorted([s for s in self.sessions if s.status in _LIVE], key=_BY_NUMBER))


def check_course(course: Course) -> None:
    """Refuse a course that cannot be true.

    Raises `SessionOrderError` or, when only the confirmation is wrong,
    `LastSessionNotPerformedError`.
    """
    live = course.live
    for treatment in live:
        _check_alone(treatment)
    for previous, following in pairwise(live):
        _check_pair(previous, following)
    if course.is_last_confirmed and not (live and live[-1].is_performed):
        raise LastSessionNotPerformedError(
            "The course is marked as finished, but its last session was not performed."
        )


def _check_alone(treatment: TreatmentSession) -> None:
    name = f"Session {treatment.number}"
    if treatment.starts_at is None:
        raise SessionOrderError(f"{name} has no beginning.")
    if treatment.is_performed != (treatment.ended_at is not None):
        raise SessionOrderError(f"{name} needs an end if, and only if, it was performed.")
    if treatment.ended_at is not None and treatment.ended_at <= treatment.starts_at:
        raise SessionOrderError(f"{name} does not end after it starts.")


def _check_pair(previous: TreatmentSession, following: TreatmentSession) -> None:
    names = f"Session {following.number} after session {previous.number}"
    assert previous.starts_at is not None
    assert following.starts_at is not None
    if previous.number == following.number:
        raise SessionOrderError(f"Two live sessions share the number {previous.number}.")
    if following.starts_at <= previous.starts_at:
        raise SessionOrderError(f"{names}: it does not start after the earlier one started.")
    if previous.ended_at is not None and following.starts_at < previous.ended_at:
        raise SessionOrderError(f"{names}: it starts before the earlier one ended.")
    if following.is_performed and not previous.is_performed:
        raise SessionOrderError(f"{names}: it was performed, but the earlier one was not.")
