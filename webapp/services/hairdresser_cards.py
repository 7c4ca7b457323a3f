"""A card for the hairdresser: an address that shows rules and dates to whoever has it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from webapp.domain.cards import MOST_CARDS, SPANS
from webapp.domain.people import SignedIn
from webapp.persistence import audit, hairdresser_cards, new_courses
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import HairdresserCard
from webapp.services import privacy
from webapp.services.errors import NotFoundError
from webapp.services.logins import TOKEN_BYTES, token_hash
from webapp.services.ports import Collaborators
from webapp.services.today import Facts, facts_of

LONGEST_TOKEN = 64


@dataclass(frozen=True, slots=True)
class Card:
    """A card that can be read, without its secret. Instants are UTC."""

    card_id: int
    made_at: datetime
    expires_at: datetime


class TooManyCardsError(Exception):
    """The client has as many cards in use as one may have."""


def make(with_: Collaborators, person: SignedIn, days: int) -> str:
    """Make a card that can be read for this many days, one of SPANS; returns its token, which is
    stored nowhere. Raises TooManyCardsError."""
    now, client_id = with_.clock.now(), person.client_id or 0
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with writing() as writer:
        new_courses.hold_client(writer, client_id)
        if len(hairdresser_cards.in_use(writer, client_id, now)) >= MOST_CARDS:
            raise TooManyCardsError
        row = HairdresserCard(client_id=client_id, token_hash=token_hash(token), made_at=now)
        row.expires_at = now + SPANS[days]
        card_id = hairdresser_cards.add(writer, row)
        audit.record(writer, now, person.account_id, "card-made", ("card", card_id))
    return token


def in_use(with_: Collaborators, person: SignedIn) -> list[Card]:
    """The client's cards that can be read now, the newest first."""
    found = hairdresser_cards.in_use(reading(), person.client_id or 0, with_.clock.now())
    return [Card(row.id, row.made_at, row.expires_at) for row in found]


def stop(with_: Collaborators, person: SignedIn, card_id: int) -> None:
    """Make one of the client's own cards useless at once. Raises NotFoundError, also for one that
    was stopped or has expired before."""
    now = with_.clock.now()
    with writing() as writer:
        if not hairdresser_cards.revoke(writer, person.client_id or 0, card_id, now):
            raise NotFoundError
        audit.record(writer, now, person.account_id, "card-stopped", ("card", card_id))


def shown(with_: Collaborators, token: str, now: datetime) -> Facts:
    """What the card with this token shows at `now` (UTC): the plan as it stands, nothing kept.

    Raises NotFoundError alike for a card that is not known, has expired or was stopped, and where
    the client's own pages would be closed: account disabled, or no consent standing.
    """
    if len(token) > LONGEST_TOKEN:
        raise NotFoundError
    holder = hairdresser_cards.holder_of(reading(), token_hash(token), now)
    if holder is None or not privacy.is_consented(with_, holder.consented_version):
        raise NotFoundError
    facts = facts_of(holder.client_id, now)
    if facts is None:
        raise NotFoundError
    return facts
