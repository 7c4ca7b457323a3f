"""Counting what a push service saw: lost, early, and more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.faults.crowd import Crowd
from tests.gateways.push.sink import Received


class Count(NamedTuple):
    """Of `clients` who were to get one push each: requests made, clients without an accepted one,
    requests before their time, requests beyond the first of a client."""

    clients: int
    sent: int
    lost: int
    early: int
    extra: int


def count(crowd: Crowd, received: Iterable[Received]) -> Count:
    """What became of a crowd's one push each."""
    mine = [seen for seen in received if number_of(seen) in crowd.numbers]
    sent = Counter(map(number_of, mine))
    accepted = {number_of(seen) for seen in mine if is_accepted(seen)}
    early = [seen for seen in mine if seen.at < crowd.due(number_of(seen)).timestamp()]
    lost = crowd.count - len(accepted)
    return Count(crowd.count, len(mine), lost, len(early), len(mine) - len(sent))


def number_of(seen: Received) -> int:
    """Whose phone a request was for."""
    return int(seen.path.rpartition("/")[2])


def is_accepted(seen: Received) -> bool:
    return 200 <= seen.status < 300
