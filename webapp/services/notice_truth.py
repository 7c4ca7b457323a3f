"""Whether what a client was told still holds, asked of the plan as it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from webapp.domain.course import SessionStatus
from webapp.domain.notices import NoticeKind
from webapp.domain.plan import AftercarePlan
from webapp.domain.protocol import Answer

Content = Mapping[str, Any]


class Told(NamedTuple):
    """What somebody was told. `at` is UTC."""

    kind: NoticeKind
    at: datetime
    content: Content


def still_true(told: Told, plan: AftercarePlan | None) -> Content | None:
    """As much of the content as holds at the plan's present; None where nothing does.

    Without a plan nobody can say that a lift holds, so it does not.
    """
    prove = _PROOFS.get(told.kind)
    if prove is None:
        return told.content
    return prove(told, plan) if plan else None


def _lift(told: Told, plan: AftercarePlan) -> Content | None:
    still = {
        activity: word
        for activity, word in told.content.get("activities", {}).items()
        if plan.bare_answer_at(activity, plan.now) <= Answer.from_word(word)
    }
    return {"activities": still} if still else None


def _stricter(told: Told, plan: AftercarePlan) -> Content | None:
    still = {
        activity: answer
        for activity, answer in told.content.get("activities", {}).items()
        if plan.bare_answer_at(activity, plan.now) >= Answer.from_word(answer[0])
    }
    return {"activities": still} if still else None


def _booked(told: Told, plan: AftercarePlan) -> Content | None:
    """A session to come is still booked for then; one that began is history, and stays so."""
    if told.at <= plan.now:
        return told.content
    is_booked = any(
        treatment.status is SessionStatus.SCHEDULED and treatment.starts_at == told.at
        for treatment in plan.course.live
    )
    return told.content if is_booked else None


_PROOFS: Mapping[NoticeKind, Callable[[Told, AftercarePlan], Content | None]] = {
    NoticeKind.LIFT: _lift,
    NoticeKind.STRICTER: _stricter,
    NoticeKind.PREPARE: _booked,
    NoticeKind.TOMORROW: _booked,
    NoticeKind.TODAY: _booked,
}
