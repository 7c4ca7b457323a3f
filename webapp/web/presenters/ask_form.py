"""The field "Can I …?" with the day and the hour asked about."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from webapp.web.forms.questions import FARTHEST, HOURS, LONGEST_QUESTION, Question
from webapp.web.presenters.answers import View

PAGE = "/can-i"


class AskForm(NamedTuple):
    """What templates/client/parts/ask.html takes. `hours` are pairs of a value and words,
    `first_on` and `last_on` the days that can be chosen; `day_error` is empty for a good day."""

    text: str
    day: str
    hour: str
    hours: list[tuple[str, str]]
    first_on: date
    last_on: date
    longest: int
    day_error: str


def ask_form(question: Question, view: View) -> AskForm:
    """The form with everything that was typed."""
    return AskForm(
        question.text,
        question.day_text,
        question.hour_text.zfill(2),
        [(f"{hour:02d}", f"{hour:02d}:00") for hour in HOURS],
        view.now.astimezone(view.zone).date(),
        (view.now + FARTHEST).astimezone(view.zone).date(),
        LONGEST_QUESTION,
        " ".join(error["words"] for error in question.errors if error["field"] == "day"),
    )


def address(text: str, question: Question) -> str:
    """Where this text is asked, about the same day as the question."""
    when = {"day": question.day_text, "hour": question.hour_text} if question.day_text else {}
    return f"{PAGE}?{urlencode({'q': text, **when})}"
