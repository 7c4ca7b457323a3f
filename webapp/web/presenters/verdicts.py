"""One activity with everything that can be said of it: the answer in large words, until when,
why, what to do meanwhile, and what comes then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from webapp.domain.answers import AnswerAt
from webapp.domain.plan import AftercarePlan
from webapp.domain.protocol import Answer
from webapp.domain.reasons import Reason
from webapp.domain.timeline import Open
from webapp.services.today import Facts
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import (
    View,
    answer_words,
    ending,
    sentence,
    until_session,
    until_words,
)
from webapp.web.presenters.because import because, conditions, instead
from webapp.web.presenters.times import countdown, iso
from webapp.web.presenters.wash import State

MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A plan, and the instant (UTC) it is asked about, worded from a `view`."""

    facts: Facts
    plan: AftercarePlan
    at: datetime
    view: View

    @property
    def is_now(self) -> bool:
        """Whether the question is about the present."""
        return self.at == self.plan.now


class Fact(NamedTuple):
    """Something to know of an answer: a short name and a few sentences."""

    name: str
    lines: list[str]


class Verdict(NamedTuple):
    """One activity, as components/verdict.html takes it. `anchor` is its place on the page."""

    anchor: str
    question: str
    state: State
    states_to_come: list[State]
    facts: list[Fact]
    is_ask: bool


class Step(NamedTuple):
    """From an instant on (UTC) another answer holds, as things stand."""

    at: datetime
    found: AnswerAt
    is_stricter: bool


def verdict(asked: Asked, activity: str) -> Verdict:
    """Word the answer for one activity of the plan's protocol."""
    found = asked.plan.answer_at(activity, asked.at)
    steps = list(_steps(asked.plan, found, asked.at))
    return Verdict(
        activity,
        _question(asked, activity),
        _state(asked, found, steps),
        _states_to_come(asked, steps),
        [fact for fact in _facts(asked, found, steps) if fact.lines],
        found.answer is Answer.ASK,
    )


def _question(asked: Asked, activity: str) -> str:
    title = _(asked.plan.protocol.activities[activity].title)
    if asked.is_now:
        return title
    return _("%(title)s, expected for %(when)s", title=title, when=asked.view.short(asked.at))


def _steps(plan: AftercarePlan, found: AnswerAt, at: datetime) -> Iterator[Step]:
    """What surely becomes milder, one after the other, up to what is stricter again."""
    activity = found.activity
    changes = [one.at for one in plan.changes_after(at) if activity in one.activities]
    for change in changes[:MOST_STEPS]:
        then = plan.answer_at(activity, change)
        is_stricter = then.answer > found.answer
        if not is_stricter and found.until != change:
            return
        yield Step(change, then, is_stricter)
        if is_stricter:
            return
        found = then


def _state(asked: Asked, found: AnswerAt, steps: list[Step]) -> State:
    until = found.until
    return State(
        found.answer.word,
        answer_words(found.answer),
        _until(asked, found, steps),
        iso(until) if until else "",
        countdown(until, asked.view.now) if until and asked.is_now else "",
        _note(asked, found),
    )


def _note(asked: Asked, found: AnswerAt) -> str:
    """Under which condition it is allowed, and what an estimate rests on."""
    said = [conditions(_reasons(asked, found))] if found.answer is Answer.LIMITED else []
    if _is_estimate(asked, found):
        said.append(sentence(ending(asked.plan, found, asked.view).note))
    return " ".join(said)


def _until(asked: Asked, found: AnswerAt, steps: list[Step]) -> str:
    if _is_estimate(asked, found):
        return ending(asked.plan, found, asked.view).when
    if found.open is Open.PERMANENT and found.answer is Answer.NO:
        return _("Always")
    if found.answer is not Answer.YES:
        return until_words(asked.plan, found, asked.view)
    if not steps:
        return ""
    number = _session_at(asked.plan, steps[0].at)
    if number:
        return until_session(number, steps[0].at, asked.view)
    return _("Until %(when)s", when=asked.view.full(steps[0].at))


def _is_estimate(asked: Asked, found: AnswerAt) -> bool:
    """Whether a date is named that may move; not while the clinic has a session to confirm."""
    return bool(found.estimate) and not asked.plan.unconfirmed_session


def _states_to_come(asked: Asked, steps: list[Step]) -> list[State]:
    """What the page shows at the next change while it asks for the rest."""
    if not (asked.is_now and steps):
        return []
    step = steps[0]
    status, words = step.found.answer.word, answer_words(step.found.answer)
    return [State(status, words, at=iso(step.at), is_stricter=step.is_stricter)]


def _facts(asked: Asked, found: AnswerAt, steps: list[Step]) -> Iterator[Fact]:
    if found.answer is Answer.YES:
        return
    reasons = _reasons(asked, found)
    meanwhile = asked.plan.protocol.activities[found.activity].meanwhile
    rather = instead(reasons) or ([_(meanwhile)] if meanwhile else [])
    yield Fact(_("Why"), [" ".join(because(asked.facts, reasons))] if reasons else [_decides()])
    yield Fact(_("Meanwhile"), [" ".join(rather)] if rather else [])
    yield Fact(_("Then"), [_step_words(asked, step) for step in steps])


def _reasons(asked: Asked, found: AnswerAt) -> tuple[Reason, ...]:
    return asked.plan.reasons_at(found.activity, asked.at)


def _decides() -> str:
    return _("There is no general rule for this. Your clinic decides it for you.")


def _step_words(asked: Asked, step: Step) -> str:
    """`From Sat 7 Mar, 16:30: yes, but with lukewarm water only`."""
    when = asked.view.short(step.at)
    number = _session_at(asked.plan, step.at)
    if number:
        when = _("%(when)s (session %(number)s)", when=when, number=number)
    return _("From %(when)s: %(answer)s", when=when, answer=_answer_then(asked, step))


def _answer_then(asked: Asked, step: Step) -> str:
    if step.found.answer is Answer.LIMITED:
        reasons = asked.plan.reasons_at(step.found.activity, step.at)
        said = next((reason.rule.condition for reason in reasons if reason.rule.condition), "")
        return _("yes, but %(condition)s", condition=_(said)) if said else _("yes, with care")
    return {Answer.YES: _("yes"), Answer.ASK: _("ask your clinic")}.get(step.found.answer, _("no"))


def _session_at(plan: AftercarePlan, at: datetime) -> int:
    """The number of the session that begins at this instant, else 0."""
    found = [one.number for one in plan.course.live if one.starts_at == at]
    return found[0] if found else 0
