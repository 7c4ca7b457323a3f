"""The one question: may I wash my hair? Its answer now, and those the page turns to by itself."""

from __future__ import annotations

from typing import NamedTuple

from webapp.domain.answers import AnswerAt
from webapp.domain.plan import AftercarePlan, Lift, NextSession
from webapp.domain.protocol import Answer
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import (
    View,
    sentence,
    sentences,
    shortened,
    until_session,
    until_words,
    waits_for,
)
from webapp.web.presenters.times import countdown, iso

HAIR = "wash-hair"
SHAMPOO = "wash-shampoo"
WASHING = frozenset({HAIR, "wash-water"})


class State(NamedTuple):
    """What components/answer_state.html shows. `at` is when the page turns to it, and
    `is_stricter` whether it allows less than the state before."""

    status: str
    words: str
    until: str = ""
    until_at: str = ""
    countdown: str = ""
    note: str = ""
    at: str = ""
    is_stricter: bool = False


def state_now(plan: AftercarePlan, hair: AnswerAt, view: View) -> State:
    """The answer at the view's present, where `hair` is the plan's answer for it."""
    has_shampoo = plan.bare_answer_at(SHAMPOO, view.now) <= Answer.LIMITED
    return State(
        hair.answer.word,
        _words(hair.answer, has_shampoo),
        _until(plan, hair, view),
        iso(hair.until) if hair.until else "",
        countdown(hair.until, view.now) if hair.until else "",
        _note(plan, hair, has_shampoo),
        iso(view.now),
    )


def states_to_come(
    plan: AftercarePlan, hair: AnswerAt, following: NextSession | None, view: View
) -> list[State]:
    """The states that the page shows at their instants without asking again.

    Only what is sure: the next lift, if it comes before the next session. At the session's
    beginning the page turns to the stricter side, and there it stays until the clinic confirms.
    """
    states = []
    before = hair.answer
    if hair.until and not (following and hair.until >= following.starts_at):
        # Before the next session, the plan of today says what a plan made then would say.
        then = plan.answer_at(HAIR, hair.until)
        before = then.answer
        states.append(state_now(plan, then, view.at(hair.until)))
    if following:
        states.append(_begun(plan, following, before))
    return states


def _begun(plan: AftercarePlan, following: NextSession, before: Answer) -> State:
    """What the plan will say when a session has begun that nobody has confirmed yet."""
    answer = plan.bare_answer_at(HAIR, following.starts_at)
    return State(
        answer.word,
        _words(answer, has_shampoo=False),
        sentence(waits_for(following.number)),
        note=_("Until then the answer stays no."),
        at=iso(following.starts_at),
        is_stricter=answer > before,
    )


def _words(answer: Answer, has_shampoo: bool) -> str:
    if answer is Answer.NO:
        return _("Not yet")
    if answer is Answer.ASK:
        return _("Ask your clinic")
    if not has_shampoo:
        return _("Water only")
    return _("Yes") if answer is Answer.YES else _("Yes, with care")


def _until(plan: AftercarePlan, hair: AnswerAt, view: View) -> str:
    following = plan.next_session_at(view.now)
    if hair.answer is Answer.YES and following:
        return until_session(following.number, following.starts_at, view)
    return until_words(plan, hair, view)


def _note(plan: AftercarePlan, hair: AnswerAt, has_shampoo: bool) -> str:
    if hair.answer is Answer.YES:
        return _("With shampoo or without.") if has_shampoo else ""
    if hair.answer is Answer.LIMITED:
        return sentences(plan, hair, "condition")
    if plan.unconfirmed_session:
        return _("Until then the answer stays no.")
    return sentences(plan, hair, "instead")


def lifted_words(plan: AftercarePlan, lift: Lift, most: int) -> str:
    """`Hair wash, Wet scalp, with care` or `Shampoo, Light sport, Sweating, 14 more`: the wash
    first. Where only some are allowed with care, each of those says so itself."""
    hidden = WASHING - {HAIR} if HAIR in lift.activities else frozenset()
    named = [activity for activity in lift.activities if activity not in hidden]
    named.sort(key=lambda activity: activity not in (HAIR, SHAMPOO))
    careful = {one for one in named if lift.activities[one] is Answer.LIMITED}
    names = [plan.protocol.activities[activity].name for activity in named]
    if len(careful) == len(named):
        return _("%(names)s, with care", names=", ".join(shortened(names, most)))
    worded = [
        _("%(name)s (with care)", name=name) if activity in careful else name
        for activity, name in zip(named, names, strict=True)
    ]
    return ", ".join(shortened(worded, most))
