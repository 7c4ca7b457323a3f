"""All dates of a client's newest course, and one appointment of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.domain.appointments import numbered_session
from webapp.domain.course import TreatmentSession
from webapp.persistence import places
from webapp.persistence.database import reading
from webapp.services import preparing
from webapp.services.errors import NotFoundError
from webapp.services.today import Facts, FoundVisit, facts_of, visits_of


@dataclass(frozen=True, slots=True)
class SessionFound:
    """A treatment session of a client's newest course. `ticked`: ids of the lines that the client
    has ticked before it. `week`: seven days of opening hours from Monday on, or empty."""

    facts: Facts
    treatment: TreatmentSession
    ticked: frozenset[str]
    week: Sequence[Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class VisitFound:
    """A consultation or follow-up of a client's newest course; `week` as above."""

    facts: Facts
    visit: FoundVisit
    week: Sequence[Sequence[str] | None]


def dates_of(client_id: int, now: datetime) -> tuple[Facts, list[FoundVisit]] | None:
    """The course as it stands at `now` (UTC) and its visits; None for an unknown client."""
    facts = facts_of(client_id, now)
    return None if facts is None else (facts, visits_of(facts))


def session_of(client_id: int, number: int, now: datetime) -> SessionFound:
    """The client's own session of this number; raises NotFoundError.

    A course that cannot be read has none: its dates are not to be guessed.
    """
    facts = facts_of(client_id, now)
    if facts is None or facts.plan is None or facts.course_id is None:
        raise NotFoundError
    treatment = numbered_session(facts.plan.course, number)
    if treatment is None:
        raise NotFoundError
    ticked = preparing.ticked(facts.course_id).get(number, frozenset())
    return SessionFound(facts, treatment, ticked, places.week_of_client(reading(), client_id))


def visit_of(client_id: int, visit_id: int, now: datetime) -> VisitFound:
    """The client's own visit with this id; raises NotFoundError."""
    found = dates_of(client_id, now)
    for visit in found[1] if found else []:
        if found and visit.id == visit_id:
            return VisitFound(found[0], visit, places.week_of_client(reading(), client_id))
    raise NotFoundError
