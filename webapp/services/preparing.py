"""What a client prepares before a session: ticked by the client, seen by the staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.appointments import numbered_session, preparation_before
from webapp.domain.errors import AftercareError
from webapp.domain.people import SignedIn
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.persistence import courses, inbox, preparation
from webapp.persistence.database import reading, writing
from webapp.protocols.loader import ProtocolFileError, protocol_version
from webapp.services.errors import ChangedMeanwhileError, NotFoundError
from webapp.services.ports import Collaborators


def ticked(course_id: int) -> Mapping[int, frozenset[str]]:
    """The ids of the lines that are ticked, by the number of the session."""
    return preparation.ticked(reading(), course_id)


def set_tick(with_: Collaborators, person: SignedIn, number: int, item: str, is_done: bool) -> None:
    """Tick a line before the client's own session, or take the tick away.

    Raises NotFoundError where no session has this number, and ChangedMeanwhileError where there is
    no such line any more: the session has begun or is off, or another wash is asked for by now.
    """
    now = with_.clock.now()
    with writing() as writer:
        # Held while it is looked at: a session that is moved meanwhile would keep the tick, and
        # two taps at once would make two.
        course_id = preparation.hold_newest_course(writer, person.client_id or 0)
        plan = _plan(writer, course_id, now)
        if numbered_session(plan.course, number) is None:
            raise NotFoundError
        if item not in [step.id for step in preparation_before(plan, number, now)]:
            raise ChangedMeanwhileError
        if is_done:
            preparation.tick(writer, course_id, number, item, now)
        else:
            preparation.untick(writer, course_id, number, item)
        inbox.raise_seen(writer, person.account_id)


def _plan(reader: Session, course_id: int, now: datetime) -> AftercarePlan:
    """The plan of a course; a course that cannot be read has nothing to prepare for."""
    try:
        stored = courses.load(reader, course_id)
        if stored is None:
            raise NotFoundError
        protocol = protocol_version(stored.protocol_id, stored.protocol_version)
        return plan_for(protocol, stored.state.course, now)
    except (AftercareError, ProtocolFileError, ValueError) as error:
        raise NotFoundError from error
