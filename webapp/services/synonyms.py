"""The clinic's own words for activities: the owner adds and removes them, with effect at once."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.exc import IntegrityError

from webapp.domain.asked_words import LONGEST_KEPT, plain_words, says_too_little
from webapp.domain.people import SignedIn
from webapp.domain.protocol import Protocol
from webapp.domain.synonyms import Synonym
from webapp.persistence import audit, synonyms
from webapp.persistence.database import reading, writing
from webapp.persistence.synonyms import KeptSynonym
from webapp.protocols.words.loader import question_words
from webapp.services import asking, clinic_settings
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators

__all__ = ["KeptSynonym"]

SHORTEST_WORDS = 2


class Refusal(StrEnum):
    """Why words cannot be a synonym."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    SAY_TOO_LITTLE = "say-too-little"
    MEAN_ALREADY = "mean-already"
    ARE_THERE = "are-there"
    ARE_NOT_HEARD = "are-not-heard"
    NO_ACTIVITY = "no-activity"


class SynonymRefusedError(Exception):
    """These words cannot be a synonym; `activity` is the one that they mean already."""

    def __init__(self, refusal: Refusal, activity: str = "") -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.activity = activity


def every() -> list[KeptSynonym]:
    """The clinic's own words in the order of the alphabet."""
    return synonyms.listed(reading())


def add(with_: Collaborators, by: SignedIn, typed: str, activity: str) -> KeptSynonym:
    """Let words mean an activity of the newest protocol from now on; returns them as they are kept.

    Raises SynonymRefusedError.
    """
    words = plain_words(typed, question_words(asking.LANGUAGE))
    new = Synonym(words, activity)
    _refuse_unusable(typed, new, asking.newest_protocol())
    now = with_.clock.now()
    try:
        with writing() as writer:
            synonym_id = synonyms.add(writer, new, by.account_id, now)
            clinic_settings.say_changed(writer)
            audit.record(writer, now, by.account_id, "synonym-add", ("synonym", synonym_id))
    except IntegrityError as error:
        raise SynonymRefusedError(Refusal.ARE_THERE) from error
    return KeptSynonym(synonym_id, *new)


def remove(with_: Collaborators, by: SignedIn, synonym_id: int) -> None:
    """Let own words mean nothing again. Raises NotFoundError."""
    with writing() as writer:
        if not synonyms.remove(writer, synonym_id):
            raise NotFoundError
        clinic_settings.say_changed(writer)
        now = with_.clock.now()
        audit.record(writer, now, by.account_id, "synonym-remove", ("synonym", synonym_id))


def _refuse_unusable(typed: str, new: Synonym, protocol: Protocol) -> None:
    if new.activity not in protocol.activities:
        raise SynonymRefusedError(Refusal.NO_ACTIVITY)
    if len(new.words) > LONGEST_KEPT:
        raise SynonymRefusedError(Refusal.TOO_LONG)
    if says_too_little(new.words, question_words(asking.LANGUAGE)) and typed.strip():
        raise SynonymRefusedError(Refusal.SAY_TOO_LITTLE)
    if len(new.words) < SHORTEST_WORDS:
        raise SynonymRefusedError(Refusal.TOO_SHORT)
    own = synonyms.every()
    means = asking.matcher_with(protocol, own).activities_in(new.words)
    if means:
        raise SynonymRefusedError(Refusal.MEAN_ALREADY, means[0])
    if new.activity not in asking.matcher_with(protocol, (*own, new)).activities_in(new.words):
        raise SynonymRefusedError(Refusal.ARE_NOT_HEARD)
