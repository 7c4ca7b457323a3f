"""Which rules restrict which activity, arranged so that equal work is done once.

Many activities share all their rules, and many rules share their timing. Numbers count from 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from webapp.domain.protocol import Answer, Protocol, Rule, Timing

# A rule, and the number of its timing among `Arrangement.timings`.
Limit: TypeAlias = tuple[Rule, int]


class Shape(NamedTuple):
    """What makes the answers of one timeline: the resting answer, and the stricter answers with
    the number of the timing in which each of them holds, the strictest first."""

    resting: Answer
    bars: tuple[tuple[Answer, int], ...]


class Group(NamedTuple):
    """Activities that always share an answer and its reasons; `shape` is the number of theirs.

    `limits` are those that can give an answer, in the protocol's order. Groups whose rules differ
    only by name share a shape.
    """

    activities: tuple[str, ...]
    limits: Mapping[Answer, tuple[Limit, ...]]
    shape: int


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """What a protocol's activities have in common, for a client with certain extra days.

    `timings` come with the days by which they are longer. Groups are in the order of their first
    activities, `of_activity` is in the protocol's.
    """

    timings: tuple[tuple[Timing, int], ...]
    shapes: tuple[Shape, ...]
    groups: tuple[Group, ...]
    of_activity: Mapping[str, Group]


def arrange(protocol: Protocol, extensions: Mapping[str, int]) -> Arrangement:
    """The arrangement for extra days by activity id; worked out once for all who have the same."""
    return _arrange(protocol, frozenset(extensions.items()))


@lru_cache(maxsize=512)
def _arrange(protocol: Protocol, extensions: Iterable[tuple[str, int]]) -> Arrangement:
    extra_days = dict(extensions)
    timings: dict[tuple[Timing, int], int] = {}
    members: dict[tuple[Answer, tuple[Limit, ...]], list[str]] = {}
    for activity in protocol.activities.values():
        extra = extra_days.get(activity.id, 0)
        limits = tuple(
            (rule, timings.setdefault((rule.timing, extra), len(timings)))
            for rule in protocol.rules
            if activity.id in rule.activities
        )
        members.setdefault((activity.resting, limits), []).append(activity.id)
    shapes: dict[Shape, int] = {}
    groups = []
    for (resting, limits), ids in members.items():
        shape = shapes.setdefault(_shape(resting, limits), len(shapes))
        groups.append(Group(tuple(ids), _by_answer(limits), shape))
    of_activity = {activity: group for group in groups for activity in group.activities}
    in_order = {activity: of_activity[activity] for activity in protocol.activities}
    return Arrangement(tuple(timings), tuple(shapes), tuple(groups), in_order)


def _by_answer(limits: tuple[Limit, ...]) -> dict[Answer, tuple[Limit, ...]]:
    return {a: tuple(limit for limit in limits if limit[0].answer is a) for a in Answer}


def _shape(resting: Answer, limits: tuple[Limit, ...]) -> Shape:
    bars = {(rule.answer, timing) for rule, timing in limits if rule.answer > resting}
    return Shape(resting, tuple(sorted(bars, reverse=True)))


def extensions_for(protocol: Protocol, extensions: Mapping[str, int]) -> Mapping[str, int]:
    """Extra days by activity, where those that are extended together get the largest of theirs."""
    together = protocol.extended_together
    largest = max((extensions.get(activity, 0) for activity in together), default=0)
    if not largest:
        return extensions
    return {**extensions, **dict.fromkeys(together, largest)}
