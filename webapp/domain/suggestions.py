"""What somebody may be typing: activities by the beginning of a name or a synonym."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from webapp.domain.protocol import Activity
from webapp.domain.typed_text import folded

MOST_SUGGESTIONS = 8
# From best to worst: how a name or a synonym can hold what is typed.
_NAME_BEGINS, _SYNONYM_BEGINS, _WORD_BEGINS, _CONTAINS = range(4)


class Suggestion(NamedTuple):
    """An activity, and its name or synonym that holds what is typed."""

    activity: str
    text: str


class _Find(NamedTuple):
    how: int
    position: int
    suggestion: Suggestion


def suggestions(
    typed: str, activities: Iterable[Activity], most: int = MOST_SUGGESTIONS
) -> list[Suggestion]:
    """Each activity once, best first: its name begins so, a synonym does, a word in one does.

    Where two are as good, the earlier synonym wins, then the protocol's order. Nothing typed
    suggests nothing.
    """
    wanted = " ".join(folded(typed).split())
    best = (min(finds) for a in activities if (finds := list(_finds(wanted, a))))
    ranked = sorted(best, key=lambda find: (find.how, find.position))
    return [find.suggestion for find in ranked[:most]]


def _finds(wanted: str, activity: Activity) -> Iterator[_Find]:
    for position, (text, held) in enumerate(_texts(activity)):
        if wanted and wanted in held:
            yield _Find(
                _how(wanted, held, is_name=position == 0), position, Suggestion(activity.id, text)
            )


@lru_cache(maxsize=512)
def _texts(activity: Activity) -> tuple[tuple[str, str], ...]:
    """Its name and synonyms, each with what it folds into; worked out once, not at every key."""
    return tuple((text, folded(text)) for text in (activity.name, *activity.synonyms))


def _how(wanted: str, held: str, *, is_name: bool) -> int:
    if held.startswith(wanted):
        return _NAME_BEGINS if is_name else _SYNONYM_BEGINS
    return _WORD_BEGINS if f" {wanted}" in held else _CONTAINS
