"""The page "Can I …?": the field, and what is answered at present or for another day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from webapp.domain.answers import AnswerAt
from webapp.services.can_i import Heard, Hours
from webapp.services.today import Facts
from webapp.web.forms.questions import Question
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.answers import FAR_AWAY, Row, View, row
from webapp.web.presenters.ask_form import AskForm, address, ask_form
from webapp.web.presenters.expected import Expected, expected
from webapp.web.presenters.help import HelpBar, help_of, ways_to_ask
from webapp.web.presenters.kinds import Kind, kinds
from webapp.web.presenters.no_plan import unreadable_words
from webapp.web.presenters.opening_hours import opening
from webapp.web.presenters.times import next_quarter, words_change_at
from webapp.web.presenters.verdicts import Asked, Verdict, verdict

A_MINUTE = timedelta(minutes=1)


class Link(NamedTuple):
    """The way to an activity."""

    words: str
    href: str


class Unknown(NamedTuple):
    """What is said where there is no answer of ours: never that it is allowed."""

    title: str
    words: str
    near: list[Link]


class Clinic(NamedTuple):
    """How to ask the clinic: arguments of components/button.html, and whether it is open now."""

    calls: list[dict[str, str]]
    hours: str


@dataclass(frozen=True, slots=True)
class CanIPage:
    """Everything the page says; `changes_at` (UTC) as on Today."""

    form: AskForm
    help: HelpBar
    clinic: Clinic
    changes_at: datetime
    errors: tuple[dict[str, str], ...] = ()
    expected: Expected | None = None
    lead: str = ""
    kinds: tuple[Kind, ...] = ()
    depends: tuple[Row, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    unknown: Unknown | None = None
    # For the copy alone: by what each activity may be asked for, its own name first.
    names: tuple[tuple[str, ...], ...] = ()


class Typed(NamedTuple):
    """The activities that somebody may be typing, with their answers."""

    words: str
    when: str
    rows: list[Row]


def present_can_i(
    facts: Facts, question: Question, view: View, heard: Heard | None, hours: Hours | None
) -> CanIPage:
    """Word what was `heard` in a question; without a question, every answer there is. `hours` are
    those of the clinic, where they matter."""
    clinic = _clinic(facts, hours, view.now)
    ends = (next_quarter(view.now), view.now + A_MINUTE if clinic.hours else FAR_AWAY)
    page = CanIPage(ask_form(question, view), help_of(facts), clinic, min(ends))
    if question.errors:
        return replace(page, errors=tuple(question.errors))
    if facts.plan is None:
        return replace(page, unknown=_without_plan(facts))
    at = question.at or facts.plan.now
    asked = Asked(facts, facts.plan, at, view)
    switch = facts.plan.next_switch_after(view.now)
    changes_at = min(page.changes_at, switch) if switch else page.changes_at
    page = replace(page, changes_at=changes_at, expected=expected(asked, question))
    return _listed(page, asked, question) if heard is None else _heard(page, asked, question, heard)


def present_typed(facts: Facts, question: Question, view: View, found: tuple[str, ...]) -> Typed:
    """Word the answers for what somebody may be typing."""
    if facts.plan is None or question.errors or not found:
        return Typed(_("Nothing fits by its name yet. Press Ask for your whole question."), "", [])
    words = ngettext("%(num)s activity fits", "%(num)s activities fit", len(found))
    asked = Asked(facts, facts.plan, question.at or facts.plan.now, view)
    when = _("Expected for %(when)s", when=view.full(asked.at)) if not asked.is_now else ""
    return Typed(words, when, [_row(asked, question, activity) for activity in found])


def _listed(page: CanIPage, asked: Asked, question: Question) -> CanIPage:
    """Every answer, by kind."""
    lead = _("What is not listed: ask your clinic.")
    if asked.is_now:
        lead = _("As things stand now. What is not listed: ask your clinic.")
    found = kinds(
        asked.plan, asked.at, asked.view, lambda activity: _address(asked, question, activity)
    )
    return replace(page, lead=lead, kinds=tuple(found))


def _heard(page: CanIPage, asked: Asked, question: Question, heard: Heard) -> CanIPage:
    """The answer for each activity; or that we do not know, and what may be meant."""
    if not heard.activities:
        return replace(page, unknown=_unknown(asked, question, heard))
    verdicts = tuple(verdict(asked, activity) for activity in heard.activities)
    answers = [asked.plan.answer_at(activity, asked.at) for activity in heard.activities]
    counted = {one.until for one in answers if one.until} if asked.is_now else set()
    changes = [words_change_at(until, asked.view.now) for until in counted]
    return replace(
        page,
        verdicts=verdicts,
        depends=tuple(_depends(asked, answers)),
        changes_at=min([page.changes_at, *changes]),
    )


def _depends(asked: Asked, answers: list[AnswerAt]) -> list[Row]:
    """Where the activities differ: each answer in a line, the strictest first, so that nobody
    takes the first for all of them."""
    if len({one[1:5] for one in answers}) == 1:
        return []
    strictest_first = sorted(answers, key=_strictness, reverse=True)
    return [row(asked.plan, one, asked.view, f"#{one.activity}") for one in strictest_first]


def _strictness(found: AnswerAt) -> tuple[int, datetime]:
    return found.answer, found.until or found.estimate or FAR_AWAY


def _unknown(asked: Asked, question: Question, heard: Heard) -> Unknown:
    known = asked.plan.protocol.activities
    near = [Link(_(known[one].title), _address(asked, question, one)) for one in heard.near]
    return Unknown(_("We do not know this one"), _("Ask your clinic before you do it."), near)


def _without_plan(facts: Facts) -> Unknown:
    nothing_yet = _("There are no answers to show yet.")
    words = unreadable_words() if facts.is_unreadable else nothing_yet
    return Unknown(_("Ask your clinic"), words, [])


def _clinic(facts: Facts, hours: Hours | None, now: datetime) -> Clinic:
    week = opening("", hours.week, hours.zone, now) if hours else None
    calls = ways_to_ask(help_of(facts), _("Call your clinic"))
    return Clinic(calls, week.status_words if week else "")


def _row(asked: Asked, question: Question, activity: str) -> Row:
    found = asked.plan.answer_at(activity, asked.at)
    return row(asked.plan, found, asked.view, _address(asked, question, activity))


def _address(asked: Asked, question: Question, activity: str) -> str:
    """Where more is said of an activity at the instant asked about; its name is understood."""
    return address(asked.plan.protocol.activities[activity].name, question)
