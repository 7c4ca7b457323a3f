"""How one answer runs over time, and when it becomes less strict.

Instants that come in are whole seconds since 1970 UTC; those of an `Ahead` are UTC datetimes.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from webapp.domain.calendar import Second, instant_of
from webapp.domain.protocol import Answer
from webapp.domain.windows import NEVER, Window

# An answer, and the windows in which it holds.
Bar: TypeAlias = tuple[Answer, list[Window]]
# Where a window ends: surely, or as expected.
_LIFTS: Literal[1] = 1
_EXPECTED: Literal[2] = 2


class Open(StrEnum):
    """Why nobody can name the instant of the next milder answer."""

    WAITING = "waiting"
    PERMANENT = "permanent"


class Ahead(NamedTuple):
    """An answer and what is known about its end: at most one of `until` (sure), `estimate`
    (expected) and `open` (why neither) is there, and none of them while all is allowed."""

    answer: Answer
    until: datetime | None = None
    estimate: datetime | None = None
    open: Open | None = None


# The outlooks that say nothing of an instant, by their answer.
_UNLIMITED = Ahead(Answer.YES)
_FOR_EVER = [_UNLIMITED, *(Ahead(answer, open=Open.PERMANENT) for answer in list(Answer)[1:])]
_WAITING = [Ahead(answer, open=Open.WAITING) for answer in Answer]


class Timeline:
    """The answers of everything that shares a resting answer and windows.

    The strictest bar with an active window wins. `bars` are stricter than the resting answer, the
    strictest first.
    """

    __slots__ = ("_bars", "_resting")

    def __init__(self, resting: Answer, bars: list[Bar]) -> None:
        self._resting = resting
        self._bars = bars

    def answer_at(self, at: Second) -> Answer:
        """The strictest of the resting answer and the windows that are active."""
        for answer, windows in self._bars:
            for starts, lifts, _, _, _ in windows:
                if starts <= at < lifts:
                    return answer
        return self._resting

    def outlook_at(self, at: Second) -> Ahead:
        """The answer at an instant, and until when it lasts."""
        answer = self.answer_at(at)
        if answer is self._resting:
            return _FOR_EVER[answer]
        until = self._free_from(at, answer, _LIFTS)
        if until < NEVER and self._is_firm(until, self.answer_at(until)):
            return Ahead(answer, until=instant_of(until))
        estimate = self._free_from(at, answer, _EXPECTED)
        if estimate == at:
            return _WAITING[answer]
        return _FOR_EVER[answer] if estimate == NEVER else Ahead(answer, None, instant_of(estimate))

    def lifts_after(self, at: Second) -> list[tuple[Second, Answer]]:
        """Every later instant at which the answer surely becomes milder, with the new answer."""
        firm = {w[1] for _, windows in self._bars for w in windows if w[3] and at < w[1] < NEVER}
        lifts = []
        for end in sorted(firm):
            after = self.answer_at(end)
            if after < self.answer_at(end - 1) and self._is_firm(end, after):
                lifts.append((end, after))
        return lifts

    def changes_after(self, at: Second) -> list[tuple[Second, Answer]]:
        """Every later instant at which another answer begins, sure or not, with that answer."""
        edges = {edge for _, windows in self._bars for w in windows for edge in w[:2]}
        changes = []
        before = self.answer_at(at)
        for edge in sorted([edge for edge in edges if at < edge < NEVER]):
            after = self.answer_at(edge)
            if after is not before:
                changes.append((edge, after))
            before = after
        return changes

    def first_milder(self, strictness: Answer, at: Second) -> Second | None:
        """The first instant from `at` on, sure or not, with an answer below `strictness`."""
        end = self._free_from(at, strictness, _LIFTS)
        return None if end == NEVER or self._resting >= strictness else end

    def _free_from(self, at: Second, strictness: Answer, end: Literal[1, 2]) -> Second:
        """The first instant from `at` on that no window of an answer of `strictness` or above
        covers; `end` says which end of a window counts."""
        is_free = False
        while not is_free and at < NEVER:
            is_free = True
            for answer, windows in self._bars:
                if answer < strictness:
                    break
                for window in windows:
                    if window[0] <= at < window[end]:
                        at, is_free = window[end], False
        return at

    def _is_firm(self, end: Second, after: Answer) -> bool:
        """Whether all that ends here, and is stricter than what follows, is known to end."""
        for answer, windows in self._bars:
            if answer <= after:
                break
            for _, lifts, _, is_firm, _ in windows:
                if lifts == end and not is_firm:
                    return False
        return True
