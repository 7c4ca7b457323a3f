"""Whether a notice is still true, asked of the course as it stands now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from webapp.domain.course import SessionStatus, TreatmentSession
from webapp.domain.notices import NoticeKind
from webapp.domain.noticing import (
    YEARS,
    preparation,
    staff_notices_of,
    stricter_content,
    wash_content,
)
from webapp.domain.plan import AftercarePlan
from webapp.domain.protocol import Answer

Content = Mapping[str, Any]


class Claim(NamedTuple):
    """What a stored notice says. `at` is UTC."""

    kind: NoticeKind
    at: datetime
    session_number: int | None
    content: Content


def proved(claim: Claim, plan: AftercarePlan) -> Content | None:
    """The content as it is true at `plan.now`; None for a notice that is true no longer."""
    prove = _PROOFS.get(claim.kind)
    return claim.content if prove is None else prove(claim, plan)


def sure_until(plan: AftercarePlan) -> datetime | None:
    """From when time alone may make a notice untrue: an answer becomes stricter by itself, or a
    session begins that nobody confirmed."""
    following = plan.next_session_at(plan.now)
    doubts = [_first_stricter(plan), following.starts_at if following else None]
    return min((at for at in doubts if at), default=None)


def _first_stricter(plan: AftercarePlan) -> datetime | None:
    known = plan.bare_answers_at(plan.now)
    for change in plan.changes_after(plan.now):
        if any(answer > known[activity] for activity, answer in change.activities.items()):
            return change.at
        known |= change.activities
    return None


def _lift(claim: Claim, plan: AftercarePlan) -> Content | None:
    """Activities that are no stricter than announced, now that the instant has come."""
    if claim.at > plan.now:
        return claim.content if _is_ahead(claim, plan) else None
    still = {
        activity: word
        for activity, word in claim.content["activities"].items()
        if plan.bare_answer_at(activity, plan.now) <= Answer.from_word(word)
    }
    return {"activities": still} if still else None


def _is_ahead(claim: Claim, plan: AftercarePlan) -> bool:
    words = {
        lift.at: {activity: answer.word for activity, answer in lift.activities.items()}
        for lift in plan.lifts_after(plan.now)
    }
    announced: dict[str, str] = claim.content["activities"]
    return words.get(claim.at) == announced


def _begins(claim: Claim, plan: AftercarePlan) -> Content | None:
    performed = [treatment for treatment in plan.course.live if treatment.is_performed]
    is_latest = bool(performed) and performed[-1].ended_at == claim.at
    return claim.content if is_latest else None


def _stricter(claim: Claim, plan: AftercarePlan) -> Content | None:
    """Activities that are at least as strict as was said, with the ends as they are now."""
    answers = plan.answers_at(plan.now)
    still = {
        activity: stricter_content(answers[activity])
        for activity, (word, *_ends) in claim.content["activities"].items()
        if activity in answers and answers[activity].answer >= Answer.from_word(word)
    }
    return {"activities": still} if still else None


def _booked(claim: Claim, plan: AftercarePlan) -> TreatmentSession | None:
    for treatment in plan.course.live:
        is_it = (treatment.number, treatment.starts_at) == (claim.session_number, claim.at)
        if is_it and treatment.status is SessionStatus.SCHEDULED and claim.at > plan.now:
            return treatment
    return None


def _prepare(claim: Claim, plan: AftercarePlan) -> Content | None:
    return preparation(plan, claim.at) if _booked(claim, plan) else None


def _reminder(claim: Claim, plan: AftercarePlan) -> Content | None:
    return wash_content(plan, claim.at) if _booked(claim, plan) else None


def _healed(claim: Claim, plan: AftercarePlan) -> Content | None:
    return claim.content if plan.healed_at(plan.now).at == claim.at else None


def _follow_up(claim: Claim, plan: AftercarePlan) -> Content | None:
    return claim.content if claim.at in plan.follow_ups(YEARS) else None


def _to_staff(claim: Claim, plan: AftercarePlan) -> Content | None:
    """A closed course has none of these left: its closing took them away."""
    owed = {(n.kind, n.at, n.session_number) for n in staff_notices_of(plan, is_closed=False)}
    return claim.content if claim[:3] in owed else None


_PROOFS: dict[NoticeKind, Callable[[Claim, AftercarePlan], Content | None]] = {
    NoticeKind.BEGINS: _begins,
    NoticeKind.LIFT: _lift,
    NoticeKind.STRICTER: _stricter,
    NoticeKind.PREPARE: _prepare,
    NoticeKind.TOMORROW: _reminder,
    NoticeKind.TODAY: _reminder,
    NoticeKind.HEALED: _healed,
    NoticeKind.FOLLOW_UP: _follow_up,
    NoticeKind.SESSION_OPEN: _to_staff,
    NoticeKind.COURSE_OVERDUE: _to_staff,
}
