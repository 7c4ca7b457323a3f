"""How somebody wants to be told."""

from __future__ import annotations

from webapp.domain.people import SignedIn
from webapp.domain.preferences import Preferences
from webapp.persistence import notice_preferences
from webapp.persistence.database import reading, writing


def chosen_by(person: SignedIn) -> Preferences:
    """What this person chose, or the defaults."""
    return notice_preferences.of_account(reading(), person.account_id)


def choose(person: SignedIn, chosen: Preferences) -> None:
    """Store what this person chose; it holds for everything that is not yet on its way."""
    with writing() as writer:
        notice_preferences.save(writer, person.account_id, chosen)
