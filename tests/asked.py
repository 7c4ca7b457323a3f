"""Questions asked by people, for tests of the radar: each by as many as it is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from webapp.domain.asked_words import kept_words
from webapp.domain.people import Role, SignedIn
from webapp.protocols.words.loader import question_words
from webapp.services import radar
from webapp.services.ports import Collaborators

AMIRA = SignedIn(48_151_623, 42_108_815, Role.CLIENT, "Amira Saleh", "Asia/Dubai", 16_234_242)
Answers = list[tuple[str, str]]
SWIM_NO: Answers = [("swimming", "no"), ("hot-tub", "no")]


def ask(
    with_: Collaborators, typed: str, answers: Answers | None = None, people: int = 3
) -> list[SignedIn]:
    """Let so many clients ask, each in a drawer of their own; returns them."""
    subject = answers[0][0] if answers else kept_words(typed, question_words("en"))
    asking = clients_in_drawers(with_, subject, people)
    for person in asking:
        radar.note_question(with_, person, typed, answers or [])
    return asking


def clients_in_drawers(with_: Collaborators, subject: str, people: int) -> list[SignedIn]:
    """The first clients whose questions about this subject fall into different drawers."""
    found: dict[int, SignedIn] = {}
    for account_id in count(AMIRA.account_id):
        drawer = radar.drawer_of(with_, account_id, subject)
        found.setdefault(drawer, replace(AMIRA, account_id=account_id))
        if len(found) == people:
            return list(found.values())
    raise AssertionError
