"""How a client wants to look at photos: blurred until tapped, or as they are."""

from __future__ import annotations

from webapp.domain.people import SignedIn
from webapp.persistence import photo_preferences
from webapp.persistence.database import reading, writing


def is_discreet(person: SignedIn) -> bool:
    """Whether pictures are blurred until this person taps them."""
    return photo_preferences.is_discreet(reading(), person.account_id)


def choose(person: SignedIn, is_discreet: bool) -> None:
    """Remember it for this person, on all their devices."""
    with writing() as writer:
        photo_preferences.store(writer, person.account_id, is_discreet)
