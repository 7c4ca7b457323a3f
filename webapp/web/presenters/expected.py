"""What an answer for another day rests on: it is expected, never promised."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from webapp.domain.plan import AftercarePlan
from webapp.web.forms.questions import Question
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import View, sentence, waits_for
from webapp.web.presenters.ask_form import PAGE
from webapp.web.presenters.verdicts import Asked


class Expected(NamedTuple):
    """Words around the answers for a later instant; `now_href` asks the same of the present."""

    title: str
    words: str
    now_href: str


def expected(asked: Asked, question: Question) -> Expected | None:
    """What has to come true for the answers; None for the present."""
    if question.at is None:
        return None
    points = [
        *_double(question),
        *_assumed(asked),
        *_open(asked.plan),
        _("Expected, not promised: your clinic can still change your dates."),
    ]
    now_href = f"{PAGE}?{urlencode({'q': question.text})}" if question.text else PAGE
    title = _("Expected for %(when)s", when=asked.view.full(asked.at))
    return Expected(title, " ".join(points), now_href)


def _double(question: Question) -> list[str]:
    if not question.is_double:
        return []
    return [_("The clocks show this hour twice that day; this is the first.")]


def _assumed(asked: Asked) -> list[str]:
    """Sessions between now and then, each taken to happen as booked."""
    starts = {one.number: one.starts_at for one in asked.plan.course.live}
    view: View = asked.view
    return [
        _("If session %(number)s goes as booked on %(date)s.", number=number, date=view.day(at))
        for number in asked.plan.assumed_sessions(asked.at)
        if (at := starts[number])
    ]


def _open(plan: AftercarePlan) -> list[str]:
    """What nobody can know yet, and the answers leave out."""
    numbers = [one.number for one in plan.course.live]
    points = []
    if plan.unconfirmed_session:
        points.append(sentence(waits_for(plan.unconfirmed_session)))
    if not plan.course.is_last_confirmed and max(numbers, default=0) < plan.course.planned_sessions:
        points.append(_("Sessions without a date yet are not counted."))
    return points
