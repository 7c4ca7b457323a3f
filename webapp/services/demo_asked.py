"""What the demo's clients asked in the last weeks, so that the radar has something to show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from webapp.persistence import asked
from webapp.persistence.asked import NOTHING_FOUND, Asked


class Told(NamedTuple):
    """A question that so many people asked on each of some days before today."""

    subject: str
    answer: str
    people: int
    days: tuple[int, ...]


QUESTIONS = (
    Told("wash-shampoo", "no", 6, (1, 2, 3, 5, 8)),
    Told("hat-or-scarf", "limited", 5, (1, 4, 6, 9)),
    Told("light-workout", "no", 5, (2, 3, 7)),
    Told("medicines", "ask", 4, (2, 6)),
    Told("swimming", "no", 3, (1, 5)),
    Told("growth-injections", "ask", 3, (4,)),
    Told("kombucha", NOTHING_FOUND, 4, (1, 3)),
    Told("hydrafacial", NOTHING_FOUND, 3, (2,)),
    Told("turmeric face mask", NOTHING_FOUND, 3, (5,)),
    Told("axe throwing", NOTHING_FOUND, 2, (4,)),
)


def tell_asked(writer: Session, today: date) -> None:
    """Count the demo's questions as they would have been; those that are there stay as they are."""
    for told in QUESTIONS:
        for day in told.days:
            for drawer in range(told.people):
                on = today - timedelta(days=day)
                asked.keep(writer, Asked(on, told.subject, told.answer, drawer))
