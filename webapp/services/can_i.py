"""What "Can I …?" is about, and when the clinic can be asked about the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from webapp.domain.people import SignedIn
from webapp.domain.plan import AftercarePlan
from webapp.domain.protocol import Protocol
from webapp.domain.suggestions import suggestions
from webapp.domain.synonyms import Synonym
from webapp.persistence import places, synonyms
from webapp.persistence.database import reading
from webapp.services import asking, radar
from webapp.services.asking import matcher
from webapp.services.ports import Collaborators
from webapp.services.today import zone_of

SHORTEST_NEAR = 3
MOST_USUAL = 16
Answered: TypeAlias = "tuple[AftercarePlan, Heard]"


@dataclass(frozen=True, slots=True)
class Heard:
    """Ids of the activities that a question is about, the best first; where there are none, those
    that are `near` it: a name or a synonym holds what was typed."""

    activities: tuple[str, ...]
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """When a place is open: seven days from Monday on, in its zone; empty where none is set."""

    week: Sequence[Sequence[str] | None]
    zone: ZoneInfo


def hear(protocol: Protocol, text: str) -> Heard:
    """What a question is about."""
    found = matcher(protocol).activities_in(text)
    if found or len(text) < SHORTEST_NEAR:
        return Heard(tuple(found))
    return Heard((), _beginning(protocol, text))


def typed_so_far(protocol: Protocol, text: str) -> tuple[str, ...]:
    """Ids of the activities that somebody may be about to type, the best first."""
    return _beginning(protocol, text) or tuple(matcher(protocol).activities_in(text))


def short_names(protocol: Protocol) -> tuple[tuple[str, ...], ...]:
    """By what an activity may be asked for where nobody can be asked: its name, then whatever of
    the most usual phrases and of the clinic's own words the matcher finds it in. Whoever looks for
    one of them finds all that the server would; not every synonym, which would weigh too much."""
    return _names_in(protocol, synonyms.every())


@lru_cache(maxsize=4)
def _names_in(protocol: Protocol, own: tuple[Synonym, ...]) -> tuple[tuple[str, ...], ...]:
    every = protocol.activities.values()
    usual = [text for one in every for text in (one.name, one.title, *one.synonyms[:MOST_USUAL])]
    phrases = dict.fromkeys([*usual, *(synonym.words for synonym in own)])
    heard = asking.matcher_with(protocol, own)
    names: dict[str, list[str]] = {one.id: [one.name] for one in every}
    for phrase in phrases:
        for activity in heard.activities_in(phrase):
            names[activity].append(phrase)
    return tuple(tuple(dict.fromkeys(found)) for found in names.values())


def note(with_: Collaborators, person: SignedIn, text: str, found: Answered) -> None:
    """Count a question for the owner's radar; to be called when everything else is done."""
    plan, heard = found
    answers = [(one, plan.bare_answer_at(one, plan.now).word) for one in heard.activities]
    radar.note_question(with_, person, text, answers)


def hours_for(person: SignedIn) -> Hours:
    """When the place of this client is open."""
    row = next(iter(places.of_client(reading(), person.client_id or 0)), None)
    return Hours(row.opening_hours, zone_of(row.time_zone)) if row else Hours((), zone_of(""))


def _beginning(protocol: Protocol, text: str) -> tuple[str, ...]:
    found = suggestions(text, asking.activities(protocol))
    return tuple(suggestion.activity for suggestion in found)
