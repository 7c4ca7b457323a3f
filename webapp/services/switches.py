"""Every switch from now on, as far as it can be known without the clinic's next word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from webapp.domain.plan import AftercarePlan, NextSession
from webapp.domain.protocol import Answer, PhaseId


class Switch(NamedTuple):
    """From `at` (UTC) on: the phase with its session, and the answers that are others now."""

    at: datetime
    phase: PhaseId
    session: int | None
    answers: dict[str, Answer]


def switches_of(plan: AftercarePlan) -> Iterator[Switch]:
    """The present state, with every answer, and all that follows, with what changes.

    Until the next session begins every change is sure. From then on nothing becomes milder: only
    the clinic's confirmation can do that, and an offline copy does not hear of it.
    """
    changes = {plan.now: plan.bare_answers_at(plan.now)}
    changes |= {change.at: change.activities for change in plan.changes_after(plan.now)}
    following = plan.next_session_at(plan.now)
    phases = dict(_phases(plan, following))
    phase = phases[plan.now]
    known: dict[str, Answer] = {}
    for at in sorted({*changes, *phases}):
        answers = changes.get(at, {})
        if following and at >= following.starts_at:
            answers = {name: new for name, new in answers.items() if new > known[name]}
        known |= answers
        phase = phases.get(at, phase)
        if answers or at in phases:
            yield Switch(at, *phase, answers)


def _phases(
    plan: AftercarePlan, following: NextSession | None
) -> Iterator[tuple[datetime, tuple[PhaseId, int | None]]]:
    """When which phase begins; a session that nobody confirms is waited for ever after."""
    at: datetime | None = plan.now
    begins = following.starts_at if following else None
    while at and at != begins:
        phase = plan.phase_at(at)
        yield at, (phase.id, phase.session)
        at = phase.ends_at
    while following:
        yield following.starts_at, (PhaseId.IN_SESSION, following.number)
        ends_at = plan.phase_at(following.starts_at).ends_at
        if ends_at:
            yield ends_at, (PhaseId.UNCONFIRMED, following.number)
        following = plan.next_session_at(following.starts_at)
