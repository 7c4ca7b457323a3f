"""What the server's terminal may know of notices: kinds, instants and outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TypeAlias

from webapp.persistence import notice_reading
from webapp.persistence.database import reading
from webapp.persistence.notice_reading import AttemptLine, DeliveryLine, NoticeLine
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators

__all__ = ["AttemptLine", "DeliveryLine", "NoticeLine"]

Delivered: TypeAlias = tuple[DeliveryLine, list[AttemptLine]]
AHEAD_SPAN = timedelta(days=2)
MOST_LINES = 200


class UnknownClient(NotFoundError):  # noqa: N818
    """No client has this code or number."""


def due(with_: Collaborators) -> list[NoticeLine]:
    """What is due, and what falls due within two days."""
    until = with_.clock.now() + AHEAD_SPAN
    return notice_reading.due_lines(reading(), until, MOST_LINES)


def explain(client: str) -> Iterator[tuple[NoticeLine, list[Delivered]]]:
    """Every notice of a client with its deliveries and their attempts. Raises UnknownClient."""
    account_id = account_of(client)
    lines = notice_reading.lines_of(reading(), account_id)
    deliveries = notice_reading.deliveries_of(reading(), [line.id for line in lines])
    attempts = notice_reading.attempts_of(reading(), [one.id for one in deliveries])
    for line in lines:
        yield (
            line,
            [
                (one, [attempt for attempt in attempts if attempt.delivery_id == one.id])
                for one in deliveries
                if one.notice_id == line.id
            ],
        )


def account_of(client: str) -> int:
    """The account of a client, named by code or number. Raises UnknownClient."""
    account_id = notice_reading.account_of(reading(), client)
    if account_id is None:
        raise UnknownClient
    return account_id
