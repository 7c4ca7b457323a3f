"""What clients ask: counted without knowing who asks, and told to the owner.

Every account falls into one of a few drawers, another one for each subject. So three drawers are
three people at least, and no two subjects can be told to be one person's. See decision 0021.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from webapp.domain.asked_words import kept_words
from webapp.domain.people import SignedIn
from webapp.domain.protocol import Answer, Protocol
from webapp.domain.synonyms import nearest
from webapp.persistence import asked
from webapp.persistence.asked import NOTHING_FOUND, Asked, AskedOften
from webapp.persistence.database import reading, writing
from webapp.protocols.words.loader import question_words
from webapp.services import asking
from webapp.services.ports import Collaborators

__all__ = ["AskedOften"]

DRAWERS = 16
# What fewer people asked is not shown to anybody.
LEAST_DRAWERS = 3
# Nobody waits longer for an answer because it is counted.
PATIENCE_MILLISECONDS = 200
MOST_SHOWN = 20
log = structlog.get_logger("radar")


def note_question(
    with_: Collaborators, person: SignedIn, typed: str, answers: Sequence[tuple[str, str]]
) -> None:
    """Count a client's question: what was typed, and the answers it got as pairs of (activity id,
    answer word), best first; none where nothing was found. Staff are not counted.

    A write of its own: what was read before it in this request is forgotten. One that fails is
    logged and keeps nobody from the answer.
    """
    subject, answer = answers[0] if answers else (_words(typed), NOTHING_FOUND)
    if person.is_staff or not subject:
        return
    # The date is UTC's: it says nothing of where somebody is, and one count needs no place.
    today = with_.clock.now().date()
    question = Asked(today, subject, answer, drawer_of(with_, person.account_id, subject))
    try:
        with writing(PATIENCE_MILLISECONDS) as writer:
            asked.keep(writer, question)
    except SQLAlchemyError as error:
        log.warning("a question was not counted", kind=type(error).__name__)


def _words(typed: str) -> str:
    return kept_words(typed, question_words(asking.LANGUAGE))


def drawer_of(with_: Collaborators, account_id: int, subject: str) -> int:
    """Where this account's questions about this subject fall: 0 to 15."""
    text = f"{account_id}\n{subject}".encode()
    return hmac.digest(with_.drawer_key, text, "sha256")[0] % DRAWERS


@dataclass(frozen=True, slots=True)
class Missed:
    """Words in which nothing was found, and the activities that they may mean, nearest first."""

    asked: AskedOften
    nearest: Sequence[str]


@dataclass(frozen=True, slots=True)
class Radar:
    """What at least three people asked within as many days as questions are kept, most often
    first. `left_to_clinic`: the activities of `found` that were answered "ask your clinic", as
    often as they were."""

    protocol: Protocol
    found: Sequence[AskedOften]
    left_to_clinic: Sequence[AskedOften]
    missed: Sequence[Missed]

    @property
    def percent_left(self) -> int:
        """How many in a hundred of the questions shown were left to the clinic."""
        every = sum(one.times for one in self.found)
        return sum(one.times for one in self.left_to_clinic) * 100 // every if every else 0


def seen(with_: Collaborators) -> Radar:
    """What the owner may know of what clients ask. Words that mean something by now are done."""
    protocol = asking.newest_protocol()
    since = oldest_kept(with_)
    found = asked.found_often(reading(), since, LEAST_DRAWERS)
    left = asked.answered_often(reading(), since, LEAST_DRAWERS, Answer.ASK.word)
    missed = asked.missed_often(reading(), since, LEAST_DRAWERS)
    matcher = asking.matcher(protocol)
    open_ = [one for one in missed if not matcher.activities_in(one.subject)][:MOST_SHOWN]
    activities = asking.activities(protocol)
    return Radar(
        protocol,
        _of(protocol, found),
        _of(protocol, left),
        [Missed(one, nearest(one.subject, activities)) for one in open_],
    )


def _of(protocol: Protocol, found: Sequence[AskedOften]) -> list[AskedOften]:
    return [one for one in found if one.subject in protocol.activities]


def oldest_kept(with_: Collaborators) -> date:
    """The first day (UTC) of which questions are still kept."""
    return with_.clock.now().date() - timedelta(days=with_.retention.questions)
