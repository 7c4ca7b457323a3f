"""What is asked: kept by the day and by drawer, and read as how often and by how many."""

from __future__ import annotations

import secrets
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, bindparam, func, select, text
from sqlalchemy.orm import Session

from webapp.persistence.tables import AskedQuestion

# The answer that is kept with words in which nothing was found.
NOTHING_FOUND = ""
HIGHEST_ID = 2**31 - 1
_asked = AskedQuestion.__table__.c
# Both databases say it like this; SQLAlchemy has no word for it that both would understand.
_keep = text(
    "INSERT INTO asked_questions (id, asked_on, subject, answer, drawer)"
    " VALUES (:id, :asked_on, :subject, :answer, :drawer) ON CONFLICT DO NOTHING"
).bindparams(bindparam("asked_on", type_=Date))


class Asked(NamedTuple):
    """A question as it is kept: on which day (UTC), about what, answered how, in which drawer."""

    asked_on: date
    subject: str
    answer: str
    drawer: int


class AskedOften(NamedTuple):
    """A subject, on how many days in all drawers it was asked, and in how many drawers."""

    subject: str
    times: int
    drawers: int


def keep(writer: Session, asked: Asked) -> None:
    """Keep a question; the same one of the same day and drawer is kept once.

    Its id is drawn by lot: numbers in a row would tell in which order questions were asked.
    """
    writer.execute(_keep, asked._asdict() | {"id": 1 + secrets.randbelow(HIGHEST_ID)})


def found_often(reader: Session, since: date, least: int) -> list[AskedOften]:
    """Activities asked about from a day on, in at least so many drawers; most often first."""
    return _often(reader, least, _asked.asked_on >= since, _asked.answer != NOTHING_FOUND)


def answered_often(reader: Session, since: date, least: int, answer: str) -> list[AskedOften]:
    """Activities for which this answer was given, in at least so many drawers."""
    return _often(reader, least, _asked.asked_on >= since, _asked.answer == answer)


def missed_often(reader: Session, since: date, least: int) -> list[AskedOften]:
    """Words in which nothing was found, in at least so many drawers."""
    return _often(reader, least, _asked.asked_on >= since, _asked.answer == NOTHING_FOUND)


def _often(reader: Session, least: int, *which: ColumnElement[bool]) -> list[AskedOften]:
    # Whoever asks twice on one day, and is answered otherwise the second time, asked once.
    days = select(_asked.subject, _asked.asked_on, _asked.drawer).where(*which).distinct()
    day = days.subquery().c
    times, drawers = func.count(), func.count(day.drawer.distinct())
    rows = select(day.subject, times, drawers).group_by(day.subject).having(drawers >= least)
    return [
        AskedOften(*row)
        for row in reader.execute(rows.order_by(times.desc(), drawers.desc(), day.subject))
    ]
