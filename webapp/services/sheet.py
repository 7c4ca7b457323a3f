"""One client's aftercare for a sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.services import protocol_signs, wrong
from webapp.services.errors import NotFoundError
from webapp.services.today import Facts, FoundVisit, facts_of, visits_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the sheet. `signs`: kind of sign -> lines, by `services/wrong.py`."""

    facts: Facts
    visits: Sequence[FoundVisit]
    signs: Mapping[str, Sequence[str]]
    closing: str


def sheet_of(client_id: int, now: datetime) -> Sheet:
    """The sheet of a client's newest course at `now` (UTC). Raises NotFoundError."""
    facts = facts_of(client_id, now)
    if facts is None:
        raise NotFoundError
    return Sheet(facts, visits_of(facts), wrong.signs(), protocol_signs.closing())


def sheet_of_course(client_id: int, course_id: int, now: datetime) -> Sheet:
    """The same for the staff, who look at one course: of an older one there is no sheet any more.

    Raises NotFoundError.
    """
    found = sheet_of(client_id, now)
    if found.facts.course_id != course_id:
        raise NotFoundError
    return found
